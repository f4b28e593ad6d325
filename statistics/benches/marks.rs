//! Counts false marks in flat series, and how often and how soon a dip of ten points is marked.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    missing_docs,
    reason = "a measurement prints, and fails by panicking"
)]

#[path = "../tests/statistics/draws.rs"]
mod draws;
#[path = "../tests/statistics/trend/simulated.rs"]
mod simulated;

use simulated::{Dip, Flat, dips, false_marks};

const RUNS: u32 = 10_000;

fn main() {
    println!("False marks in 20 years of {RUNS} flat series (those that are left at the end); 1 is stated\n");
    println!("{:>24} {:>16} {:>16} {:>16}", "", "8 waves", "24 waves", "104 waves");
    for (name, flat) in [("normal", Flat::Normal), ("score of −5", Flat::Even), ("score of 66", Flat::Skewed)]
    {
        for (period, per_year) in [("weeks", 52), ("months", 12), ("quarters", 4)] {
            let cell = |waves| {
                let found = false_marks(flat, waves, per_year, RUNS);
                format!("{:.2} ({:.2})", found.brought, found.left)
            };
            let [a, b, c] = [8, 24, 104].map(cell);
            println!("{:>24} {a:>16} {b:>16} {c:>16}", format!("{name}, {period}"));
        }
    }
    println!("\nSeries in which a fall from 20 to 10 points is marked, after a year of waves at 20\n");
    for (period, waves_per_year, after) in
        [("weeks", 52, [1, 4, 13, 26]), ("months", 12, [1, 3, 6, 12]), ("quarters", 4, [1, 2, 3, 4])]
    {
        for n in [100, 1000] {
            let dip = Dip { waves_per_year, before: waves_per_year as usize, lasts: after[3], n };
            let found = dips(dip, &after, 2_000);
            let within = after.iter().zip(&found.within);
            let parts: Vec<String> =
                within.map(|(waves, part)| format!("{:.0} % by {waves}", 100.0 * part)).collect();
            println!(
                "{:>24} {}; with the recovery {:.0} %; said to be {:.1} at first, range holds 10 in {:.0} %",
                format!("{period}, n = {n}"),
                parts.join(", "),
                100.0 * found.and_recovery,
                -found.size,
                100.0 * found.covered,
            );
        }
    }
}
