//! How consistently several variables measure the same thing.
//!
//! In come the variables' covariances and the number of people; out goes Cronbach's α with its range, or `None` if the
//! variables' sum doesn't vary.

use crate::interval::{Interval, Z};

/// Cronbach's α, at most 1, of variables with these covariances over `n` people. It is below 0 if the variables
/// contradict one another. `None` if their sum doesn't vary, for a single variable, and if `n` is below 3. The
/// covariances may share any positive factor.
///
/// For k variables with the covariances C, α = k / (k − 1) (1 − tr C / Σ C). The interval is 1 − (1 − α) e^(± 1.96 s)
/// (n − 1) / n, where s² = 2k / ((k − 1)(n − 2)).
///
/// # Source
/// Cronbach, "Coefficient alpha and the internal structure of tests" (1951). Bonett and Wright, "Cronbach's alpha
/// reliability: interval estimation, hypothesis testing, and sample size planning" (2015), for the interval: the
/// logarithm of 1 − α is nearly normal, with variance 2k / ((k − 1)(n − 2)), after a correction of n / (n − 1).
///
/// ```
/// // Three variables of variance 1 and covariance ½: α = 3/2 · (1 − 3/6).
/// let covariances = [vec![1.0, 0.5, 0.5], vec![0.5, 1.0, 0.5], vec![0.5, 0.5, 1.0]];
/// let found = puls_statistics::reliability::alpha(&covariances, 50.0).unwrap();
/// assert!((found.value - 0.75).abs() < 1e-12);
/// ```
pub fn alpha(covariances: &[Vec<f64>], n: f64) -> Option<Interval> {
    let k = covariances.len() as f64;
    let total: f64 = covariances.iter().flatten().sum();
    let own: f64 = covariances.iter().enumerate().filter_map(|(index, row)| row.get(index)).sum();
    if k < 2.0 || own <= 0.0 || total <= own * f64::EPSILON || n <= 2.0 {
        return None;
    }
    let lack = 1.0 - k / (k - 1.0) * (1.0 - own / total);
    let margin = Z * (2.0 * k / ((k - 1.0) * (n - 2.0))).sqrt();
    let end = |distance: f64| 1.0 - (lack * (n - 1.0) / n) * distance.exp();
    Some(Interval { value: 1.0 - lack, low: end(margin), high: end(-margin) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(found: f64, expected: f64) {
        assert!((found - expected).abs() < 1e-5, "{found} is not {expected}");
    }

    /// By hand: with n = 50, the logarithm of ¼ · 49/50 has the margin 1.959964 · √(6 / 96) = 0.489991.
    #[test]
    fn alpha_has_the_published_interval() {
        let covariances = [vec![1.0, 0.5, 0.5], vec![0.5, 1.0, 0.5], vec![0.5, 0.5, 1.0]];
        let found = alpha(&covariances, 50.0).unwrap();
        close(found.low, 1.0 - 0.245 * 0.489_991_f64.exp());
        close(found.high, 1.0 - 0.245 * (-0.489_991_f64).exp());
    }

    /// NumPy: `c = np.cov([[0, 0, 1, 4, 2, 0, 3], [1, 0, 1, 3, 4, 0, 4], [0, 1, 0, 4, 1, 0, 0]], bias=True); 3/2 * (1 - np.trace(c) / c.sum())`.
    #[test]
    fn lopsided_answers_have_the_alpha_that_numpy_says() {
        let covariances = [vec![110.0, 101.0, 66.0], vec![101.0, 132.0, 34.0], vec![66.0, 34.0, 90.0]];
        close(alpha(&covariances, 7.0).unwrap().value, 0.821525885559);
    }

    #[test]
    fn there_is_none_where_the_sum_does_not_vary_of_one_variable_and_of_two_people() {
        assert_eq!(alpha(&[vec![1.0, -1.0], vec![-1.0, 1.0]], 50.0), None);
        assert_eq!(alpha(&[vec![1.0]], 50.0), None);
        assert_eq!(alpha(&[vec![1.0, 0.5], vec![0.5, 1.0]], 2.0), None);
    }
}
