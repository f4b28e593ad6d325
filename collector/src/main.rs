//! `puls-collector`: see `puls-collector --help`.

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};
use puls_collector::assets::Assets;
use puls_collector::clock::Clock;
use puls_collector::command::options::{mistyped_variables, without_empty_variables};
#[cfg(feature = "sealed")]
use puls_collector::command::tasks;
use puls_collector::command::{CommandError, import, sample, serve, void};
use std::io::IsTerminal;
use std::process::ExitCode;
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::prelude::*;

/// Takes anonymised survey releases, adds them up and shows the results.
#[derive(Parser)]
#[command(name = "puls-collector", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the widget, the surveys and their results, and take releases
    Serve(serve::Options),
    /// Fill in sample data, marked as such; a second time adds nothing
    Sample(sample::Options),
    /// Take a wave or a version of a survey out of the totals, and write that down
    Void(void::Options),
    /// Take in units, facts about units, or benchmarks, from a file
    Import(import::Options),
    /// Print what the aggregators of a sealed survey have to be set up with
    #[cfg(feature = "sealed")]
    Tasks(tasks::Options),
}

#[tokio::main]
async fn main() -> ExitCode {
    let matches = without_empty_variables(Arguments::command()).get_matches();
    let arguments = Arguments::from_arg_matches(&matches).unwrap_or_else(|error| error.exit());
    log_to_stderr();
    for (name, meant) in mistyped_variables(&Arguments::command()) {
        tracing::warn!("the environment variable {name} is unknown and has no effect; did you mean {meant}?");
    }
    match run(arguments.command).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("puls-collector: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(command: Command) -> Result<(), CommandError> {
    match command {
        Command::Serve(options) => serve::run(&options, Assets::built()).await,
        Command::Sample(options) => sample::run(&options, &Clock::System).await,
        Command::Void(options) => void::run(&options, &Clock::System).await,
        Command::Import(options) => import::run(&options).await,
        #[cfg(feature = "sealed")]
        Command::Tasks(options) => tasks::run(&options),
    }
}

/// Sends the log to standard error, since standard output is for the commands' answers. `RUST_LOG` takes levels by
/// target, as usual.
fn log_to_stderr() {
    let stated = std::env::var("RUST_LOG").unwrap_or_default();
    let read = stated.trim().parse::<Targets>();
    let is_usual = read.is_err() || stated.trim().is_empty();
    let levels = read.as_ref().ok().filter(|_| !is_usual).cloned();
    let levels = levels.unwrap_or_else(|| Targets::new().with_default(LevelFilter::INFO));
    let lines = tracing_subscriber::fmt::layer().with_writer(std::io::stderr).with_target(false);
    let lines = lines.with_ansi(std::io::stderr().is_terminal());
    tracing_subscriber::registry().with(lines).with(levels).init();
    if let Err(error) = read {
        tracing::warn!(
            "RUST_LOG is {stated:?}, which can't be read: {error}; logging at level info; use a level such as debug or \
             puls_collector=debug"
        );
    }
}
