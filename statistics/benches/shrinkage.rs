//! Counts how often shrunken ranges hold the truth, and how often those are among the lowest quarter who are said to be.
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
#[path = "../tests/statistics/shrinkage/simulated.rs"]
mod simulated;

use simulated::{Drawn, Tenth, Units};

/// How many units are drawn for each cell of the tables.
const UNITS: u32 = 40_000;

const SPREADS: [f64; 4] = [0.0, 5.0, 10.0, 20.0];

fn main() {
    for (name, drawn) in [("normal figures", Drawn::Normal), ("net promoter scores", Drawn::Scores)] {
        println!(
            "{name} of 6 to 300 people: ranges that hold the truth (units' own); error over that of units' own\n"
        );
        let [a, b, c, d] = SPREADS.map(|between| format!("τ = {between}"));
        println!("{:>10} {a:>24} {b:>24} {c:>24} {d:>24}", "units");
        for count in [2, 4, 8, 20, 100] {
            let cell = |between| {
                let found = Units { count, between, drawn }.simulate(UNITS / count);
                let [covered, alone] = [found.covered, found.covered_alone].map(|part| 100.0 * part);
                format!("{covered:.1} % ({alone:.1} %); {:.2}", found.error)
            };
            let [a, b, c, d] = SPREADS.map(cell);
            println!("{count:>10} {a:>24} {b:>24} {c:>24} {d:>24}");
        }
        println!();
    }
    println!(
        "Units that are said to be among the lowest quarter: how many of them are (how many there are)\n"
    );
    for between in [5.0, 10.0, 20.0] {
        for count in [4, 8, 20] {
            let found = Units { count, between, drawn: Drawn::Scores }.simulate(UNITS / count);
            let cells: Vec<String> =
                found.lowest.iter().filter(|tenth| tenth.units >= 100.0).map(cell).collect();
            println!("{:>20} {}", format!("τ = {between}, {count} units"), cells.join(", "));
        }
    }
}

fn cell(Tenth { units, said, lowest }: &Tenth) -> String {
    format!("{:.0} %: {:.0} % ({units})", 100.0 * said / units, 100.0 * lowest / units)
}
