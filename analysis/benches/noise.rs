//! Measures how noisy randomised scores are, simulated and by the formula. It runs the code that the widget and the
//! collector run.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    missing_docs,
    reason = "a measurement prints, and fails by panicking"
)]

#[path = "../tests/analysis/support/noise.rs"]
mod simulated;

use simulated::{noise, noise_by_formula, noise_of_mean};

const SIZES: [(u64, u64); 3] = [(100, 20_000), (1_000, 5_000), (10_000, 2_000)];

fn main() {
    println!("Noise of a net promoter score, in points, as a root mean square: simulated (by the formula)\n");
    println!("{:>10} {:>18} {:>18} {:>18}", "", "n = 100", "n = 1,000", "n = 10,000");
    for epsilon in [1.0, 2.0, 3.0, 4.0] {
        let cell =
            |(n, runs)| format!("{:.2} ({:.2})", noise(n, epsilon, runs), noise_by_formula(n, epsilon));
        let [a, b, c] = SIZES.map(cell);
        println!("{:>10} {a:>18} {b:>18} {c:>18}", format!("ε = {epsilon}"));
    }
    println!("\nNoise of the mean of a long scale, 0 to 100, n = 1,000: square wave (randomised response)\n");
    println!("{:>10} {:>18} {:>18} {:>18}", "", "10 points", "21 points", "41 points");
    for epsilon in [0.5, 1.0, 2.0] {
        let cell = |points| {
            let [wave, response] = noise_of_mean(points, epsilon, 1_000, 2_000);
            format!("{wave:.1} ({response:.1})")
        };
        let [a, b, c] = [10, 21, 41].map(cell);
        println!("{:>10} {a:>18} {b:>18} {c:>18}", format!("ε = {epsilon}"));
    }
}
