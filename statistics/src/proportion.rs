//! A share of respondents.
//!
//! In come how many respondents have some property, and how many there are in all; out goes the share with its range,
//! or `None` if there are none.

use crate::interval::{Interval, Z};

/// The share, 0 to 1, of `count` out of `of`, with Wilson's score interval; `None` if `of` is 0.
///
/// With p = count / n and z = 1.96 its centre is (p + z² / 2n) / (1 + z² / n), and its half width
/// z √(p (1 − p) / n + z² / 4n²) / (1 + z² / n).
///
/// # Source
/// Wilson, "Probable inference, the law of succession, and statistical inference" (1927).
///
/// ```
/// let share = puls_statistics::proportion::wilson(81, 263).unwrap();
/// // Newcombe, "Two-sided confidence intervals for the single proportion" (1998), table I.
/// assert!((share.low - 0.2553).abs() < 5e-5 && (share.high - 0.3662).abs() < 5e-5);
/// ```
pub fn wilson(count: u64, of: u64) -> Option<Interval> {
    score(count as f64 / of as f64, of as f64)
}

/// The same of an `observed` share, which needn't be a whole number of respondents.
pub(crate) fn score(observed: f64, of: f64) -> Option<Interval> {
    if of <= 0.0 {
        return None;
    }
    let scale = 1.0 + Z * Z / of;
    let centre = (observed + Z * Z / (2.0 * of)) / scale;
    let spread = observed * (1.0 - observed) / of + Z * Z / (4.0 * of * of);
    Some(Interval::around(observed, centre, Z / scale * spread.sqrt(), (0.0, 1.0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// SciPy: `scipy.stats.binomtest(count, of).proportion_ci(method="wilson")`.
    #[test]
    fn shares_have_the_interval_that_scipy_says() {
        for (count, of, low, high) in [
            (0, 1, 0.0, 0.793450685623),
            (1, 1, 0.206549314377, 1.0),
            (0, 7, 0.0, 0.354330435067),
            (3, 10, 0.107791267406, 0.603221852539),
            (81, 263, 0.255288519878, 0.366209576983),
            (999, 1000, 0.994357441402, 0.999823453629),
        ] {
            let found = wilson(count, of).unwrap();
            assert!(
                (found.low - low).abs() < 1e-9 && (found.high - high).abs() < 1e-9,
                "{count} of {of}: {found:?}"
            );
        }
    }

    #[test]
    fn there_is_no_share_of_nobody() {
        assert_eq!(wilson(0, 0), None);
    }
}
