//! Node.js, and the JavaScript tools that `package.json` names.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;

use super::apt::Need;
use crate::{shell, workspace};

/// The packages that have to be installed before `npm ci` can run.
pub(super) fn missing() -> Option<Need> {
    let here = ["node", "npm"].iter().all(|program| shell::ask(program, &["--version"]).is_some());
    (!here).then_some(Need {
        purpose: "the JavaScript tools",
        packages: &["nodejs", "npm"],
        elsewhere: "(install Node.js 20 or newer, with npm, from https://nodejs.org/)",
    })
}

/// Installs the packages in `package-lock.json`, if they are missing or older than it.
///
/// # Errors
///
/// If npm fails.
pub(super) fn install_parts() -> Result<()> {
    if is_current() {
        return Ok(());
    }
    shell::timed(
        "Installing esbuild, terser, TypeScript, Biome, binaryen, Plot, axe and the examples' libraries with npm",
        || {
            let mut npm = Command::new("npm");
            npm.current_dir(workspace::root());
            // None of these packages needs its install scripts.
            shell::run(npm.args(["ci", "--no-audit", "--no-fund", "--ignore-scripts"]))
        },
    )
}

/// The folder with the packages' programs.
pub(super) fn binaries() -> PathBuf {
    workspace::path("node_modules/.bin")
}

fn is_current() -> bool {
    let changed = |path: &Path| fs::metadata(path).and_then(|file| file.modified()).ok();
    // npm writes this file last.
    let installed = changed(&workspace::path("node_modules/.package-lock.json"));
    installed.is_some() && installed >= changed(&workspace::path("package-lock.json"))
}
