//! Figures of answers that were counted as they are.

use super::{Estimate, Z};
use crate::line::{Form, Line, Sums};

/// The mean of a line's answers, or their net promoter score; `None` without an answer.
///
/// The interval is the adjusted Wald interval (Bonett and Price 2012, as applied to the net promoter score by Rocks 2016):
/// three respondents are added, of a net promoter item ¾ of them promoters and ¾ detractors, and on a scale spread evenly over it,
/// so that agreement among few isn't taken for certainty.
pub fn exact_score(line: &Line, Sums { answered, sum, squares }: Sums) -> Option<Estimate> {
    let ((lowest, highest), (_, last)) = (line.range()?, line.steps()?);
    if answered == 0 {
        return None;
    }
    let step = (highest - lowest) / last as f64;
    let figure = |steps: f64| lowest + step * steps;
    let n = answered as f64 + ADDED;
    let centre = (sum as f64 + ADDED * last as f64 / 2.0) / n;
    let variance = ((squares as f64 + added_squares(line, last as f64)) / n - centre * centre).max(0.0);
    let margin = Z * (variance / n).sqrt() * step;
    Some(Estimate::new(figure(sum as f64 / answered as f64), figure(centre), margin, (lowest, highest)))
}

/// The mean of a line's answers, or their net promoter score, where no more is known of them than their number and their
/// sum; `None` without an answer.
///
/// The interval holds the truth in 95 of 100 surveys *whatever* is answered: a scale's ends are all that it goes by. With p as the
/// mean's place between them, it has every place q for which n (p ln(p / q) + (1 − p) ln((1 − p) / (1 − q))) is at most ln 40.
///
/// # Source
/// Hoeffding, "Probability inequalities for sums of bounded random variables" (1963), theorem 1.
pub fn widest_score(line: &Line, answered: u64, sum: u64) -> Option<Estimate> {
    let ((lowest, highest), (_, last)) = (line.range()?, line.steps()?);
    if answered == 0 {
        return None;
    }
    let place = sum as f64 / (answered as f64 * last as f64);
    let figure = |place: f64| lowest + (highest - lowest) * place;
    let most = 40_f64.ln() / answered as f64;
    Some(Estimate {
        value: figure(place),
        low: figure(farthest(place, 0.0, most)),
        high: figure(farthest(place, 1.0, most)),
    })
}

/// So often the distance to the farthest place is halved: beyond that no digit changes.
const HALVINGS: u32 = 60;

/// The place farthest from `place` towards `end` that is no more than `most` away.
fn farthest(place: f64, end: f64, most: f64) -> f64 {
    let term = |share: f64, of: f64| if share > 0.0 { share * (share / of).ln() } else { 0.0 };
    let away = |other: f64| term(place, other) + term(1.0 - place, 1.0 - other);
    let (mut near, mut far) = (place, end);
    for _ in 0..HALVINGS {
        let middle = f64::midpoint(near, far);
        *if away(middle) <= most { &mut near } else { &mut far } = middle;
    }
    near
}

/// So many respondents are added before the interval is worked out.
const ADDED: f64 = 3.0;

/// The squares of their steps: of a scale's, spread evenly over 0 to `last`; of a net promoter item's, ¾, 1½ and ¾ on 0, 1 and 2.
fn added_squares(line: &Line, last: f64) -> f64 {
    match line.form {
        Form::Recommendation | Form::Classes => 4.5,
        _ => ADDED * last * (2.0 * last + 1.0) / 6.0,
    }
}

/// A share of so many, with Wilson's score interval (1927); `None` of nobody.
pub fn share_of(count: u64, answered: u64) -> Option<Estimate> {
    if answered == 0 {
        return None;
    }
    let (count, answered) = (count as f64, answered as f64);
    let observed = count / answered;
    let scale = 1.0 + Z * Z / answered;
    let centre = (observed + Z * Z / (2.0 * answered)) / scale;
    let spread = observed * (1.0 - observed) / answered + Z * Z / (4.0 * answered * answered);
    Some(Estimate::new(observed, centre, Z / scale * spread.sqrt(), (0.0, 1.0)))
}

#[cfg(test)]
mod tests {
    use super::super::score;
    use super::*;
    use crate::line::Noise;
    use puls_core::summary::Counts;

    fn close(found: f64, expected: f64) {
        assert!((found - expected).abs() < 1e-3, "{found} is not {expected}");
    }

