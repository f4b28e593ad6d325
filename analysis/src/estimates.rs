//! Estimates of what everybody answered, from counts, each with its range.
//!
//! All intervals are at 95 %. Counts that were randomised on the device are turned back into unbiased estimates; their
//! intervals cover both the chance of who answered and the noise. The [`Line`] tells how many possible answers a line
//! has and what they stand for; the length of a list of counts tells nothing.

mod association;
mod exact;

use crate::line::{Line, Noise, ResponseNoise, SquareWaveNoise};
pub use association::LineReliability;
pub(crate) use association::{alpha, correlation, line_reliability};
pub use exact::{exact_score, share_of, widest_score};
use puls_core::privacy::WaveProbabilities;
use puls_core::summary::Counts;
use puls_statistics::Interval;
use puls_statistics::randomised_response::Response;
use puls_statistics::square_wave::SquareWaveReports;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// A figure and its 95 % interval, which always holds the figure. Both are cut to the bounds of the measure.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Estimate {
    /// The figure.
    pub value: f64,
    /// The interval's lower end.
    pub low: f64,
    /// The interval's upper end.
    pub high: f64,
}

impl From<Interval> for Estimate {
    fn from(Interval { value, low, high }: Interval) -> Self {
        Self { value, low, high }
    }
}

/// How many of `respondents` have an answer. This is an estimate if "no answer" was randomised.
pub fn answered(counts: &Counts, respondents: u64, noise: Noise) -> u64 {
    let all = respondents as f64;
    let (keep, switch) = match noise {
        Noise::Response(ResponseNoise { keep, switch, missing: true }) => (keep, switch),
        Noise::SquareWave(SquareWaveNoise { probabilities, missing: true, .. }) => {
            (probabilities.kept, probabilities.far)
        }
        // Missing answers are counted exactly.
        Noise::None | Noise::Response(_) | Noise::SquareWave(_) => {
            return respondents.saturating_sub(counts.missing());
        }
    };
    let missing = Response { keep, switch }.inverted(counts.missing() as f64, all);
    #[expect(clippy::cast_possible_truncation, reason = "it lies between 0 and the respondents")]
    let answered = (all - missing).clamp(0.0, all).round() as u64;
    answered
}

/// A line's main figure, from the counts of all its answers: a net promoter score from −100 to 100, or the mean of a
/// scale. `None` without an answer, and if the answers have no order.
pub fn score(line: &Line, counts: &Counts) -> Option<Estimate> {
    match line.noise {
        Noise::None => exact_score(line, line.sums(counts)?),
        Noise::Response(noise) => weighted(noise, counts, &line.weights()?, line.range()?),
        Noise::SquareWave(noise) => {
            wave_reports(noise, counts, &as_floats(counts), line).mean(line.range()?).map(Estimate::from)
        }
    }
}

/// The share of each answer, 0 to 1, among those who answered; empty without an answer. If respondents may give several
/// answers, the shares don't add up to 1. `respondents` is the number of people who are counted on the line.
///
/// Exact counts get Wilson's score interval (1927).
pub fn shares(line: &Line, counts: &Counts, respondents: u64) -> Vec<Estimate> {
    match line.noise {
        _ if line.form.is_several() => shares_of_several(line, counts, respondents),
        Noise::None | Noise::Response(_) => {
            (0..line.cells()).map_while(|cell| share_within(line, counts, cell..cell + 1)).collect()
        }
        Noise::SquareWave(noise) => {
            let shares = wave_reports(noise, counts, &as_floats(counts), line).shares();
            shares.into_iter().map(Estimate::from).collect()
        }
    }
}

/// The share, 0 to 1, of the answers in some adjacent cells. `None` without an answer, and if the answers went through
/// the square wave, whose reports only tell all points' shares together.
///
/// Exact counts get Wilson's score interval (1927).
pub fn share_within(line: &Line, counts: &Counts, cells: Range<usize>) -> Option<Estimate> {
    match line.noise {
        Noise::None => share_of(counts.cells().get(cells)?.iter().sum(), counts.total()),
        Noise::Response(noise) => {
            let weight = |cell: usize| if cells.contains(&cell) { 1.0 } else { 0.0 };
            weighted(noise, counts, &(0..line.cells()).map(weight).collect::<Vec<_>>(), (0.0, 1.0))
        }
        Noise::SquareWave(_) => None,
    }
}

