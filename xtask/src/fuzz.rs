//! `cargo xtask fuzz`: inputs made up by the million, held against what has to be true of every one (`fuzz/laws/`).

mod progress;

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context, Result};
use clap::{Args, ValueEnum};

use crate::toolchain::fuzzer::{self, Fuzzer};
use crate::{shell, workspace};

/// What `fuzz` takes.
#[derive(Args)]
pub(crate) struct Options {
    /// What to read; all of them, one after the other, when left out
    target: Option<Target>,
    /// For how long, each
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u16).range(1..))]
    minutes: u16,
    /// Add to fuzz/corpus/ what leads to code that nothing in there leads to, and fuzz no further
    #[arg(long)]
    keep: bool,
}

/// What untrusted input is read as.
#[derive(Clone, Copy, ValueEnum)]
enum Target {
    /// Survey definitions
    Definition,
    /// Releases
    Release,
    /// Aggregators' lists of keys; and what is written for them
    Dap,
}

/// An input that takes longer is a finding as well.
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

    /// Where its corpus is, and what else there is of its kind in the repository.
    fn seeds(self) -> &'static [&'static str] {
        match self {
            Self::Definition => &["fuzz/corpus/definition", "surveys", "fuzz/laws/surveys"],
            Self::Release => &["fuzz/corpus/release", "core/tests/wire"],
            Self::Dap => &["fuzz/corpus/dap"],
        }
    }

    /// The longest input that is made up, in bytes: the shorter, the more of them.
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
/// When tools are missing and can't be installed, or when there is a finding.
pub(crate) fn run(options: &Options) -> Result<()> {
    let fuzzer = fuzzer::find()?;
    println!("With {}", fuzzer.description());
    // What is fuzzed is what is deployed, down to the versions of dependencies.
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

/// Makes inputs up for so many minutes. Those that lead to code that none before has led to go to `fuzz/found/`.
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
        format!("a finding: its input lies in fuzz/artifacts/{name}/; mend the cause, and keep it in fuzz/corpus/{name}/")
    })
}

/// Adds to the corpus what leads to code that nothing in it leads to. How often it does makes no difference, so that
/// the corpus stays small.
fn keep(fuzzer: &Fuzzer, target: Target) -> Result<()> {
    let name = target.name();
    shell::heading(&format!("Keeping what was found of {name}"));
    let mut command = fuzzer.command();
    command.args(["run", name]).args(target.seeds()).arg(found(target)?);
    shell::run(command.args(["--", "-merge=1", "-use_counters=0"]))
}

/// Where the fuzzer puts what it wants to remember.
fn found(target: Target) -> Result<PathBuf> {
    let folder = workspace::path("fuzz/found").join(target.name());
    fs::create_dir_all(&folder).with_context(|| format!("can't make {}", folder.display()))?;
    Ok(folder)
}
