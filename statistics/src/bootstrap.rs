//! Ranges by the parametric bootstrap: what a figure might have been, had chance drawn other people.
//!
//! In come a model of the answers and a generator of randomness; out go draws of the model's covariances, and the range of
//! a figure, from its values in all draws.

use crate::interval::Interval;
use rand_core::Rng;
use rand_distr::{ChiSquared, Distribution, StandardNormal};

/// How many draws a range is made of. The share of cases beyond each end, 2.5 %, then has a standard error of half a
/// per cent.
pub const DRAWS: usize = 1_000;

/// The figure `value` with the range that holds the middle 95 % of `draws`. If the figure lies outside, the range is
/// widened to hold it. Without draws the range is the figure itself.
///
/// # Source
/// Efron and Tibshirani, "An introduction to the bootstrap" (1993), chapter 13: the percentile interval.
///
/// ```
/// let draws = (1..=1_000).map(f64::from).collect();
/// let found = puls_statistics::bootstrap::range(400.0, draws);
/// assert_eq!((found.low, found.high), (25.0, 976.0));
/// ```
pub fn range(value: f64, mut draws: Vec<f64>) -> Interval {
    draws.sort_by(f64::total_cmp);
    let beyond = (draws.len() / 40).max(1);
    let end = |draw: Option<&f64>| draw.copied().unwrap_or(value);
    let low = end(draws.get(beyond - 1)).min(value);
    let high = end(draws.iter().rev().nth(beyond - 1)).max(value);
    Interval { value, low, high }
}

/// A draw of the sums of squares and products, about their means, that n normally distributed respondents have: a
/// Wishart matrix with `freedom` = n − 1 degrees of freedom. `root` is the root of the covariances, as
/// [`cholesky`](crate::matrix::cholesky) finds it.
///
/// The draw is (L B)(L B)ᵀ with the root L. B is lower triangular: on its diagonal it has the root of a χ² with
/// `freedom`, `freedom` − 1, … degrees of freedom, and below it standard normal numbers.
///
/// # Source
/// Bartlett, "On the theory of statistical regression" (1933).
pub fn wishart<R: Rng>(root: &[Vec<f64>], freedom: f64, rng: &mut R) -> Vec<Vec<f64>> {
    let row = |row: usize, rng: &mut R| -> Vec<f64> {
        let mut entries: Vec<f64> = (0..row).map(|_| normal(rng)).collect();
        entries.push(chi_squared(freedom - row as f64, rng).sqrt());
        entries
    };
    let drawn: Vec<Vec<f64>> = (0..root.len()).map(|index| row(index, rng)).collect();
    let combine = |weights: &Vec<f64>| -> Vec<f64> {
        let entry = |column: usize| {
            let below = weights.iter().zip(&drawn).skip(column);
            below.filter_map(|(weight, row)| row.get(column).map(|drawn| weight * drawn)).sum()
        };
        (0..weights.len()).map(entry).collect()
    };
    let rows: Vec<Vec<f64>> = root.iter().map(combine).collect();
    let product =
        |one: &Vec<f64>, other: &Vec<f64>| one.iter().zip(other).map(|(one, other)| one * other).sum();
    rows.iter().map(|one| rows.iter().map(|other| product(one, other)).collect()).collect()
}

/// A draw from the standard normal distribution.
pub(crate) fn normal<R: Rng>(rng: &mut R) -> f64 {
    StandardNormal.sample(rng)
}

/// A draw of the sum of as many squared standard normal numbers as there are degrees of `freedom`; 0 of none.
pub(crate) fn chi_squared<R: Rng>(freedom: f64, rng: &mut R) -> f64 {
    ChiSquared::new(freedom).map_or(0.0, |distribution| distribution.sample(rng))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matrix::cholesky;
    use rand_chacha::ChaCha8Rng;
    use rand_core::SeedableRng;

    #[test]
    fn a_figure_beyond_its_draws_widens_its_range() {
        let found = range(9.0, vec![1.0, 2.0]);
        assert_eq!(found, Interval { value: 9.0, low: 1.0, high: 9.0 });
        assert_eq!(range(9.0, Vec::new()), Interval { value: 9.0, low: 9.0, high: 9.0 });
    }

    /// A Wishart matrix has the mean ν Σ, and its entries have the variance ν (σᵢⱼ² + σᵢᵢ σⱼⱼ). The means of 4,000 draws
    /// lie within four standard errors of that.
    #[test]
    fn draws_have_the_mean_of_their_distribution() {
        let covariances = [vec![4.0, 1.0, 0.0], vec![1.0, 1.0, -0.5], vec![0.0, -0.5, 2.0]];
        let (freedom, draws, root) = (7.0, 4_000, cholesky(&covariances));
        let mut rng = ChaCha8Rng::seed_from_u64(1);
        let drawn: Vec<_> = (0..draws).map(|_| wishart(&root, freedom, &mut rng)).collect();
        for (row, column) in [(0, 0), (0, 1), (0, 2), (1, 1), (2, 1), (2, 2)] {
            let covariance = covariances[row][column];
            let mean = drawn.iter().map(|draw| draw[row][column]).sum::<f64>() / f64::from(draws);
            let variance =
                freedom * (covariance * covariance + covariances[row][row] * covariances[column][column]);
            let error = (variance / f64::from(draws)).sqrt();
            assert!((mean - freedom * covariance).abs() < 4.0 * error, "({row}, {column}): {mean}");
        }
    }
}
