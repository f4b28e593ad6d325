//! Command-line tools that cargo builds from source, once per user and version.

use std::env;
use std::env::consts::EXE_SUFFIX;
use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::{shell, workspace};

/// A tool that is needed.
pub(super) struct CargoTool<'a> {
    /// The package that brings it.
    pub(super) package: &'static str,
    /// Its exact version.
    pub(super) version: &'a str,
    /// The name of its program.
    pub(super) program: &'static str,
    /// What it does, to be written after 'which'.
    pub(super) purpose: &'static str,
}

/// Settings for a quick build: optimising these tools would take longer than it ever saves.
const QUICKLY: [(&str, &str); 4] = [
    ("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0"),
    ("CARGO_PROFILE_RELEASE_LTO", "off"),
    ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16"),
    ("CARGO_PROFILE_RELEASE_DEBUG", "false"),
];

/// The folder with the tool's program. It builds the tool if it isn't there.
///
/// # Errors
///
/// If there is no folder to keep tools in, or cargo can't build the tool.
pub(super) fn ensure(tool: &CargoTool<'_>) -> Result<PathBuf> {
    let CargoTool { package, version, program, purpose } = tool;
    let root = cache()?.join(format!("tools/{package}-{version}"));
    let binaries = root.join("bin");
    if binaries.join(format!("{program}{EXE_SUFFIX}")).is_file() {
        return Ok(binaries);
    }
    let place = root.display();
    let text = format!("Building {package} {version}, which {purpose}, into {place} (a few minutes, once)");
    shell::timed(&text, || {
        let mut cargo = workspace::cargo();
        cargo.args(["install", package, "--version", &format!("={version}"), "--root"]).arg(&root);
        // Without its own target directory, the build would leave files in the workspace's.
        shell::run(cargo.envs(QUICKLY).env_remove("CARGO_TARGET_DIR"))
    })?;
    Ok(binaries)
}

/// The folder that keeps tools for all checkouts: `PULS_CACHE`, or else the user's cache folder.
fn cache() -> Result<PathBuf> {
    let folder = |variable: &str| env::var_os(variable).filter(|path| !path.is_empty()).map(PathBuf::from);
    folder("PULS_CACHE")
        .or_else(|| folder("XDG_CACHE_HOME").map(|cache| cache.join("puls")))
        .or_else(|| folder("HOME").map(|home| home.join(".cache/puls")))
        .context("there is no folder to keep built tools in: set PULS_CACHE, XDG_CACHE_HOME or HOME")
}
