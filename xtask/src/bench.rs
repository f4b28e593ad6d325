//! `cargo xtask bench NAME`: runs a measurement in a real browser.

use anyhow::Result;
use clap::Args;

use crate::toolchain::browser;
use crate::{dist, shell, test, workspace};

/// The options of `bench`.
#[derive(Args)]
pub(crate) struct Options {
    /// The measurement: a bench of the package puls-tests, such as `widget`
    name: String,
    /// Arguments for the measurement itself
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    arguments: Vec<String>,
}

/// Builds everything that is deployed and runs one measurement on it.
///
/// # Errors
///
/// If a build or the measurement fails.
pub(crate) fn run(options: &Options) -> Result<()> {
    let chromium = browser::chromium()?;
    dist::everything()?;
    shell::heading(&format!("Measuring: {}", options.name));
    let mut cargo = workspace::cargo();
    // The measured code runs in the browser, so the bench itself needn't be optimised.
    cargo.args(["bench", "--profile", "dev", "--package", "puls-tests", "--bench", &options.name, "--"]);
    cargo.args(&options.arguments);
    shell::run(cargo.envs(test::variables(chromium)))
}
