//! `cargo xtask fuzz`: checks millions of random inputs against what has to be true of each (`fuzz/laws/`).

mod progress;

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context, Result};
use clap::{Args, ValueEnum};

use crate::toolchain::fuzzer::{self, Fuzzer};
use crate::{shell, workspace};

/// The options of `fuzz`.
#[derive(Args)]
pub(crate) struct Options {
    /// What to fuzz; if left out, all targets, one after the other
    target: Option<Target>,
    /// How many minutes to fuzz each target
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u16).range(1..))]
    minutes: u16,
    /// Don't fuzz; add those found inputs to fuzz/corpus/ that reach code which no input in there reaches
    #[arg(long)]
    keep: bool,
}

/// The fuzz targets: what untrusted input is read as.
#[derive(Clone, Copy, ValueEnum)]
enum Target {
    /// Survey definitions
    Definition,
    /// Releases
    Release,
    /// Aggregators' lists of keys, and the messages that are written for aggregators
    Dap,
}

/// The longest time that an input may take; a slower one is a finding as well.
const SLOWEST_S: u32 = 20;

impl Target {
    const ALL: [Self; 3] = [Self::Definition, Self::Release, Self::Dap];

    fn name(self) -> &'static str {
        match self {
            Self::Definition => "definition",
            Self::Release => "release",
            Self::Dap => "dap",
        }
    }

    /// The folder of its corpus, and of other such inputs in the repository.
    fn seeds(self) -> &'static [&'static str] {
        match self {
            Self::Definition => &["fuzz/corpus/definition", "surveys", "fuzz/laws/surveys"],
            Self::Release => &["fuzz/corpus/release", "core/tests/wire"],
            Self::Dap => &["fuzz/corpus/dap"],
        }
    }

    /// The longest random input, in bytes. The shorter inputs are, the more can be tried.
    fn longest(self) -> usize {
        match self {
            Self::Definition => 8_192,
            Self::Release => 4_096,
            Self::Dap => 1_024,
        }
    }
}

/// Fuzzes, or keeps what has been found.
///
/// # Errors
///
/// If tools are missing and can't be installed, or if there is a finding.
pub(crate) fn run(options: &Options) -> Result<()> {
    let fuzzer = fuzzer::find()?;
    println!("With {}", fuzzer.description());
    // The fuzz targets use the same versions of dependencies as the deployed programs.
    fs::copy(workspace::path("Cargo.lock"), workspace::path("fuzz/Cargo.lock"))
        .context("can't copy Cargo.lock to fuzz/")?;
    let all = Target::ALL.to_vec();
    for target in options.target.map_or(all, |target| vec![target]) {
        let name = target.name();
        shell::timed(&format!("Building the target {name}"), || {
            shell::run(fuzzer.command().args(["build", name]))
        })?;
        if options.keep { keep(&fuzzer, target)? } else { fuzz(&fuzzer, target, options.minutes)? }
    }
    Ok(())
}

/// Fuzzes a target for this many minutes. Inputs that reach new code are kept in `fuzz/found/`.
fn fuzz(fuzzer: &Fuzzer, target: Target, minutes: u16) -> Result<()> {
    let name = target.name();
    let time = Duration::from_secs(u64::from(minutes) * 60);
    shell::heading(&format!("Fuzzing {name}: {minutes} min"));
    let mut command = fuzzer.command();
    command.args(["run", name]).arg(found(target)?).args(target.seeds()).arg("--").args([
        format!("-max_total_time={}", time.as_secs()),
        format!("-timeout={SLOWEST_S}"),
        format!("-max_len={}", target.longest()),
        format!("-dict=fuzz/{name}.dict"),
        "-print_final_stats=1".to_owned(),
    ]);
    let status = progress::follow(&mut command, name, time)?;
    shell::succeeded(&command, status).with_context(|| {
        format!("the fuzzer found a mistake, whose input is in fuzz/artifacts/{name}/: fix the cause, and keep the input in fuzz/corpus/{name}/")
    })
}

/// Adds to the corpus the inputs that reach code which nothing in it reaches. How often they reach it doesn't count, so
/// the corpus stays small.
fn keep(fuzzer: &Fuzzer, target: Target) -> Result<()> {
    let name = target.name();
    shell::heading(&format!("Keeping the new inputs of {name}"));
    let mut command = fuzzer.command();
    command.args(["run", name]).args(target.seeds()).arg(found(target)?);
    shell::run(command.args(["--", "-merge=1", "-use_counters=0"]))
}

/// The folder in which the fuzzer keeps inputs.
fn found(target: Target) -> Result<PathBuf> {
    let folder = workspace::path("fuzz/found").join(target.name());
    fs::create_dir_all(&folder).with_context(|| format!("can't make {}", folder.display()))?;
    Ok(folder)
}
