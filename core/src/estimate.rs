//! What counts say about everybody who answered, with how sure that is.
//!
//! All intervals are at 95 %. Counts that were randomised on the device are turned back into unbiased
//! estimates; their intervals cover both the chance of who answered and the noise.

mod joint;
mod randomised;
mod square_wave;

use crate::definition::{Counted, Definition, Mechanism, NetPromoter};
use crate::privacy::{Channel, RandomisedResponse, WaveProbabilities, line_epsilon};
use crate::summary::Counts;
pub(crate) use joint::{alpha, correlation};
use randomised::{randomised_mean, randomised_share};
use serde::{Deserialize, Serialize};
use square_wave::Waved;
use std::ops::Range;

/// The 97.5 % point of the standard normal distribution.
const Z: f64 = 1.959_963_984_540_054;

/// A figure with its 95 % interval, which holds it; both are cut to the range that the measure can have.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Estimate {
    /// The figure.
    pub value: f64,
    /// The interval's lower end.
    pub low: f64,
    /// The interval's upper end.
    pub high: f64,
}

impl Estimate {
    fn new(value: f64, centre: f64, margin: f64, (min, max): (f64, f64)) -> Self {
        let cut = |number: f64| number.clamp(min, max);
        let (value, low, high) = (cut(value), cut(centre - margin), cut(centre + margin));
        // What is added to exact counts outweighs a single answer, whose figure the interval would leave out.
        let (low, high) = (if value < low { value } else { low }, if value > high { value } else { high });
        Self { value, low, high }
    }
}

/// How what was counted came about from what was answered.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Noise {
    /// Counts are of answers.
    None,
    /// Counts are of randomised answers: the true class was reported with probability `keep`, each other
    /// one with probability `switch`.
    Randomised {
        /// Probability that the true class was reported.
        keep: f64,
        /// Probability of each other class.
        switch: f64,
        /// Whether to have no answer was randomised as well. Else whoever is missing is missing.
        missing: bool,
    },
    /// Counts are of reports near the truth, which may lie beyond the scale's ends.
    Wave {
        /// How many reports are near a point: an odd number.
        width: usize,
        /// How likely each is.
        probabilities: WaveProbabilities,
        /// Whether to have no answer was randomised as well.
        missing: bool,
    },
}

impl Noise {
    /// The noise in a line of a release.
    pub fn of(definition: &Definition, line: &Counted<'_>) -> Self {
        let Mechanism::Randomised { epsilon, .. } = definition.privacy else { return Self::None };
        let (epsilon, missing) = (line_epsilon(definition, epsilon), line.may_miss);
        let channel = Channel::of(line, epsilon);
        if let Some(wave) = channel.wave {
            return Self::Wave { width: wave.width(), probabilities: wave.probabilities(epsilon), missing };
        }
        let (keep, switch) = RandomisedResponse::probabilities(channel.classes, channel.epsilon);
        Self::Randomised { keep, switch, missing }
    }

    /// Whether how many answered is an estimate.
    pub fn hides_missing(self) -> bool {
        matches!(self, Self::Randomised { missing: true, .. } | Self::Wave { missing: true, .. })
    }
}

/// How many of `respondents` have an answer. It is an estimate where the lack of one was randomised.
pub fn answered(counts: &Counts, respondents: u64, noise: Noise) -> u64 {
    let all = respondents as f64;
    let (keep, switch) = match noise {
        Noise::Randomised { keep, switch, missing: true } => (keep, switch),
        Noise::Wave { probabilities, missing: true, .. } => (probabilities.kept, probabilities.far),
        _ => return respondents.saturating_sub(counts.missing),
    };
    let missing = (counts.missing as f64 - all * switch) / (keep - switch);
    #[expect(clippy::cast_possible_truncation, reason = "it lies between 0 and the respondents")]
    let answered = (all - missing).clamp(0.0, all).round() as u64;
    answered
}

/// The net promoter score, −100 to 100, of eleven answers or three classes; `None` without any.
///
/// Exact counts get the adjusted Wald interval (Bonett and Price 2012, as applied to NPS by Rocks 2016):
/// three respondents are added, ¾ of them promoters and ¾ detractors.
pub fn net_promoter_score(counts: &Counts, noise: Noise) -> Option<Estimate> {
    let mut classes = Counts { cells: vec![0; NetPromoter::CLASSES], missing: counts.missing };
    for (cell, count) in counts.cells.iter().enumerate() {
        let class = if counts.cells.len() == NetPromoter::CLASSES { cell } else { NetPromoter::class(cell) };
        if let Some(sum) = classes.cells.get_mut(class) {
            *sum += count;
        }
    }
    let range = (-100.0, 100.0);
    weighted(&classes, &[-100.0, 0.0, 100.0], &[0.75, 1.5, 0.75], noise, range)
}

