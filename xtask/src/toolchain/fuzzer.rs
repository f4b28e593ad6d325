//! The tools of fuzzing: a nightly Rust, the only one that can check memory accesses while it fuzzes; cargo-fuzz; and a
//! C++ compiler, since the fuzzer itself is written in C++.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};

use super::apt::{self, Need};
use super::cargo_tool::{self, CargoTool};
use super::rust;
use crate::{shell, workspace};

const CARGO_FUZZ: CargoTool<'_> = CargoTool {
    package: "cargo-fuzz",
    version: "0.13.2",
    program: "cargo-fuzz",
    purpose: "builds and runs the fuzz targets",
};

const COMPILER: Need = Need {
    purpose: "compiling the fuzzer",
    packages: &["g++"],
    elsewhere: "(install a C++ compiler that is called c++)",
};

/// cargo-fuzz with its Rust.
pub(crate) struct Fuzzer {
    program: PathBuf,
    nightly: String,
    description: String,
}

/// Finds or installs the tools of fuzzing. It doesn't install a nightly Rust, but only finds one.
///
/// # Errors
///
/// If something is missing and can't be installed; the message says what to type.
pub(crate) fn find() -> Result<Fuzzer> {
    let (nightly, description) = rust::nightly().context(concat!(
        "fuzzing needs a nightly Rust of ",
        env!("CARGO_PKG_RUST_VERSION"),
        " or newer, built for this machine, for coverage and the address sanitizer. Please type:\n\n",
        "    rustup toolchain install nightly --profile minimal\n\nand then run the same command again."
    ))?;
    if shell::ask("c++", &["--version"]).is_none() {
        apt::install(&[COMPILER])?;
    }
    let program = cargo_tool::ensure(&CARGO_FUZZ)?.join(CARGO_FUZZ.program);
    Ok(Fuzzer { program, nightly, description })
}

impl Fuzzer {
    /// Describes the Rust, for people.
    pub(crate) fn description(&self) -> &str {
        &self.description
    }

    /// `cargo fuzz …`, to be run in the root.
    pub(crate) fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        rust::detach(&mut command);
        command.current_dir(workspace::root()).env("RUSTUP_TOOLCHAIN", OsString::from(&self.nightly));
        command
    }
}
