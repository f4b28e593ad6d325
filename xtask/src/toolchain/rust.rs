//! Finds or fetches a Rust that compiles to WebAssembly. It prefers those with the smallest result: first Debian's
//! packages if they are installed, then a nightly of rustup with the standard library's source, then the stable target
//! of rustup. The latter two are fetched if they are missing. If that fails, apt installs Debian's packages.
//!
//! With its source, the standard library is built for size as well, and without unwinding. The stable target has a
//! prebuilt library, which makes the widget ten kilobytes larger.

mod debian;
mod rustup;

use std::env;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};

use super::apt::{NEWEST_LLD, Need};

/// The settings with which cargo builds the standard library itself.
///
/// They are environment variables, since a stable cargo, which builds the native programs, can't read a manifest with
/// them.
const SMALLEST: [(&str, &str); 5] = [
    ("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort"),
    ("CARGO_UNSTABLE_BUILD_STD_FEATURES", "optimize_for_size"),
    ("CARGO_UNSTABLE_PANIC_IMMEDIATE_ABORT", "true"),
    ("CARGO_PROFILE_BROWSER_PANIC", "immediate-abort"),
    // Browsers never get to see what `{:?}` prints, so it needn't be compiled.
    ("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", "-Zfmt-debug=none"),
];

/// The variables that the running cargo and rustup set, which would mislead another toolchain.
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
    /// Its version and its source, for people.
    pub(super) description: String,
    /// Whether it brings the standard library's source.
    builds_std: bool,
    /// A folder that has to come first on the path, for its `cargo` and `rustc`.
    first_on_path: Option<&'static str>,
    variables: Vec<(&'static str, String)>,
}

impl WasmRust {
    /// Makes a command and its children use this Rust and find `tools`.
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
        // Only folders with a colon in their names can't be joined, and those in `usual` have none.
        env::join_paths(folders).unwrap_or(usual.clone())
    }
}

/// Removes the variables of the Rust that runs xtask from a command.
pub(super) fn detach(command: &mut Command) {
    for variable in OF_THE_PARENT {
        command.env_remove(variable);
    }
}

/// An installed nightly of rustup, new enough for the workspace: its name, and its version for people.
pub(super) fn nightly() -> Option<(String, String)> {
    rustup::nightly()
}

/// Whether the workspace's `rust-version` admits a release such as `1.96.0`.
fn is_new_enough(release: &str) -> bool {
    let numbers =
        |version: &str| version.split('.').map_while(|part| part.parse().ok()).collect::<Vec<u32>>();
    numbers(release) >= numbers(env!("CARGO_PKG_RUST_VERSION"))
}

/// A Rust for WebAssembly that is installed, or that rustup can fetch.
pub(super) fn find_or_fetch() -> Option<WasmRust> {
    debian::find()
        .or_else(rustup::find_with_source)
        .or_else(rustup::fetch_with_source)
        .or_else(rustup::find_target)
        .or_else(rustup::fetch_target)
}

/// The packages to install if there is none.
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
/// If it is incomplete, or older than the workspace requires.
pub(super) fn after_installing() -> Result<WasmRust> {
    debian::find().context(concat!(
        "Debian's rustc-web is incomplete or older than ",
        env!("CARGO_PKG_RUST_VERSION"),
        "; please install rustup (https://rustup.rs/) and the target wasm32-unknown-unknown"
    ))
}
