//! Several tests at once.
//!
//! In come the p values of tests that are looked at together; out go p values that say how surprising each is among so
//! many.

/// Holm's adjusted p values, 0 to 1, of tests that are looked at together, in the order of `p_values`. If every test
/// whose adjusted p value is at most 0.05 is taken for a finding, the probability of one or more false findings is at
/// most 0.05, however the tests depend on one another. Each p value has to be from 0 to 1; one that is no number counts
/// as 1.
///
/// From the smallest p value on, the i-th of m is multiplied by m − i + 1 and cut to 1. None may be smaller than the
/// one before.
///
/// # Source
/// Holm, "A simple sequentially rejective multiple test procedure" (1979).
///
/// ```
/// assert_eq!(puls_statistics::several::holm(&[0.25, 0.0625, 0.5]), [0.5, 0.1875, 0.5]);
/// ```
pub fn holm(p_values: &[f64]) -> Vec<f64> {
    // The lesser of NaN and 1 is 1.
    let mut tests: Vec<(usize, f64)> = p_values.iter().map(|p| p.min(1.0)).enumerate().collect();
    tests.sort_by(|(_, one), (_, other)| one.total_cmp(other));
    let mut least = 0.0_f64;
    for ((_, p), left) in tests.iter_mut().zip((1..=p_values.len()).rev()) {
        least = least.max(*p * left as f64).min(1.0);
        *p = least;
    }
    tests.sort_by_key(|(place, _)| *place);
    tests.into_iter().map(|(_, p)| p).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_test_by_itself_stays_as_it_is() {
        assert_eq!(holm(&[0.04]), [0.04]);
        assert!(holm(&[]).is_empty());
    }

    #[test]
    fn what_is_no_number_counts_as_one() {
        assert_eq!(holm(&[f64::NAN, 0.03, -f64::NAN]), [1.0, 0.09, 1.0]);
    }
}
