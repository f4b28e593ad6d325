//! Command-line tools that cargo builds from source, once per user and version.

use std::env;
use std::env::consts::EXE_SUFFIX;
use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::{shell, workspace};

/// A tool that is wanted.
pub(super) struct CargoTool<'a> {
    /// The package that brings it.
    pub(super) package: &'static str,
    /// Its exact version.
    pub(super) version: &'a str,
    /// Its program.
    pub(super) program: &'static str,
    /// What it does, as the end of 'which'.
    pub(super) purpose: &'static str,
}

/// What makes a build quick: what optimising costs, no tool has to do so much as to save.
const QUICKLY: [(&str, &str); 4] = [
    ("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0"),
    ("CARGO_PROFILE_RELEASE_LTO", "off"),
    ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16"),
    ("CARGO_PROFILE_RELEASE_DEBUG", "false"),
];

/// The folder with the tool's program, which is built first where it isn't there.
///
/// # Errors
///
/// When there is no place to keep them, or cargo can't build them.
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
        // The build leaves nothing behind, wherever the workspace's own target directory is.
        shell::run(cargo.envs(QUICKLY).env_remove("CARGO_TARGET_DIR"))
    })?;
    Ok(binaries)
}

/// Where tools are kept between checkouts: `PULS_CACHE`, else the user's cache folder.
fn cache() -> Result<PathBuf> {
    let folder = |variable: &str| env::var_os(variable).filter(|path| !path.is_empty()).map(PathBuf::from);
    folder("PULS_CACHE")
        .or_else(|| folder("XDG_CACHE_HOME").map(|cache| cache.join("puls")))
        .or_else(|| folder("HOME").map(|home| home.join(".cache/puls")))
        .context("none of PULS_CACHE, XDG_CACHE_HOME and HOME says where to keep built tools")
}
