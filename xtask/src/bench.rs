//! `cargo xtask bench NAME`: measurements in a real browser.

use anyhow::Result;
use clap::Args;

use crate::toolchain::browser;
use crate::{dist, shell, test, workspace};

/// What `bench` takes.
#[derive(Args)]
pub(crate) struct Options {
    /// Which measurement: a bench of the package puls-tests, such as `widget`
    name: String,
    /// What the measurement itself takes
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    arguments: Vec<String>,
}

/// Builds what is deployed and runs one measurement on it.
///
/// # Errors
///
/// When a build or the measurement fails.
pub(crate) fn run(options: &Options) -> Result<()> {
    let chromium = browser::chromium()?;
    dist::everything()?;
    shell::heading(&format!("Measuring: {}", options.name));
    let mut cargo = workspace::cargo();
    // What is measured runs in the browser, so the bench itself needn't be optimised.
    cargo.args(["bench", "--profile", "dev", "--package", "puls-tests", "--bench", &options.name, "--"]);
    cargo.args(&options.arguments);
    shell::run(cargo.envs(test::variables(chromium)))
}
