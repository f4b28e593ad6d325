//! The developer commands, one in each module: `cargo xtask demo`, `test`, `dist`, `size`, `bench`, `fuzz`, `schema`.
//!
//! Each command installs what the machine lacks, says what it installs and why, and does nothing twice.
#![allow(clippy::print_stdout, reason = "what a command prints is its interface")]

mod bench;
mod demo;
mod dist;
mod fuzz;
mod schema;
mod shell;
mod size;
mod test;
mod toolchain;
mod workspace;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Builds, shows, tests and measures Puls.
#[derive(Parser)]
#[command(name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve a demo page, a collector and its results page, with sample data
    Demo(demo::Options),
    /// Check and test everything, real browsers included
    Test(test::Options),
    /// Build all that is deployed into dist/
    Dist(dist::Options),
    /// Print the bytes of each artefact beside its budget, and fail above one
    Size,
    /// Measure speed in a browser
    Bench(bench::Options),
    /// Feed random inputs to the readers for some minutes; each failure is a mistake
    Fuzz(fuzz::Options),
    /// Write the JSON Schema of survey definitions to www/
    Schema,
}

fn main() -> ExitCode {
    let outcome = match Arguments::parse().command {
        Command::Demo(options) => demo::run(&options),
        Command::Test(options) => return test::run(&options),
        Command::Dist(options) => dist::run(&options),
        Command::Size => size::run(),
        Command::Bench(options) => bench::run(&options),
        Command::Fuzz(options) => fuzz::run(&options),
        Command::Schema => schema::run(),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Printed by hand: a returned error would also print a backtrace where RUST_BACKTRACE is set.
            eprintln!("\nerror: {error:#}");
            ExitCode::FAILURE
        }
    }
}
