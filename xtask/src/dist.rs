//! `cargo xtask dist`: everything that is deployed, in `dist/`.
//!
//! A step is skipped if nothing that it reads has changed since it last succeeded.

mod asset;
mod bundle;
mod compress;
mod esbuild;
mod imports;
mod native;
mod npm;
mod step;
mod wasm;
mod words;

use std::fs;
use std::process::Command;

use anyhow::Result;
use clap::{Args, ValueEnum};

pub(crate) use compress::Sizes;

use crate::toolchain::{self, Toolchain};
use crate::{shell, workspace};

/// The options of `dist`.
#[derive(Args)]
pub(crate) struct Options {
    /// Build only this part
    #[arg(long)]
    only: Option<Part>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Part {
    /// The files for browsers
    Web,
}

/// Builds the requested parts.
///
/// # Errors
///
/// If a tool is missing and can't be installed, or a step fails.
pub(crate) fn run(options: &Options) -> Result<()> {
    match options.only {
        Some(Part::Web) => web().map(drop),
        None => everything().map(drop),
    }
}

/// Runs cargo for this machine beside `build`, which compiles for browsers and leaves a core idle for much of its time.
///
/// # Errors
///
/// If cargo can't be started or fails, and as for [`run`].
pub(crate) fn beside(cargo: &mut Command, build: impl FnOnce() -> Result<Toolchain>) -> Result<Toolchain> {
    // A debug build of the collector looks for the files where their folder lay when it was compiled.
    fs::create_dir_all(workspace::web())?;
    shell::run_beside(cargo, build)
}

/// Builds the files for browsers.
///
/// # Errors
///
/// As for [`run`].
pub(crate) fn web() -> Result<Toolchain> {
    let toolchain = toolchain::for_build()?;
    let built = bundle::Modules {
        widget: wasm::build(&toolchain, &wasm::WIDGET)?,
        plain: wasm::build(&toolchain, &wasm::PLAIN_WIDGET)?,
        results: wasm::build(&toolchain, &wasm::RESULTS)?,
        sealed: wasm::build(&toolchain, &wasm::SEALED)?,
        hpke: wasm::build(&toolchain, &wasm::HPKE)?,
    };
    bundle::build(&toolchain, &built)?;
    npm::build(&toolchain)?;
    native::copy_surveys()?;
    Ok(toolchain)
}

/// Builds the files for browsers and the collector that serves them.
///
/// # Errors
///
/// As for [`run`].
pub(crate) fn everything() -> Result<Toolchain> {
    let toolchain = web()?;
    native::build_collector()?;
    Ok(toolchain)
}
