//! `cargo xtask bench NAME`: runs a measurement, of the collector or in a real browser.

use anyhow::Result;
use clap::Args;

use crate::toolchain::browser;
use crate::{dist, shell, test, workspace};

/// The measurements of the collector, which are benches of its package.
const OF_THE_COLLECTOR: [&str; 2] = ["killed", "results"];

/// The options of `bench`.
#[derive(Args)]
pub(crate) struct Options {
    /// The measurement: `killed` or `results`, or a bench of the package puls-tests, such as `widget`
    name: String,
    /// Arguments for the measurement itself
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    arguments: Vec<String>,
}

/// Builds what is measured, and runs one measurement on it.
///
/// # Errors
///
/// If a build or the measurement fails.
pub(crate) fn run(options: &Options) -> Result<()> {
    let mut cargo = workspace::cargo();
    cargo.arg("bench");
    if OF_THE_COLLECTOR.contains(&options.name.as_str()) {
        cargo.args(["--package", "puls-collector"]);
    } else {
        let chromium = browser::chromium()?;
        dist::everything()?;
        // The measured code runs in the browser, so the bench itself needn't be optimised.
        cargo.args(["--profile", "dev", "--package", "puls-tests"]).envs(test::variables(chromium));
    }
    shell::heading(&format!("Measuring: {}", options.name));
    cargo.args(["--bench", &options.name, "--"]).args(&options.arguments);
    shell::run(&mut cargo)
}
