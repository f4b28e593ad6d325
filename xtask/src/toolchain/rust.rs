//! A Rust that compiles to WebAssembly, the smallest result first: Debian's packages where they are installed, a
//! nightly of rustup with the standard library's source, installed or to be fetched, the stable target of rustup,
//! installed or to be fetched; what apt can install comes last.
//!
//! With the library's source the standard library is built as small as the rest, and panics abort on the spot;
//! the stable target brings a prebuilt library, and ten kilobytes more to whoever loads the widget.

mod debian;
mod rustup;

use std::env;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};

use super::apt::{NEWEST_LLD, Need};

/// What cargo is told where it builds the standard library itself.
///
/// By variables, since a manifest that says this can't be read by a stable cargo, which builds the native parts.
const SMALLEST: [(&str, &str); 5] = [
    ("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort"),
    ("CARGO_UNSTABLE_BUILD_STD_FEATURES", "optimize_for_size"),
    ("CARGO_UNSTABLE_PANIC_IMMEDIATE_ABORT", "true"),
    ("CARGO_PROFILE_BROWSER_PANIC", "immediate-abort"),
    // Nothing that browsers run prints `{:?}`: what would be printed never reaches them.
    ("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", "-Zfmt-debug=none"),
];

/// What the running cargo and rustup tell their children, which would mislead another toolchain.
const OF_THE_PARENT: [&str; 7] = [
    "CARGO",
    "RUSTC",
    "RUSTDOC",
    "RUSTFLAGS",
    "CARGO_ENCODED_RUSTFLAGS",
    "RUSTUP_TOOLCHAIN",
    "LD_LIBRARY_PATH",
];

/// A Rust for WebAssembly.
pub(super) struct WasmRust {
    /// Its version and where it comes from.
    pub(super) description: String,
    /// Whether it brings the standard library's source.
    builds_std: bool,
    /// A folder whose `cargo` and `rustc` have to be found first.
    first_on_path: Option<&'static str>,
    variables: Vec<(&'static str, String)>,
}

impl WasmRust {
    /// Makes a command, and what it calls, use this Rust and find `tools`.
    pub(super) fn prepare(&self, command: &mut Command, tools: &[PathBuf]) {
        detach(command);
        if self.builds_std {
            command.envs(SMALLEST);
        }
        command.envs(self.variables.iter().map(|(name, value)| (name, value)));
        command.env("PATH", self.path(tools));
    }

    fn path(&self, tools: &[PathBuf]) -> std::ffi::OsString {
        let usual = env::var_os("PATH").unwrap_or_default();
        let first = self.first_on_path.map(PathBuf::from);
        let folders = tools.iter().cloned().chain(first).chain(env::split_paths(&usual));
        // Only a folder with a colon in its name can't be joined, and those in `usual` have none.
        env::join_paths(folders).unwrap_or(usual.clone())
    }
}

/// Makes a command forget which Rust runs xtask.
pub(super) fn detach(command: &mut Command) {
    for variable in OF_THE_PARENT {
        command.env_remove(variable);
    }
}

/// An installed nightly of rustup, new enough for the workspace: its name, and its version for people.
pub(super) fn nightly() -> Option<(String, String)> {
    rustup::nightly()
}

/// Whether a release such as `1.96.0` is one that the workspace's `rust-version` admits.
fn is_new_enough(release: &str) -> bool {
    let numbers =
        |version: &str| version.split('.').map_while(|part| part.parse().ok()).collect::<Vec<u32>>();
    numbers(release) >= numbers(env!("CARGO_PKG_RUST_VERSION"))
}

/// A Rust that is installed, or that rustup can fetch.
pub(super) fn find_or_fetch() -> Option<WasmRust> {
    debian::find()
        .or_else(rustup::find_with_source)
        .or_else(rustup::fetch_with_source)
        .or_else(rustup::find_target)
        .or_else(rustup::fetch_target)
}

/// What to install where there is none.
pub(super) fn need() -> Need {
    Need {
        purpose: "compiling to WebAssembly",
        packages: &["rustc-web", "cargo-web", "rust-web-src", NEWEST_LLD],
        elsewhere: "rustup toolchain install nightly --profile minimal --component rust-src",
    }
}

/// The Rust that has just been installed from Debian's packages.
///
/// # Errors
///
/// When it is older than the workspace asks for, or incomplete.
pub(super) fn after_installing() -> Result<WasmRust> {
    debian::find().context(concat!(
        "Debian's rustc-web isn't complete or is older than ",
        env!("CARGO_PKG_RUST_VERSION"),
        "; please install rustup (https://rustup.rs/) and the target wasm32-unknown-unknown"
    ))
}
