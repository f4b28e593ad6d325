//! Which drivers an outcome goes together with most.
//!
//! In come the covariances of drivers and outcome, the number of people, and a generator of randomness; out go the share
//! of the outcome's variance that the drivers explain together (R²), and each driver's part of it, with ranges. They are
//! `None` if the outcome or every driver is the same for everybody, or if there are too few people.
//!
//! - **What it assumes**: the ranges assume normally distributed answers. They need the covariances alone, and not the
//!   answers.
//! - **What it doesn't say**: that a driver *causes* anything. A driver's share is never below 0, and chance alone makes
//!   it about 1 / (n − 1). So a range above 0 doesn't show that the driver matters; a range above those of other
//!   drivers does.

use crate::bootstrap::{self, DRAWS, chi_squared, normal, wishart};
use crate::interval::Interval;
use crate::matrix::{SMALLEST_PIVOT, cholesky};
use rand_core::Rng;

/// The most drivers whose 2¹¹ subsets are looked at.
pub const MOST_DRIVERS: usize = 11;

/// Shares that differ by no more than this are equal: rounding alone makes that difference.
const SAME: f64 = 1e-9;

/// What drivers explain of an outcome.
#[derive(Debug, Clone, PartialEq)]
pub struct Dominance {
    /// R², 0 to 1: the share of the outcome's variance that all drivers explain together.
    pub r_squared: Interval,
    /// The drivers, in the order of the variables.
    pub drivers: Vec<Driver>,
}

/// What one driver explains of an outcome.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Driver {
    /// Which of the variables it is.
    pub variable: usize,
    /// Its general dominance: its part of R², 0 to 1. The parts of all drivers add up to R².
    pub share: Interval,
    /// In which share of the draws it explained most, 0 to 1. Drivers that are equal there share the place.
    pub first: f64,
}

/// How R² of an outcome divides among the other variables, its drivers, over `n` people. `covariances` has a row for
/// each variable, and `outcome` is the outcome's row; the covariances may share any positive factor. `None` if the
/// outcome or every driver doesn't vary, for more than [`MOST_DRIVERS`] drivers, and if `n` isn't above the number of
/// drivers by more than 1.
///
/// A driver's general dominance is the mean of what it adds to R²: first over all sets of other drivers of the same
/// size, then over the sizes. That is the Shapley value of R². A driver that doesn't vary, or follows from a set of
/// others, adds nothing to that set; so drivers that are the same share what they explain.
///
/// The ranges of the drivers' shares are percentiles of [`DRAWS`] draws of the covariances ([`wishart`]). In draws R² is
/// too large, as it is in the people, and more so the fewer there are. So its range is made differently: each draw tells
/// which true R² leads to the one that was found. In simulations (`benches/drivers.rs`) ranges of shares hold the truth in
/// 94 to 96 of 100 cases from 50 people on, and in 87 with 25 people and 11 drivers; those of R² in 93 to 98.
///
/// # Source
/// Budescu, "Dominance analysis" (1993); Azen and Budescu, "The dominance analysis approach for comparing predictors in
/// multiple regression" (2003). It is the measure of Lindeman, Merenda and Gold (1980), "LMG" in Grömping, "Relative
/// importance for linear regression in R: the package relaimpo" (2006). For the range of R²: Lee, "Some results on the
/// sampling distribution of the multiple correlation coefficient" (1971): with θ² = ρ² / (1 − ρ²) and k drivers, R² / (1
/// − R²) is distributed as ((θ χₙ₋₁ + Z)² + χ²ₖ₋₁) / χ²ₙ₋ₖ₋₁; solving a draw for θ is the generalised pivot of
/// Weerahandi, "Generalized confidence intervals" (1993).
///
/// ```
/// # use rand_core::SeedableRng;
/// # let mut rng = rand_chacha::ChaCha8Rng::seed_from_u64(1);
/// use puls_statistics::dominance::dominance;
/// // The outcome, which comes last, is the sum of two drivers that are independent of each other.
/// let covariances = [vec![3.0, 0.0, 3.0], vec![0.0, 1.0, 1.0], vec![3.0, 1.0, 4.0]];
/// let found = dominance(&covariances, 2, 100.0, &mut rng).unwrap();
/// let shares: Vec<f64> = found.drivers.iter().map(|driver| driver.share.value).collect();
/// assert!((shares[0] - 0.75).abs() < 1e-12 && (shares[1] - 0.25).abs() < 1e-12);
/// ```
pub fn dominance<R: Rng>(covariances: &[Vec<f64>], outcome: usize, n: f64, rng: &mut R) -> Option<Dominance> {
    let ordered = with_last(covariances, outcome)?;
    let found = shares(&ordered)?;
    if n <= found.len() as f64 + 1.0 {
        return None;
    }
    let root = cholesky(&ordered);
    let draws: Vec<Vec<f64>> = (0..DRAWS).filter_map(|_| shares(&wishart(&root, n - 1.0, rng))).collect();
    let independent =
        root.iter().take(found.len()).filter(|row| row.last().is_some_and(|pivot| *pivot > 0.0));
    let (together, independent) = (found.iter().sum(), independent.count() as f64);
    let true_ones = (0..DRAWS).map(|_| true_r_squared(together, n, independent, rng)).collect();
    let r_squared = bootstrap::range(together, true_ones);
    Some(Dominance { r_squared, drivers: drivers(&found, outcome, &draws) })
}