fn shares_of_several(line: &Line, counts: &Counts, respondents: u64) -> Vec<Estimate> {
    let plainly_missing = if line.noise.hides_missing() { 0 } else { counts.missing() };
    let asked = respondents.saturating_sub(plainly_missing);
    let share = |count: &u64| match line.noise {
        _ if asked == 0 => None,
        Noise::None => share_of(*count, asked),
        Noise::Response(ResponseNoise { keep, switch, missing }) => {
            let lacking = missing.then(|| counts.missing() as f64 / asked as f64);
            let share = Response { keep, switch }.share(*count as f64 / asked as f64, lacking, asked as f64);
            share.map(Estimate::from)
        }
        // The square wave takes the points of a scale, never several answers.
        Noise::SquareWave(_) => None,
    };
    counts.cells().iter().map_while(share).collect()
}

/// The mean of `weights` over the true answers, estimated from randomised ones.
fn weighted(
    ResponseNoise { keep, switch, missing }: ResponseNoise,
    counts: &Counts,
    weights: &[f64],
    range: (f64, f64),
) -> Option<Estimate> {
    let missing = if missing { counts.missing() as f64 } else { 0.0 };
    if counts.total() == 0 {
        return None;
    }
    Response { keep, switch }.mean(as_floats(counts), missing, weights, range).map(Estimate::from)
}

fn as_floats(counts: &Counts) -> Vec<f64> {
    counts.cells().iter().map(|count| *count as f64).collect()
}

/// The reports that came through a square wave; `reports` are the cells of `counts` as floats.
fn wave_reports<'a>(
    SquareWaveNoise { width, probabilities, missing }: SquareWaveNoise,
    counts: &Counts,
    reports: &'a [f64],
    line: &Line,
) -> SquareWaveReports<'a> {
    let missing = missing.then_some(counts.missing() as f64);
    let WaveProbabilities { near, far, kept, instead } = probabilities;
    SquareWaveReports { reports, points: line.form.answers(), missing, width, near, far, kept, instead }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::line::Form;
    use puls_core::privacy::RandomisedResponse;
    use puls_statistics::interval::Z;

    fn close(found: f64, expected: f64) {
        assert!((found - expected).abs() < 1e-3, "{found} is not {expected}");
    }

    fn counts(cells: &[u64]) -> Counts {
        Counts::of(cells.len(), cells.to_vec(), 0).unwrap()
    }

    #[test]
    fn net_promoter_score_of_randomised_classes_has_the_published_variance() {
        let (keep, switch) = RandomisedResponse::probabilities(3, 2.0);
        let line = Line::new(Form::Classes, Noise::Response(ResponseNoise { keep, switch, missing: false }));
        let score = score(&line, &counts(&[250, 300, 450])).unwrap();
        let nps = |n: f64| (450.0 - 250.0) / (n * (keep - switch));
        close(score.value, 100.0 * nps(1000.0));
        // Three reports are added to the range, half of them promoters and half detractors; 703 of 1003 aren't passive.
        let centre = nps(1003.0);
        let variance = (703.0 / 1003.0 / (keep - switch).powi(2) - centre * centre) / 1003.0;
        close(score.high, 100.0 * (centre + Z * variance.sqrt()));
        close(score.low, 100.0 * (centre - Z * variance.sqrt()));
    }

    #[test]
    fn shares_follow_share_of() {
        // Newcombe (1998), table I: 81 of 263 gives 0.2553 to 0.3662.
        let line = Line::new(Form::Options(2), Noise::None);
        let share = shares(&line, &counts(&[81, 182]), 263)[0];
        close(share.low, 0.2553);
        close(share.high, 0.3662);
    }

    #[test]
    fn nothing_is_said_of_nobody() {
        let five = Line::new(Form::Scale { points: 5, lowest: 1.0, highest: 5.0 }, Noise::None);
        assert_eq!(score(&five, &counts(&[0; 5])), None);
        assert_eq!(score(&Line::new(Form::Recommendation, Noise::None), &counts(&[0; 11])), None);
        assert!(shares(&five, &counts(&[0; 5]), 0).is_empty());
        let (keep, switch) = RandomisedResponse::probabilities(5, 2.0);
        let noisy = Line { noise: Noise::Response(ResponseNoise { keep, switch, missing: false }), ..five };
        assert_eq!(score(&noisy, &counts(&[0; 5])), None);
    }
}
