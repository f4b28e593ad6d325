//! Kills the collector a hundred times while people post releases, and prints what came of it: `cargo bench -p
//! puls-collector --bench killed`. `tests/collector/killed.rs` has the procedure and what has to hold.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    dead_code,
    reason = "a measurement that meets the unexpected fails, and takes only part of what the tests have"
)]

#[path = "../tests/collector/killed.rs"]
mod killed;
#[path = "../tests/collector/program.rs"]
mod program;
#[path = "../tests/collector/support.rs"]
mod support;

use std::process::ExitCode;
use std::time::Duration;

const KILLS: usize = 100;

/// The time within which the collector has to take releases again, as a median: machines are noisy.
const BACK_WITHIN: Duration = Duration::from_secs(1);

#[tokio::main]
async fn main() -> ExitCode {
    let mut outcome = killed::kill(KILLS).await;
    outcome.check();
    outcome.back.sort();
    let [quickest, median, slowest] = [0, KILLS / 2, KILLS - 1].map(|rank| outcome.back[rank]);
    println!("kills:                           {KILLS}");
    println!("releases posted:                 {}", outcome.posted);
    println!("accepted:                        {}", outcome.accepted.len());
    println!("accepted and lost:               {}", outcome.accepted.difference(&outcome.kept).count());
    println!("counted:                         {}", outcome.counted);
    println!(
        "counted twice:                   {}",
        usize::try_from(outcome.counted).unwrap() - outcome.kept.len()
    );
    println!("from start to the first release: {median:.0?} ({quickest:.0?} to {slowest:.0?})");
    if median > BACK_WITHIN { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}