/// The covariances with the variable `last` after all others; `None` if there is no such variable.
pub(crate) fn with_last(covariances: &[Vec<f64>], last: usize) -> Option<Vec<Vec<f64>>> {
    let moved = |row: &Vec<f64>| {
        let mut row = row.clone();
        (last < row.len()).then(|| row.remove(last)).map(|entry| [row, vec![entry]].concat())
    };
    let mut rows: Vec<Vec<f64>> = covariances.iter().map(moved).collect::<Option<_>>()?;
    let row = (last < rows.len()).then(|| rows.remove(last))?;
    rows.push(row);
    Some(rows)
}

/// Each driver with its share of R², and with what the draws of these shares say.
pub(crate) fn drivers(shares: &[f64], outcome: usize, draws: &[Vec<f64>]) -> Vec<Driver> {
    let driver = |(index, share): (usize, &f64)| Driver {
        variable: if index < outcome { index } else { index + 1 },
        share: bootstrap::range(*share, draws.iter().filter_map(|draw| draw.get(index).copied()).collect()),
        first: draws.iter().map(|draw| part_of_first(draw, index)).sum::<f64>() / draws.len().max(1) as f64,
    };
    shares.iter().enumerate().map(driver).collect()
}

/// 1 for the driver with the largest share, 0 for the others; drivers that are equal divide the 1.
fn part_of_first(shares: &[f64], index: usize) -> f64 {
    let largest = shares.iter().copied().fold(0.0, f64::max);
    let is_first = |share: &&f64| **share > 0.0 && **share >= largest - SAME;
    let part = 1.0 / shares.iter().filter(is_first).count() as f64;
    shares.get(index).filter(is_first).map_or(0.0, |_| part)
}

/// A draw of the true R² that leads to the one that was `found` with this number of linearly independent drivers.
fn true_r_squared<R: Rng>(found: f64, n: f64, drivers: f64, rng: &mut R) -> f64 {
    let left = found / (1.0 - found) * chi_squared(n - drivers - 1.0, rng) - chi_squared(drivers - 1.0, rng);
    let theta = (left.max(0.0).sqrt() - normal(rng)) / chi_squared(n - 1.0, rng).sqrt();
    1.0 - 1.0 / (1.0 + theta.max(0.0).powi(2))
}

/// The general dominance of all variables but the last, which is the outcome; `None` if the outcome or every driver
/// doesn't vary, and for more than [`MOST_DRIVERS`] drivers.
pub(crate) fn shares(covariances: &[Vec<f64>]) -> Option<Vec<f64>> {
    let variances = covariances.iter().enumerate().filter_map(|(index, row)| row.get(index).copied());
    let deviations: Vec<f64> = variances.map(|variance| variance.max(0.0).sqrt()).collect();
    let (outcome, drivers) = deviations.split_last()?;
    let is_one_varied = drivers.iter().any(|deviation| *deviation > 0.0);
    if *outcome <= 0.0 || !is_one_varied || drivers.len() > MOST_DRIVERS {
        return None;
    }
    let mut explained = Vec::with_capacity(1 << drivers.len());
    let size = deviations.len();
    let mut scratch = vec![0.0; size * size * size / 6];
    explain(&triangle(covariances, &deviations), size, &mut scratch, &mut explained);
    Some((0..drivers.len()).map(|driver| general(&explained, drivers.len(), driver)).collect())
}

