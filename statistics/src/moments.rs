//! Mean and variance of a distribution that is given by its counts.
//!
//! In come values, and how often each of them occurs; out go their mean and variance, or `None` if nothing occurs.

/// The mean and the variance of a distribution.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Moments {
    /// The mean, in the unit of the values.
    pub mean: f64,
    /// The variance, in the square of that unit: 0 or more. It is the distribution's own variance, divided by n and not
    /// by n − 1.
    pub variance: f64,
}

impl Moments {
    /// The moments of `values`, each of which occurs as often as `counts` says (0 or more times, not necessarily a
    /// whole number): the mean is Σ c v / Σ c, and the variance Σ c v² / Σ c less the square of the mean. `None` if
    /// nothing occurs. Counts beyond the last value add to Σ c alone.
    ///
    /// ```
    /// use puls_statistics::moments::Moments;
    /// let moments = Moments::of(&[1.0, 2.0, 1.0], &[1.0, 2.0, 3.0]);
    /// assert_eq!(moments, Some(Moments { mean: 2.0, variance: 0.5 }));
    /// assert_eq!(Moments::of(&[0.0], &[1.0]), None);
    /// ```
    pub fn of(counts: &[f64], values: &[f64]) -> Option<Self> {
        let sum = |power: i32| -> f64 {
            counts.iter().zip(values).map(|(count, value)| count * value.powi(power)).sum()
        };
        let all: f64 = counts.iter().sum();
        if all <= 0.0 {
            return None;
        }
        let mean = sum(1) / all;
        Some(Self { mean, variance: (sum(2) / all - mean * mean).max(0.0) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// NumPy: `v = np.repeat([0, 1, 2, 10], [7, 1, 0, 2]); v.mean(), v.var()`.
    #[test]
    fn lopsided_counts_have_the_moments_that_numpy_says() {
        let found = Moments::of(&[7.0, 1.0, 0.0, 2.0], &[0.0, 1.0, 2.0, 10.0]).unwrap();
        assert!((found.mean - 2.1).abs() < 1e-12 && (found.variance - 15.69).abs() < 1e-12, "{found:?}");
    }

    #[test]
    fn what_is_all_alike_does_not_vary() {
        assert_eq!(Moments::of(&[0.0, 9.0], &[1.0, 0.1]).map(|moments| moments.variance), Some(0.0));
    }
}
