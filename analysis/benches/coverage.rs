//! Measures how often ranges hold the truth, beside how often they should: `docs/statistics.md` has the tables. It runs
//! the code that the widget and the collector run.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    missing_docs,
    reason = "a measurement prints, and fails by panicking"
)]

#[path = "../tests/analysis/support/coverage.rs"]
mod coverage;
#[allow(dead_code, reason = "only the mechanisms are used here")]
#[path = "../tests/analysis/support/noise.rs"]
mod noise;

use coverage::{Figure, Spread, Way, coverage as holds};

const RUNS: u64 = 10_000;

fn main() {
    println!(
        "In how many of 100 surveys the range holds the truth: the fewest and the most of five spreads of answers,"
    );
    println!("{RUNS} surveys each.");
    table("Exact counts", Way::Exact, &Figure::ALL, &[10, 30, 100, 300, 1000]);
    table("The sum alone", Way::SumAlone, &Figure::SCORES, &[3, 10, 30, 100, 300, 1000]);
    for epsilon in [2.0, 4.0, 8.0] {
        let sizes = [30, 100, 300, 1000];
        table(&format!("Randomised, ε = {epsilon}"), Way::Randomised(epsilon), &Figure::ALL, &sizes);
    }
}

/// Prints a row for each figure, and below them what misses the goal by too little.
fn table(title: &str, way: Way, figures: &[Figure], sizes: &[u64]) {
    let row = |first: &str, cells: Vec<String>| println!("| {first} | {} |", cells.join(" | "));
    let each = |cell: &dyn Fn(u64) -> String| sizes.iter().map(|n| cell(*n)).collect();
    println!();
    row(title, each(&|n| format!("n = {n}")));
    row("---", each(&|_| "---:".to_owned()));
    row("goal", each(&|n| format!("{} to {}", way.goal(n).start(), way.goal(n).end())));
    let mut missed = Vec::new();
    for figure in figures {
        let mut cells = Vec::new();
        for n in sizes {
            let found = Spread::ALL.map(|spread| (spread, holds(*figure, spread, way, *n, RUNS)));
            let below = found.iter().filter(|(_, share)| share < way.goal(*n).start());
            missed.extend(
                below.map(|(spread, share)| format!("{}, {spread:?}, n = {n}: {share:.1}", figure.name())),
            );
            let shares = found.map(|(_, share)| share);
            let [fewest, most] =
                [shares.into_iter().fold(100.0, f64::min), shares.into_iter().fold(0.0, f64::max)];
            cells.push(format!("{fewest:.1} to {most:.1}"));
        }
        row(figure.name(), cells);
    }
    missed.iter().for_each(|missed| println!("\nbelow the goal: {missed}"));
}
