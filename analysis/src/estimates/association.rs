//! How strongly the answers to different lines are related.

use super::Estimate;
use puls_statistics::reliability::Part;
use puls_statistics::{correlation, reliability};
use serde::{Deserialize, Serialize};

/// What a line has to do with all others together.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LineReliability {
    /// Pearson's correlation of the line with the sum of all others; `null` if one of the two doesn't vary.
    pub item_rest: Option<Estimate>,
    /// Cronbach's α of all others; `null` if their sum doesn't vary, and if there is only one.
    pub alpha_without: Option<Estimate>,
}

/// The correlation of the lines `one` and `other`, from the covariances of all lines over `n` people. `None` if one of
/// the two doesn't vary, and if `n` is below 4. The covariances may share any positive factor.
pub(crate) fn correlation(
    covariances: &[Vec<f64>],
    (one, other): (usize, usize),
    n: f64,
) -> Option<Estimate> {
    let at = |row: usize, column: usize| covariances.get(row)?.get(column).copied();
    let found = correlation::pearson(at(one, other)?, (at(one, one)?, at(other, other)?), n)?;
    // A line's correlation with itself is exactly 1, whatever rounding made of it.
    Some(if one == other { Estimate { value: 1.0, low: 1.0, high: 1.0 } } else { found.into() })
}

/// Cronbach's α of all lines, from their covariances over `n` people. `None` if the lines' sum doesn't vary, and if `n`
/// is below 3.
pub(crate) fn alpha(covariances: &[Vec<f64>], n: f64) -> Option<Estimate> {
    reliability::alpha(covariances, n).map(Estimate::from)
}

/// Each line's part in [`alpha`], in their order. A figure that nothing says anything about is `None`.
pub(crate) fn line_reliability(covariances: &[Vec<f64>], n: f64) -> Vec<LineReliability> {
    let of_line = |Part { item_rest, alpha_without }: Part| LineReliability {
        item_rest: item_rest.map(Estimate::from),
        alpha_without: alpha_without.map(Estimate::from),
    };
    reliability::parts(covariances, n).into_iter().map(of_line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_goes_together_with_itself_for_certain() {
        let covariances = vec![vec![0.3, 0.1], vec![0.1, 0.7]];
        let certain = Estimate { value: 1.0, low: 1.0, high: 1.0 };
        assert_eq!(correlation(&covariances, (1, 1), 28.0), Some(certain));
        assert_eq!(correlation(&[vec![0.0]], (0, 0), 28.0), None, "where it varies at all");
    }
}
