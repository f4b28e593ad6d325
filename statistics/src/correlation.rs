//! How strongly two variables are correlated.
//!
//! In come two variances, a covariance and the number of people; out goes the correlation with its range, or `None` if
//! one of the variables doesn't vary.

use crate::interval::{Interval, Z};

/// Pearson's correlation, −1 to 1, of two variables with this covariance and these variances, over `n` people. `None`
/// if one of them doesn't vary, and if `n` is below 4, where a correlation says nothing. Covariance and variances may
/// share any positive factor.
///
/// r is the covariance divided by the square root of the product of the variances; the interval is tanh(artanh r ± 1.96
/// / √(n − 3)).
///
/// # Source
/// Fisher, "On the probable error of a coefficient of correlation deduced from a small sample" (1921), for the
/// interval: artanh r is nearly normal, with variance 1 / (n − 3).
///
/// ```
/// let found = puls_statistics::correlation::pearson(3.0, (4.0, 6.25), 28.0).unwrap();
/// assert!((found.value - 0.6).abs() < 1e-12);
/// // artanh 0.6 is ln 2.
/// assert!((found.high - (2_f64.ln() + 1.959_963_984_540_054 / 5.0).tanh()).abs() < 1e-12);
/// ```
pub fn pearson(covariance: f64, (variance, other): (f64, f64), n: f64) -> Option<Interval> {
    if variance <= 0.0 || other <= 0.0 || n <= 3.0 {
        return None;
    }
    let value = (covariance / (variance.sqrt() * other.sqrt())).clamp(-1.0, 1.0);
    let margin = Z / (n - 3.0).sqrt();
    let end = |distance: f64| (value.atanh() + distance).tanh();
    Some(Interval { value, low: end(-margin), high: end(margin) })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// SciPy: `r = scipy.stats.pearsonr(x, y); r.statistic, r.confidence_interval()`.
    #[test]
    fn correlations_are_those_that_scipy_says() {
        let (x, y) = ([0.0, 0.0, 1.0, 4.0, 2.0, 0.0, 3.0], [1.0, 0.0, 1.0, 3.0, 4.0, 0.0, 4.0]);
        let sum = |of: &dyn Fn(usize) -> f64| (0..7).map(of).sum::<f64>();
        let comoment = |one: &[f64; 7], other: &[f64; 7]| {
            7.0 * sum(&|at| one[at] * other[at]) - sum(&|at| one[at]) * sum(&|at| other[at])
        };
        let found = pearson(comoment(&x, &y), (comoment(&x, &x), comoment(&y, &y)), 7.0).unwrap();
        let expected = [0.838181489515, 0.230811372642, 0.97550282957];
        for (found, expected) in [found.value, found.low, found.high].into_iter().zip(expected) {
            assert!((found - expected).abs() < 1e-9, "{found} is not {expected}");
        }
    }

    #[test]
    fn what_does_not_vary_goes_together_with_nothing_and_few_say_nothing() {
        assert_eq!(pearson(0.0, (0.0, 1.0), 28.0), None);
        assert_eq!(pearson(3.0, (4.0, 6.25), 3.0), None);
    }

    #[test]
    fn what_is_alike_is_so_for_certain() {
        let found = pearson(1.0, (1.0, 1.0), 28.0);
        assert_eq!(found, Some(Interval { value: 1.0, low: 1.0, high: 1.0 }));
    }
}
