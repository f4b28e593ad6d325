//! Measures how often the strongest driver is found and how often ranges hold the truth, by the code that the collector runs, and
//! how long that takes.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    missing_docs,
    reason = "a measurement prints, and fails by panicking"
)]

use puls_statistics::Interval;
use puls_statistics::across::{self, Measured};
use puls_statistics::bootstrap::wishart;
use puls_statistics::dominance::dominance;
use puls_statistics::matrix::cholesky;
use rand_chacha::ChaCha8Rng;
use rand_core::{Rng, SeedableRng};
use rand_distr::{Distribution, StandardNormal};
use std::time::{Duration, Instant};

/// True shares, as parts of R² = 0.5.
const FIVE: [f64; 5] = [40.0, 25.0, 15.0, 12.0, 8.0];
const ELEVEN: [f64; 11] = [20.0, 15.0, 12.0, 10.0, 10.0, 8.0, 8.0, 7.0, 5.0, 4.0, 1.0];

fn main() {
    println!("R² = 0.5, drivers independent of one another: per cent of surveys in which\n");
    println!(
        "{:>8} {:>6} {:>22} {:>22} {:>12}",
        "drivers", "n", "the strongest is first", "shares' ranges hold", "R²'s holds"
    );
    for (shares, runs) in [(&FIVE[..], 1_000), (&ELEVEN[..], 200)] {
        for n in [25.0, 50.0, 200.0, 1_000.0] {
            people(shares, n, runs);
        }
    }
    println!(
        "\nAcross units, a correlation of 0.6; a quarter of the units has errors twelve times as large as half of them\n"
    );
    println!(
        "{:>12} {:>6} {:>10} {:>12} {:>12} {:>18}",
        "reliability", "units", "estimated", "range holds", "its width", "uncorrected holds"
    );
    for error in [0.0, 0.3, 1.0] {
        for units in [8, 20, 60, 200] {
            pairs(0.6, error, units);
        }
    }
    println!(
        "\nAcross units, five drivers that are independent of one another, R² = 0.5, reliability 0.77\n"
    );
    println!(
        "{:>6} {:>22} {:>22} {:>16}",
        "units", "the strongest is first", "shares' ranges hold", "R² on average"
    );
    for units in [25, 50, 100, 200] {
        shares_across(units);
    }
}

/// The correlations of independent drivers that explain these shares of an outcome, which comes last.
fn correlations(shares: &[f64]) -> Vec<Vec<f64>> {
    let drivers = shares.len();
    let total: f64 = shares.iter().sum();
    let with_outcome: Vec<f64> = shares.iter().map(|share| (0.5 * share / total).sqrt()).collect();
    let entry = |row: usize, column: usize| if row == column { 1.0 } else { 0.0 };
    let row = |row: usize| (0..drivers).map(|column| entry(row, column)).chain([with_outcome[row]]).collect();
    (0..drivers).map(row).chain([[&with_outcome[..], &[1.0]].concat()]).collect()
}

fn people(shares: &[f64], n: f64, runs: u32) {
    let (drivers, total) = (shares.len(), shares.iter().sum::<f64>());
    let (root, mut rng) = (cholesky(&correlations(shares)), ChaCha8Rng::seed_from_u64(1));
    let (mut first, mut held, mut held_together, mut took) = (0, 0, 0, Duration::ZERO);
    for _ in 0..runs {
        let covariances = wishart(&root, n - 1.0, &mut rng);
        let start = Instant::now();
        let found = dominance(&covariances, drivers, n, &mut rng).unwrap();
        took += start.elapsed();
        let strongest = found.drivers[0].share.value;
        first += u32::from(found.drivers.iter().all(|driver| driver.share.value <= strongest));
        let holds = |(driver, share): (Interval, &f64)| u32::from(holds(driver, 0.5 * share / total));
        held += found.drivers.iter().map(|driver| driver.share).zip(shares).map(holds).sum::<u32>();
        held_together += u32::from(self::holds(found.r_squared, 0.5));
    }
    let drivers = u32::try_from(drivers).unwrap();
    println!(
        "{drivers:>8} {n:>6} {:>22} {:>22} {:>12}   ({:.1} ms)",
        per_cent(first, runs),
        per_cent(held, runs * drivers),
        per_cent(held_together, runs),
        1e3 * took.as_secs_f64() / f64::from(runs),
    );
}