/// The lower triangle of the correlations, row by row, with the outcome (the last variable) first. A variable that
/// doesn't vary has a 0 on the diagonal.
fn triangle(covariances: &[Vec<f64>], deviations: &[f64]) -> Vec<f64> {
    let scaled = |(row, deviation): (&Vec<f64>, &f64)| -> Vec<f64> {
        let correlation = |(covariance, other): (&f64, &f64)| {
            let scale = deviation * other;
            if scale > 0.0 { covariance / scale } else { 0.0 }
        };
        let mut row: Vec<f64> = row.iter().zip(deviations).map(correlation).collect();
        row.rotate_right(1);
        row
    };
    let mut rows: Vec<Vec<f64>> = covariances.iter().zip(deviations).map(scaled).collect();
    rows.rotate_right(1);
    rows.iter().enumerate().flat_map(|(index, row)| row.iter().take(index + 1).copied()).collect()
}

/// Appends R² of every set of drivers, in the order of binary numbers: the set of driver d, and of others before it,
/// has the bit d.
///
/// `left` is the lower triangle of what variance and covariance is left of `size` variables: the outcome, and the
/// drivers that are still to be left out or taken in. The last of these is first left out. Then it is taken in, which
/// leaves of the others what it doesn't explain. `scratch` has room for all triangles that are smaller, which have less
/// than `size`³ / 6 entries together.
fn explain(left: &[f64], size: usize, scratch: &mut [f64], explained: &mut Vec<f64>) {
    let (others, last) = left.split_at(size * (size - 1) / 2);
    let Some((variance, _)) = last.split_last() else { return };
    if size == 1 {
        explained.push((1.0 - variance).clamp(0.0, 1.0));
        return;
    }
    explain(others, size - 1, scratch, explained);
    if *variance <= SMALLEST_PIVOT {
        return explain(others, size - 1, scratch, explained);
    }
    let (reduced, scratch) = scratch.split_at_mut(others.len());
    let mut entries = others.iter().zip(reduced.iter_mut());
    for (index, one) in last.iter().enumerate() {
        let factor = one / variance;
        let row = last.iter().take(index + 1).zip(&mut entries);
        row.for_each(|(other, (entry, reduced))| *reduced = entry - factor * other);
    }
    explain(reduced, size - 1, scratch, explained);
}

/// What a driver adds to R² on average, by what every set of drivers explains. Of k drivers, a set of size s has the
/// weight s! (k − 1 − s)! / k!.
fn general(explained: &[f64], drivers: usize, driver: usize) -> f64 {
    let bit = 1 << driver;
    let weights: Vec<f64> = (0..drivers).map(|size| weight(size, drivers)).collect();
    let added = |(set, without): (usize, &f64)| {
        let weight = weights.get(set.count_ones() as usize)?;
        explained.get(set | bit).filter(|_| set & bit == 0).map(|with| weight * (with - without))
    };
    let total: f64 = explained.iter().enumerate().filter_map(added).sum();
    total.max(0.0)
}

