use super::{Estimate, Z};

/// Pearson's correlation of two variables; `None` where one of them doesn't vary, and of fewer than four people, of whom it says
/// nothing. The covariances may all be
/// the same number of times what they are.
///
/// # Source
/// Fisher, "On the probable error of a coefficient of correlation deduced from a small sample" (1921), for the
/// interval: the area tangent is nearly normal, with variance 1 / (n − 3).
pub(crate) fn correlation(
    covariances: &[Vec<f64>],
    (one, other): (usize, usize),
    n: f64,
) -> Option<Estimate> {
    let at = |row: usize, column: usize| covariances.get(row)?.get(column).copied();
    let (own, others) = (at(one, one)?, at(other, other)?);
    if own <= 0.0 || others <= 0.0 || n <= 3.0 {
        return None;
    }
    if one == other {
        return Some(Estimate { value: 1.0, low: 1.0, high: 1.0 });
    }
    let value = (at(one, other)? / (own.sqrt() * others.sqrt())).clamp(-1.0, 1.0);
    let margin = Z / (n - 3.0).sqrt();
    let end = |distance: f64| (value.atanh() + distance).tanh();
    Some(Estimate { value, low: end(-margin), high: end(margin) })
}

/// Cronbach's α of variables with these covariances, at most 1; `None` where their sum doesn't vary, and of fewer than three people. It is below
/// 0 where they go against one another.
///
/// # Source
/// Cronbach, "Coefficient alpha and the internal structure of tests" (1951). Bonett and Wright, "Cronbach's alpha
/// reliability: interval estimation, hypothesis testing, and sample size planning" (2015), for the interval: the
/// logarithm of 1 − α is nearly normal, with variance 2k / ((k − 1)(n − 2)), after a correction of n / (n − 1).
pub(crate) fn alpha(covariances: &[Vec<f64>], n: f64) -> Option<Estimate> {
    let k = covariances.len() as f64;
    let total: f64 = covariances.iter().flatten().sum();
    let own: f64 = covariances.iter().enumerate().filter_map(|(index, row)| row.get(index)).sum();
    if own <= 0.0 || total <= own * f64::EPSILON || n <= 2.0 {
        return None;
    }
    let lack = 1.0 - k / (k - 1.0) * (1.0 - own / total);
    let margin = Z * (2.0 * k / ((k - 1.0) * (n - 2.0))).sqrt();
    let end = |distance: f64| 1.0 - (lack * (n - 1.0) / n) * distance.exp();
    Some(Estimate { value: 1.0 - lack, low: end(margin), high: end(-margin) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(found: f64, expected: f64) {
        assert!((found - expected).abs() < 1e-4, "{found} is not {expected}");
    }

    #[test]
    fn correlations_have_fishers_interval() {
        // r = 0.6 and n = 28: atanh 0.6 = 0.693147, and 1.959964 / 5 on both sides of it.
        let covariances = vec![vec![4.0, 3.0], vec![3.0, 6.25]];
        let found = correlation(&covariances, (0, 1), 28.0).unwrap();
        close(found.value, 0.6);
        close(found.low, (std::f64::consts::LN_2 - 0.391_993).tanh());
        close(found.high, (std::f64::consts::LN_2 + 0.391_993).tanh());
        assert_eq!(correlation(&[vec![0.0, 0.0], vec![0.0, 1.0]], (0, 1), 28.0), None);
        assert_eq!(correlation(&covariances, (0, 1), 3.0), None);
        let alike = correlation(&[vec![1.0, 1.0], vec![1.0, 1.0]], (0, 1), 28.0).unwrap();
        assert_eq!((alike.low, alike.value, alike.high), (1.0, 1.0, 1.0));
    }

    #[test]
    fn alpha_has_the_published_interval() {
        // Three variables of variance 1 and covariance ½: α = 3/2 · (1 − 3/6) = 0.75. With n = 50 the logarithm of
        // ¼ · 49/50 lies within 1.959964 · √(6 / 96).
        let covariances = vec![vec![1.0, 0.5, 0.5], vec![0.5, 1.0, 0.5], vec![0.5, 0.5, 1.0]];
        let found = alpha(&covariances, 50.0).unwrap();
        close(found.value, 0.75);
        close(found.low, 1.0 - 0.245 * 0.489_991_f64.exp());
        close(found.high, 1.0 - 0.245 * (-0.489_991_f64).exp());
        assert_eq!(alpha(&[vec![1.0, -1.0], vec![-1.0, 1.0]], 50.0), None);
        assert_eq!(alpha(&covariances, 2.0), None);
    }
}