    fn exact(form: Form, cells: &[u64]) -> Estimate {
        let line = Line::new(form, Noise::None);
        score(&line, &Counts::of(line.cells(), cells.to_vec(), 0).unwrap()).unwrap()
    }

    const FIVE: Form = Form::Scale { points: 5, lowest: 1.0, highest: 5.0 };

    #[test]
    fn net_promoter_score_of_exact_counts() {
        // 5 promoters, 2 passives, 3 detractors; interval worked out by hand from the adjusted formula.
        let score = exact(Form::Recommendation, &[1, 0, 0, 1, 0, 0, 1, 1, 1, 2, 3]);
        close(score.value, 20.0);
        let (p, d) = (5.75 / 13.0, 3.75 / 13.0);
        let margin = 100.0 * Z * ((p + d - (p - d) * (p - d)) / 13.0_f64).sqrt();
        close(score.low, 100.0 * (p - d) - margin);
        close(score.high, 100.0 * (p - d) + margin);
        assert_eq!(exact(Form::Classes, &[3, 2, 5]), score);
    }

    #[test]
    fn the_mean_has_three_added_who_are_spread_evenly() {
        // 4 + 1 + 1 answers on five points, and 0.6 more on each.
        let mean = exact(FIVE, &[4, 0, 1, 0, 1]);
        close(mean.value, 2.0);
        let points = [(4.6, 1.0), (0.6, 2.0), (1.6, 3.0), (0.6, 4.0), (1.6, 5.0)];
        let centre = points.iter().map(|(count, point)| count * point).sum::<f64>() / 9.0;
        let variance =
            points.iter().map(|(count, point)| count * (point - centre).powi(2)).sum::<f64>() / 9.0;
        close(mean.high, centre + Z * (variance / 9.0_f64).sqrt());
        close(mean.low, centre - Z * (variance / 9.0_f64).sqrt());
    }

    #[test]
    fn agreement_of_few_is_not_certainty() {
        let mean = exact(FIVE, &[0, 0, 0, 0, 5]);
        close(mean.value, 5.0);
        assert!(mean.low < 4.5);
    }

    #[test]
    fn no_figure_lies_outside_its_interval() {
        let detractor = exact(Form::Classes, &[1, 0, 0]);
        assert_eq!((detractor.value, detractor.low), (-100.0, -100.0));
        let promoter = exact(Form::Classes, &[0, 0, 1]);
        assert_eq!((promoter.value, promoter.high), (100.0, 100.0));
    }

    #[test]
    fn of_a_sum_alone_the_range_is_hoeffdings() {
        let line = Line::new(FIVE, Noise::None);
        // Nobody above the lowest point: (1 − q)^n is at least 1 / 40.
        let lowest = widest_score(&line, 9, 0).unwrap();
        close(lowest.value, 1.0);
        close(lowest.low, 1.0);
        close(lowest.high, 1.0 + 4.0 * (1.0 - 40_f64.powf(-1.0 / 9.0)));
        let highest = widest_score(&line, 9, 36).unwrap();
        close(highest.high, 5.0);
        close(highest.low, 6.0 - lowest.high);
        let middle = widest_score(&line, 3, 6).unwrap();
        close(middle.low + middle.high, 6.0);
        let q = (middle.low - 1.0) / 4.0;
        close(3.0 * 0.5 * ((0.5 / q).ln() + (0.5 / (1.0 - q)).ln()), 40_f64.ln());
        assert_eq!(widest_score(&line, 0, 0), None);
    }

    /// Of all answers with this sum, those at the ends vary most.
    #[test]
    fn no_answers_with_the_same_sum_have_a_wider_range_than_the_widest() {
        let line = Line::new(FIVE, Noise::None);
        for code in 0..5_usize.pow(4) {
            let cells: Vec<usize> = (0..4).map(|place| code / 5_usize.pow(place) % 5).collect();
            let mut counts = Counts::empty(5);
            cells.iter().for_each(|cell| counts.merge(&Counts::one(5, Some(*cell))));
            let sums = Sums::of(&line, &counts).unwrap();
            let widest = Sums::widest(&line, sums.answered, sums.sum).unwrap();
            let (narrow, wide) = (exact_score(&line, sums).unwrap(), exact_score(&line, widest).unwrap());
            assert!(wide.low <= narrow.low && narrow.high <= wide.high, "{cells:?}");
            let is_at_the_ends = cells.iter().all(|cell| *cell == 0 || *cell == 4);
            assert_eq!(sums == widest, is_at_the_ends, "{cells:?}");
        }
    }
}
