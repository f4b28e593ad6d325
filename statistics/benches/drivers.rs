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
use puls_statistics::bootstrap::wishart;
use puls_statistics::dominance::dominance;
use puls_statistics::matrix::cholesky;
use rand_chacha::ChaCha8Rng;
use rand_core::SeedableRng;
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
    let per_cent = |count: u32, of: u32| format!("{:.1}", 100.0 * f64::from(count) / f64::from(of));
    let drivers = u32::try_from(drivers).unwrap();
    println!(
        "{drivers:>8} {n:>6} {:>22} {:>22} {:>12}   ({:.1} ms)",
        per_cent(first, runs),
        per_cent(held, runs * drivers),
        per_cent(held_together, runs),
        1e3 * took.as_secs_f64() / f64::from(runs),
    );
}

fn holds(range: Interval, truth: f64) -> bool {
    range.low <= truth && truth <= range.high
}
