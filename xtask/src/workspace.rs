//! The paths of the workspace, and the cargo that builds its native programs.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

/// The folder of the workspace's root manifest.
pub(crate) fn root() -> &'static Path {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.parent().unwrap_or(package)
}

/// A path below the root.
pub(crate) fn path(below: &str) -> PathBuf {
    root().join(below)
}

/// The folder in which cargo builds: `CARGO_TARGET_DIR`, or else `target/`.
pub(crate) fn target() -> PathBuf {
    match env::var_os("CARGO_TARGET_DIR") {
        Some(chosen) => std::path::absolute(&chosen).unwrap_or_else(|_| chosen.into()),
        None => path("target"),
    }
}

/// The folder with everything that is deployed.
pub(crate) fn dist() -> PathBuf {
    path("dist")
}

/// The part of `dist/` that browsers fetch and that the collector carries.
pub(crate) fn web() -> PathBuf {
    dist().join("web")
}

/// The npm package, as it is published.
pub(crate) fn npm_package() -> PathBuf {
    dist().join("npm")
}

/// The collector's release binary in `dist/`.
pub(crate) fn collector() -> PathBuf {
    dist().join(format!("puls-collector{}", env::consts::EXE_SUFFIX))
}

/// The ordinary cargo, as a command to be run in the root.
///
/// It is the cargo that started xtask, even if another one builds the WebAssembly.
pub(crate) fn cargo() -> Command {
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo")));
    cargo.current_dir(root());
    cargo
}

/// The version of a dependency as `Cargo.lock` fixes it.
///
/// # Errors
///
/// If there is no lock file, or it doesn't name the dependency.
pub(crate) fn locked_version(dependency: &str) -> Result<String> {
    let lock = std::fs::read_to_string(path("Cargo.lock")).context("can't read Cargo.lock")?;
    let after = lock.split_once(&format!("name = \"{dependency}\"\nversion = \"")).map(|(_, after)| after);
    let version = after.and_then(|after| after.split_once('"')).map(|(version, _)| version.to_owned());
    version.with_context(|| format!("Cargo.lock names no {dependency}"))
}