/// The mean of a scale whose first cell stands for `lowest` and whose last one for `highest`; `None`
/// without an answer.
///
/// Exact counts get an interval of the same kind as the net promoter score's: three respondents are
/// added, spread evenly over the scale, so that agreement among few isn't taken for certainty.
pub fn mean(counts: &Counts, (lowest, highest): (f64, f64), noise: Noise) -> Option<Estimate> {
    let observed = as_floats(&counts.cells);
    if let Some(waved) = waved(&observed, counts, noise) {
        return waved.mean((lowest, highest));
    }
    let cells = counts.cells.len();
    let step = (highest - lowest) / cells.saturating_sub(1).max(1) as f64;
    let points: Vec<f64> = (0..cells).map(|cell| lowest + step * cell as f64).collect();
    let added = vec![3.0 / cells as f64; cells];
    weighted(counts, &points, &added, noise, (lowest, highest))
}

/// The share of each cell, 0 to 1, among those who answered; empty without an answer.
///
/// Exact counts get Wilson's score interval (1927).
pub fn shares(counts: &Counts, noise: Noise) -> Vec<Estimate> {
    let observed = as_floats(&counts.cells);
    if let Some(waved) = waved(&observed, counts, noise) {
        return waved.shares();
    }
    (0..counts.cells.len()).map_while(|cell| share_within(counts, cell..cell + 1, noise)).collect()
}

/// The share, 0 to 1, of the answers in some cells next to one another; `None` without an answer. Not for long
/// scales that went through the square wave.
///
/// Exact counts get Wilson's score interval (1927).
pub fn share_within(counts: &Counts, cells: Range<usize>, noise: Noise) -> Option<Estimate> {
    let answered = total(&counts.cells);
    if noise == Noise::None {
        let within = counts.cells.get(cells).map(total)?;
        return (answered > 0.0).then(|| wilson(within, answered));
    }
    let weights: Vec<f64> =
        (0..counts.cells.len()).map(|cell| if cells.contains(&cell) { 1.0 } else { 0.0 }).collect();
    weighted(counts, &weights, &[], noise, (0.0, 1.0))
}

/// The share of each cell, 0 to 1, among those who answered a line on which they could choose several;
/// empty without an answer.
///
/// Exact counts get Wilson's score interval (1927).
pub fn shares_of_several(counts: &Counts, respondents: u64, noise: Noise) -> Vec<Estimate> {
    let plainly_missing =
        if let Noise::Randomised { missing: true, .. } = noise { 0 } else { counts.missing };
    let asked = respondents.saturating_sub(plainly_missing) as f64;
    let share = |cell: usize| match noise {
        _ if asked <= 0.0 => None,
        Noise::None | Noise::Wave { .. } => Some(wilson(count(counts, cell), asked)),
        Noise::Randomised { keep, switch, missing } => {
            let lacking = missing.then(|| counts.missing as f64 / asked);
            randomised_share(count(counts, cell) / asked, lacking, asked, (keep, switch))
        }
    };
    (0..counts.cells.len()).map_while(share).collect()
}

/// The mean of `weights` over the answers. For exact counts the interval is that of the counts with
/// `added` to them.
fn weighted(
    counts: &Counts,
    weights: &[f64],
    added: &[f64],
    noise: Noise,
    range: (f64, f64),
) -> Option<Estimate> {
    let observed = as_floats(&counts.cells);
    let answered = total(&counts.cells);
    match noise {
        _ if answered <= 0.0 => None,
        Noise::None | Noise::Wave { .. } => {
            let adjusted: Vec<f64> = observed.iter().zip(added).map(|(count, added)| count + added).collect();
            let (centre, variance) = moments(&adjusted, weights);
            let respondents = answered + added.iter().sum::<f64>();
            let (mean, _) = moments(&observed, weights);
            Some(Estimate::new(mean, centre, Z * (variance / respondents).sqrt(), range))
        }
        Noise::Randomised { keep, switch, missing } => {
            let missing = if missing { counts.missing as f64 } else { 0.0 };
            randomised_mean(observed, missing, weights, (keep, switch), range)
        }
    }
}