/// The weight of a set of `size` drivers out of `drivers`.
fn weight(size: usize, drivers: usize) -> f64 {
    (1..=size).fold(1.0 / drivers as f64, |weight, taken| weight * taken as f64 / (drivers - taken) as f64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand_chacha::ChaCha8Rng;
    use rand_core::SeedableRng;

    fn found(covariances: &[Vec<f64>], n: f64) -> Option<Dominance> {
        dominance(covariances, covariances.len() - 1, n, &mut ChaCha8Rng::seed_from_u64(1))
    }

    #[test]
    fn drivers_that_are_the_same_share_what_they_explain() {
        let twins = [vec![1.0, 1.0, 0.6], vec![1.0, 1.0, 0.6], vec![0.6, 0.6, 1.0]];
        let found = found(&twins, 100.0).unwrap();
        assert!((found.r_squared.value - 0.36).abs() < 1e-9, "{found:?}");
        for driver in found.drivers {
            assert!((driver.share.value - 0.18).abs() < 1e-9, "{driver:?}");
            assert!((driver.first - 0.5).abs() < 1e-9, "{driver:?}");
        }
    }

    #[test]
    fn a_driver_that_does_not_vary_explains_nothing() {
        let covariances = [vec![0.0, 0.0, 0.0], vec![0.0, 4.0, 1.0], vec![0.0, 1.0, 1.0]];
        let found = found(&covariances, 100.0).unwrap();
        let nothing = Interval { value: 0.0, low: 0.0, high: 0.0 };
        assert_eq!(found.drivers[0], Driver { variable: 0, share: nothing, first: 0.0 });
        assert!((found.drivers[1].share.value - 0.25).abs() < 1e-12, "{found:?}");
        assert!((found.drivers[1].first - 1.0).abs() < 1e-12, "{found:?}");
    }

    #[test]
    fn the_outcome_may_stand_anywhere() {
        let covariances = [vec![1.0, 0.5, 0.0], vec![0.5, 1.0, 0.3], vec![0.0, 0.3, 1.0]];
        let found = dominance(&covariances, 1, 50.0, &mut ChaCha8Rng::seed_from_u64(1)).unwrap();
        let shares: Vec<(usize, f64)> =
            found.drivers.iter().map(|driver| (driver.variable, driver.share.value)).collect();
        assert_eq!([shares[0].0, shares[1].0], [0, 2]);
        assert!((shares[0].1 - 0.25).abs() < 1e-12 && (shares[1].1 - 0.09).abs() < 1e-12, "{shares:?}");
    }

    #[test]
    fn an_outcome_that_follows_from_its_drivers_is_explained_for_certain() {
        let covariances = [vec![1.0, 0.0, 1.0], vec![0.0, 1.0, 1.0], vec![1.0, 1.0, 2.0]];
        let found = found(&covariances, 10.0).unwrap();
        assert!(found.r_squared.low > 1.0 - 1e-6 && found.r_squared.high <= 1.0, "{found:?}");
    }

    /// The true shares are 40, 25, 15, 12 and 8 of 100 parts of R² = 0.5, and each of 1,000 surveys has 200 people.
    /// `benches/drivers.rs` does the same with more drivers and other numbers of people, and with the ranges.
    #[test]
    fn the_strongest_of_five_drivers_is_first_in_85_of_100_surveys() {
        let with_outcome = [0.2_f64, 0.125, 0.075, 0.06, 0.04].map(f64::sqrt);
        let mut covariances: Vec<Vec<f64>> =
            (0..5).map(|row| (0..5).map(|column| if row == column { 1.0 } else { 0.0 }).collect()).collect();
        covariances.iter_mut().zip(with_outcome).for_each(|(row, correlation)| row.push(correlation));
        covariances.push([&with_outcome[..], &[1.0]].concat());
        let (root, mut rng) = (cholesky(&covariances), ChaCha8Rng::seed_from_u64(1));
        let is_first = |_: &i32| {
            let shares = shares(&wishart(&root, 199.0, &mut rng)).unwrap();
            shares.iter().all(|share| *share <= shares[0])
        };
        let first = (0..1_000).filter(is_first).count();
        assert!(first >= 850, "{first}");
    }

    #[test]
    fn there_is_nothing_where_nothing_varies_and_of_too_few() {
        let of = |outcome: f64, driver: f64| vec![vec![driver, 0.0], vec![0.0, outcome]];
        assert_eq!(found(&of(0.0, 1.0), 100.0), None);
        assert_eq!(found(&of(1.0, 0.0), 100.0), None);
        assert_eq!(found(&of(1.0, 1.0), 2.0), None);
        assert!(found(&of(1.0, 1.0), 3.0).is_some());
        assert_eq!(found(&[vec![1.0]], 100.0), None, "no drivers");
        let mut rng = ChaCha8Rng::seed_from_u64(1);
        assert_eq!(dominance(&[], 0, 100.0, &mut rng), None);
        assert_eq!(dominance(&of(1.0, 1.0), 2, 100.0, &mut rng), None, "no such outcome");
    }
}