fn per_cent(count: u32, of: u32) -> String {
    format!("{:.1}", 100.0 * f64::from(count) / f64::from(of))
}

fn holds(range: Interval, truth: f64) -> bool {
    range.low <= truth && truth <= range.high
}

/// Units whose true figures have covariances with this root, each figure with an error of mean variance `error`.
fn units<R: Rng>(root: &[Vec<f64>], error: f64, units: usize, rng: &mut R) -> Vec<Vec<Measured>> {
    let mut normal = || -> f64 { StandardNormal.sample(rng) };
    let mut unit = |index: usize| -> Vec<Measured> {
        let variance = error * [0.25, 0.25, 0.5, 3.0][index % 4];
        let independent: Vec<f64> = root.iter().map(|_| normal()).collect();
        let mut figure = |weights: &Vec<f64>| {
            let true_one: f64 = weights.iter().zip(&independent).map(|(weight, one)| weight * one).sum();
            Measured { value: true_one + variance.sqrt() * normal(), variance }
        };
        root.iter().map(&mut figure).collect()
    };
    (0..units).map(&mut unit).collect()
}

fn pairs(truth: f64, error: f64, how_many: usize) {
    const RUNS: u32 = 1_000;
    let root = cholesky(&[vec![1.0, truth], vec![truth, 1.0]]);
    let mut rng = ChaCha8Rng::seed_from_u64(1);
    let (mut estimated, mut held, mut held_uncorrected, mut width) = (0, 0, 0, 0.0);
    for _ in 0..RUNS {
        let units = units(&root, error, how_many, &mut rng);
        let pairs: Vec<[Measured; 2]> = units.iter().map(|unit| [unit[0], unit[1]]).collect();
        let Some(found) = across::correlation(&pairs, &mut rng) else { continue };
        let exact = pairs.iter().map(|pair| pair.map(|figure| Measured { variance: 0.0, ..figure }));
        let uncorrected = across::correlation(&exact.collect::<Vec<_>>(), &mut rng).unwrap();
        estimated += 1;
        held += u32::from(holds(found, truth));
        held_uncorrected += u32::from(holds(uncorrected, truth));
        width += found.high - found.low;
    }
    println!(
        "{:>12.2} {how_many:>6} {:>10} {:>12} {:>12.2} {:>18}",
        1.0 / (1.0 + error),
        per_cent(estimated, RUNS),
        per_cent(held, estimated),
        width / f64::from(estimated),
        per_cent(held_uncorrected, estimated),
    );
}

fn shares_across(how_many: usize) {
    const RUNS: u32 = 200;
    let (root, mut rng) = (cholesky(&correlations(&FIVE)), ChaCha8Rng::seed_from_u64(1));
    let (mut first, mut held, mut sum) = (0, 0, 0.0);
    for _ in 0..RUNS {
        let found = across::dominance(&units(&root, 0.3, how_many, &mut rng), 5, &mut rng).unwrap();
        let strongest = found[0].share.value;
        first += u32::from(found.iter().all(|driver| driver.share.value <= strongest));
        let holds_truth = |(driver, share): (Interval, &f64)| u32::from(holds(driver, share / 200.0));
        held += found.iter().map(|driver| driver.share).zip(&FIVE).map(holds_truth).sum::<u32>();
        sum += found.iter().map(|driver| driver.share.value).sum::<f64>();
    }
    println!(
        "{how_many:>6} {:>22} {:>22} {:>16.2}",
        per_cent(first, RUNS),
        per_cent(held, 5 * RUNS),
        sum / f64::from(RUNS),
    );
}