fn wilson(count: f64, answered: f64) -> Estimate {
    let observed = count / answered;
    let scale = 1.0 + Z * Z / answered;
    let centre = (observed + Z * Z / (2.0 * answered)) / scale;
    let spread = observed * (1.0 - observed) / answered + Z * Z / (4.0 * answered * answered);
    Estimate::new(observed, centre, Z / scale * spread.sqrt(), (0.0, 1.0))
}

fn count(counts: &Counts, cell: usize) -> f64 {
    counts.cells.get(cell).copied().unwrap_or(0) as f64
}

/// Mean and variance of `weights` that occur `counts` times.
fn moments(counts: &[f64], weights: &[f64]) -> (f64, f64) {
    let sum = |power: i32| -> f64 {
        counts.iter().zip(weights).map(|(count, weight)| count * weight.powi(power)).sum()
    };
    let all: f64 = counts.iter().sum();
    let mean = sum(1) / all;
    (mean, (sum(2) / all - mean * mean).max(0.0))
}

fn total(cells: &[u64]) -> f64 {
    cells.iter().map(|count| *count as f64).sum()
}

fn as_floats(cells: &[u64]) -> Vec<f64> {
    cells.iter().map(|count| *count as f64).collect()
}

/// The counts as what came through a square wave, where they did and there are any.
fn waved<'a>(reports: &'a [f64], counts: &Counts, noise: Noise) -> Option<Waved<'a>> {
    let Noise::Wave { width, probabilities, missing } = noise else { return None };
    let missing = missing.then_some(counts.missing as f64);
    Some(Waved { reports, missing, width, probabilities })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(found: f64, expected: f64) {
        assert!((found - expected).abs() < 1e-3, "{found} is not {expected}");
    }

    fn counts(cells: &[u64]) -> Counts {
        Counts { cells: cells.into(), missing: 0 }
    }

    #[test]
    fn net_promoter_score_of_exact_counts() {
        // 5 promoters, 2 passives, 3 detractors; interval worked out by hand from the adjusted formula.
        let score = net_promoter_score(&counts(&[1, 0, 0, 1, 0, 0, 1, 1, 1, 2, 3]), Noise::None).unwrap();
        close(score.value, 20.0);
        let (p, d) = (5.75 / 13.0, 3.75 / 13.0);
        let margin = 100.0 * Z * ((p + d - (p - d) * (p - d)) / 13.0_f64).sqrt();
        close(score.low, 100.0 * (p - d) - margin);
        close(score.high, 100.0 * (p - d) + margin);
    }

    #[test]
    fn net_promoter_score_of_randomised_classes_has_the_published_variance() {
        let (keep, switch) = RandomisedResponse::probabilities(3, 2.0);
        let noise = Noise::Randomised { keep, switch, missing: false };
        let score = net_promoter_score(&counts(&[250, 300, 450]), noise).unwrap();
        let nps = (450.0 - 250.0) / (1000.0 * (keep - switch));
        close(score.value, 100.0 * nps);
        // a (p+q) + (1−a) 2q is the share of reports that aren't passive.
        let variance = (0.7 / (keep - switch).powi(2) - nps * nps) / 1000.0;
        close(score.high - score.value, 100.0 * Z * variance.sqrt());
    }

    #[test]
    fn shares_follow_wilson() {
        // Newcombe (1998), table I: 81 of 263 gives 0.2553 to 0.3662.
        let share = shares(&counts(&[81, 182]), Noise::None)[0];
        close(share.low, 0.2553);
        close(share.high, 0.3662);
    }

    #[test]
    fn agreement_of_few_is_not_certainty() {
        let mean = mean(&counts(&[0, 0, 0, 0, 5]), (1.0, 5.0), Noise::None).unwrap();
        close(mean.value, 5.0);
        assert!(mean.low < 4.5);
    }

    #[test]
    fn no_figure_lies_outside_its_interval() {
        let detractor = net_promoter_score(&counts(&[1, 0, 0]), Noise::None).unwrap();
        assert_eq!((detractor.value, detractor.low), (-100.0, -100.0));
        let promoter = net_promoter_score(&counts(&[0, 0, 1]), Noise::None).unwrap();
        assert_eq!((promoter.value, promoter.high), (100.0, 100.0));
    }

    #[test]
    fn nothing_is_said_of_nobody() {
        assert_eq!(net_promoter_score(&counts(&[0; 11]), Noise::None), None);
        assert_eq!(mean(&counts(&[0; 5]), (1.0, 5.0), Noise::None), None);
        assert!(shares(&counts(&[0; 5]), Noise::None).is_empty());
    }
}
