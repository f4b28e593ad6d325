//! The noise of randomised scores is that of the formula.
//! `cargo bench -p puls-analysis --bench noise` prints the whole table.

use crate::support::noise::{noise, noise_by_formula};

#[test]
fn the_noise_is_that_of_the_formula() {
    for (n, runs) in [(100, 2_000), (1_000, 500)] {
        for epsilon in [1.0, 2.0, 3.0, 4.0] {
            let (found, expected) = (noise(n, epsilon, runs), noise_by_formula(n, epsilon));
            // The standard error of a root mean square is its size over √(2 runs).
            let slack = 4.0 / (2.0 * runs as f64).sqrt();
            assert!(
                (found / expected - 1.0).abs() < slack,
                "n = {n}, ε = {epsilon}: {found}, not {expected}"
            );
        }
    }
}
