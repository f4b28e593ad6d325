//! `cargo xtask test`: runs all checks and tests, up to the first step that fails, and prints one line that counts
//! them.

mod tally;

use std::io::{BufRead, BufReader};
use std::process::{Command, ExitCode, Stdio};

use anyhow::{Context, Result};
use clap::Args;

use self::tally::Tally;
use crate::toolchain::browser::{self, Programs};
use crate::{dist, shell, size, workspace};

/// The options of `test`.
#[derive(Args)]
pub(crate) struct Options {
    /// Arguments for `cargo test`: part of the names of the tests to run, and its options
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    filter: Vec<String>,
}

/// Builds, checks, tests and measures, and ends with a line such as `120 passed, 0 failed`.
pub(crate) fn run(options: &Options) -> ExitCode {
    let mut tally = Tally::default();
    let outcome = steps(options, &mut tally);
    if let Err(error) = &outcome {
        println!("\nerror: {error:#}");
    }
    println!("\n{tally}");
    outcome.map_or(ExitCode::FAILURE, |()| ExitCode::SUCCESS)
}

fn steps(options: &Options, tally: &mut Tally) -> Result<()> {
    let browsers = tally.check("Looking for browsers", browser::all)?;
    let toolchain = tally.check("Building what is deployed, and the tests beside it", || {
        dist::beside(
            tests().arg("--no-run").args(&options.filter).env("CARGO_TERM_QUIET", "true"),
            dist::everything,
        )
    })?;
    tally.check("Format of the Rust", || shell::run(workspace::cargo().args(["fmt", "--all", "--check"])))?;
    tally.check("Lints of the Rust", || {
        shell::run(workspace::cargo().args([
            "clippy",
            "--workspace",
            "--all-targets",
            "--all-features",
            "--",
            "-D",
            "warnings",
        ]))
    })?;
    tally.check("Format and lints of the web sources", || {
        shell::run(toolchain.npm("biome").args(["ci", "--error-on-warnings"]))
    })?;
    tally.check("Types of the TypeScript", || shell::run(toolchain.npm("tsc").args(["--noEmit"])))?;
    shell::heading("Tests");
    counted(tests().arg("--no-fail-fast").args(&options.filter).envs(variables(browsers)), tally)?;
    tally.check("Sizes", size::check)
}

/// What builds all tests and runs them.
fn tests() -> Command {
    let mut cargo = workspace::cargo();
    cargo.args(["test", "--workspace", "--all-features"]);
    cargo
}

/// What tests and measurements in a browser have to know.
pub(crate) fn variables(browsers: Programs) -> Programs {
    let mut variables = browsers;
    variables.push(("PULS_DIST", workspace::dist()));
    variables.push(("PULS_NODE_MODULES", workspace::path("node_modules")));
    variables.push(("PULS_AXE", workspace::path("node_modules/axe-core/axe.min.js")));
    variables
}

/// Runs `cargo test`, shows its output as it comes and adds its summaries to the tally.
fn counted(cargo: &mut Command, tally: &mut Tally) -> Result<()> {
    let mut child = cargo.stdout(Stdio::piped()).spawn().context("can't start cargo test")?;
    let output = child.stdout.take().context("cargo test has no output")?;
    for line in BufReader::new(output).split(b'\n') {
        let line = line?;
        let line = String::from_utf8_lossy(&line);
        println!("{line}");
        tally.add_summary(&line);
    }
    let status = child.wait()?;
    if !status.success() {
        tally.at_least_one_failure();
    }
    shell::succeeded(cargo, status)
}
