//! How many releases of a wave can be matched to the same browser's of the wave before, by reports alone, with 80 % of
//! answers unchanged. It runs the code that the widget runs, against the likeliest guess.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    reason = "a measurement prints, and fails by panicking"
)]

#[path = "../tests/core/support/mod.rs"]
mod support;

use support::matching::{lines, matched};

fn main() {
    println!("Releases matched to the same browser's of the wave before, ε = 2\n");
    println!("{:>44} {:>8} {:>14} {:>14} {:>10}", "", "chance", "lifetime ε 8", "lifetime ε 16", "one stage");
    for (name, twelve, n, runs) in [
        ("twelve lines of five points, n = 1,000", true, 1_000, 20),
        ("twelve lines of five points, n = 30", true, 30, 2_000),
        ("support-chat, n = 1,000", false, 1_000, 20),
        ("support-chat, n = 200", false, 200, 200),
        ("support-chat, n = 30", false, 30, 2_000),
    ] {
        let cell = |lifetime: f64| {
            let definition = lines(twelve, lifetime);
            let sum: f64 = (0..runs).map(|seed| matched(&definition, lifetime, n, seed)).sum();
            format!("{:.1} %", 100.0 * sum / runs as f64)
        };
        let [usual, long, single] = [8.0, 16.0, 2.0].map(cell);
        println!("{name:>44} {:>6.1} % {usual:>14} {long:>14} {single:>10}", 100.0 / n as f64);
    }
}
