//! Node.js, and the JavaScript tools that `package.json` names.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;

use super::apt::Need;
use crate::{shell, workspace};

/// What has to be installed before `npm ci` can run.
pub(super) fn missing() -> Option<Need> {
    let here = ["node", "npm"].iter().all(|program| shell::ask(program, &["--version"]).is_some());
    (!here).then_some(Need {
        purpose: "the JavaScript tools",
        packages: &["nodejs", "npm"],
        elsewhere: "(install Node.js 20 or newer, with npm, from https://nodejs.org/)",
    })
}

/// Installs the parts that `package-lock.json` lists, where they are missing or older than it.
///
/// # Errors
///
/// When npm fails.
pub(super) fn install_parts() -> Result<()> {
    if is_current() {
        return Ok(());
    }
    shell::timed(
        "Installing esbuild, terser, TypeScript, Biome, binaryen, Plot, axe and the examples' libraries with npm",
        || {
            let mut npm = Command::new("npm");
            npm.current_dir(workspace::root());
            // None of these parts has to run anything to be installed.
            shell::run(npm.args(["ci", "--no-audit", "--no-fund", "--ignore-scripts"]))
        },
    )
}

/// The folder of the parts' programs.
pub(super) fn binaries() -> PathBuf {
    workspace::path("node_modules/.bin")
}

fn is_current() -> bool {
    let changed = |path: &Path| fs::metadata(path).and_then(|file| file.modified()).ok();
    // npm writes this file when it has installed everything else.
    let installed = changed(&workspace::path("node_modules/.package-lock.json"));
    installed.is_some() && installed >= changed(&workspace::path("package-lock.json"))
}
