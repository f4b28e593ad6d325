//! Figures of answers that were counted exactly.

use super::Estimate;
use crate::line::{Form, Line, Sums};
use puls_statistics::proportion::wilson;
use puls_statistics::scale::{Added, adjusted_wald, hoeffding};

/// The mean of a line's answers, or their net promoter score; `None` without an answer.
///
/// The interval is the adjusted Wald interval, for which three respondents are added: for a net promoter item ¾ of a
/// promoter, ¾ of a detractor and 1½ passives, for a scale three who are spread evenly over it.
pub fn exact_score(line: &Line, sums: Sums) -> Option<Estimate> {
    let added = match line.form {
        Form::Recommendation | Form::Classes => Added::ToDifference,
        _ => Added::Evenly,
    };
    adjusted_wald(sums, line.scale()?, added).map(Estimate::from)
}

/// The mean of a line's answers, or their net promoter score, if only their number and their sum are known; `None`
/// without an answer.
///
/// The interval is Hoeffding's. It holds the truth *whatever* people answer, since it follows from the scale's ends
/// alone.
pub fn widest_score(line: &Line, answered: u64, sum: u64) -> Option<Estimate> {
    hoeffding(answered, sum, line.scale()?).map(Estimate::from)
}

/// The share of `count` in `answered`, with Wilson's score interval; `None` if nobody answered.
pub fn share_of(count: u64, answered: u64) -> Option<Estimate> {
    wilson(count, answered).map(Estimate::from)
}

#[cfg(test)]
mod tests {
    use super::super::score;
    use super::*;
    use crate::line::Noise;
    use puls_core::summary::Counts;
    use puls_statistics::interval::Z;

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
}
