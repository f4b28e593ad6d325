//! Builds WebAssembly and its glue from a browser package: wasm-pack builds, wasm-opt optimises, and a check refuses
//! what is left over.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::imports;
use super::step::Step;
use crate::toolchain::Toolchain;
use crate::{shell, workspace};

/// A package that is compiled to WebAssembly.
pub(super) struct Package {
    name: &'static str,
    title: &'static str,
    folder: &'static str,
    features: &'static [&'static str],
    sources: &'static [&'static str],
}

/// The full build of the widget, for every survey.
pub(super) const WIDGET: Package = Package {
    name: "widget",
    title: "The widget's WebAssembly",
    folder: "widget",
    features: &["--features", "full"],
    sources: &["core/Cargo.toml", "core/src", "src", "widget"],
};

/// The small build of the widget, for plain surveys.
pub(super) const PLAIN_WIDGET: Package = Package {
    name: "plain",
    title: "The widget's WebAssembly for plain surveys",
    folder: "widget",
    features: &[],
    sources: &["core/Cargo.toml", "core/src", "src", "widget"],
};

/// The results page.
pub(super) const RESULTS: Package = Package {
    name: "results",
    title: "The results page's WebAssembly",
    folder: "dashboard",
    features: &[],
    sources: &[
        "core/Cargo.toml",
        "core/src",
        "analysis/Cargo.toml",
        "analysis/src",
        "statistics/Cargo.toml",
        "statistics/src",
        "dashboard/src",
        "dashboard/Cargo.toml",
    ],
};

/// The module that splits the answers of sealed surveys.
pub(super) const SEALED: Package = Package {
    name: "sealed",
    title: "The WebAssembly of sealed surveys",
    folder: "sealed/module",
    features: &[],
    sources: &["sealed/Cargo.toml", "sealed/src", "sealed/module"],
};

/// The module that seals them where the browser can't.
pub(super) const HPKE: Package = Package {
    name: "hpke",
    title: "The WebAssembly of sealed surveys for older browsers",
    folder: "sealed/hpke",
    features: &[],
    sources: &["sealed/hpke"],
};

/// The files that all packages are built from, and that say how.
const SHARED_SOURCES: [&str; 4] =
    ["Cargo.toml", "Cargo.lock", "xtask/src/dist/wasm.rs", "xtask/src/dist/imports.rs"];

/// Optimises for size, and removes names, producers and features, which only tools read.
///
/// In the first kilobyte of a Rust program's memory, there is nothing but the far end of its stack. So wasm-opt may
/// split an address into a base and a constant offset without checking whether the sum wraps around to there.
const WASM_OPT: [&str; 7] = [
    "-Oz",
    "--converge",
    // A large function that is called once compresses better where it is called.
    "--one-caller-inline-max-function-size=40",
    "--low-memory-unused",
    "--strip-debug",
    "--strip-producers",
    "--strip-target-features",
];

/// A built package.
pub(super) struct Built {
    /// The module.
    pub(super) wasm: PathBuf,
    /// The glue that loads it, as an ECMAScript module.
    pub(super) glue: PathBuf,
}

/// Builds a package, unless it is up to date.
///
/// # Errors
///
/// If a tool fails, or the module keeps a section that only tools read.
pub(super) fn build(toolchain: &Toolchain, package: &Package) -> Result<Built> {
    let folder = workspace::target().join("web/pkg").join(package.name);
    let built = Built {
        wasm: folder.join(format!("{}.wasm", package.name)),
        glue: folder.join(format!("{}.js", package.name)),
    };
    let sources = package.sources.iter().chain(&SHARED_SOURCES);
    let step = Step {
        title: package.title,
        name: &format!("{}-wasm", package.name),
        inputs: sources.map(|source| workspace::path(source)).collect(),
        settings: toolchain.description(),
        output: built.wasm.clone(),
    };
    step.unless_done(|| {
        println!("    with {}", toolchain.description());
        compile(toolchain, package, &folder)?;
        optimise(toolchain, &folder.join(format!("{}_bg.wasm", package.name)), &built.wasm)?;
        refuse_custom_sections(&built.wasm)?;
        imports::shorten(&built)
    })?;
    Ok(built)
}

fn compile(toolchain: &Toolchain, package: &Package, folder: &Path) -> Result<()> {
    let mut wasm_pack = toolchain.wasm_pack();
    wasm_pack.args(["--log-level", "error", "build"]).arg(workspace::path(package.folder));
    // 'force' doesn't ask for the prebuilt standard library, which isn't there if the build makes its own.
    wasm_pack.args(["--mode", "force", "--target", "web", "--profile", "browser"]);
    wasm_pack
        .args(["--no-typescript", "--no-pack", "--no-opt", "--out-name", package.name, "--out-dir"])
        .arg(folder);
    wasm_pack.arg("--").args(package.features);
    // This target directory isn't that of the native programs, since another compiler may build those.
    shell::run(wasm_pack.env("CARGO_TARGET_DIR", workspace::target().join("web")))
}

fn optimise(toolchain: &Toolchain, from: &Path, to: &Path) -> Result<()> {
    shell::run(toolchain.npm("wasm-opt").args(WASM_OPT).arg(from).arg("-o").arg(to))
}

/// Refuses a module with custom sections, such as names and producers, since every visitor would pay for their bytes.
fn refuse_custom_sections(wasm: &Path) -> Result<()> {
    let bytes = fs::read(wasm)?;
    let sections = section_ids(&bytes).with_context(|| format!("{} isn't WebAssembly", wasm.display()))?;
    if sections.contains(&0) {
        bail!("{} still has a custom section, which wasm-opt should have removed", wasm.display());
    }
    Ok(())
}

/// The kinds of a module's sections, in order; a custom section's kind is 0.
fn section_ids(module: &[u8]) -> Option<Vec<u8>> {
    let mut rest = module.strip_prefix(b"\0asm\x01\0\0\0")?;
    let mut ids = Vec::new();
    while let Some((&id, after)) = rest.split_first() {
        let (length, after) = leb128(after)?;
        rest = after.get(length..)?;
        ids.push(id);
    }
    Some(ids)
}

/// Reads an unsigned number of WebAssembly's variable length; returns it and the bytes after it.
fn leb128(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let end = bytes.iter().position(|byte| byte & 0x80 == 0)?;
    let (number, after) = bytes.split_at_checked(end + 1)?;
    let value = number
        .iter()
        .rev()
        .try_fold(0_usize, |value, byte| Some(value.checked_mul(128)? + usize::from(byte & 0x7f)))?;
    Some((value, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_are_listed_whatever_their_length() {
        let mut module = b"\0asm\x01\0\0\0".to_vec();
        module.extend([1, 2, 0, 0]);
        module.extend([0, 0x81, 0x01]);
        module.extend([7; 129]);
        assert_eq!(section_ids(&module), Some(vec![1, 0]));
    }

    #[test]
    fn a_section_that_ends_too_early_is_no_module() {
        assert_eq!(section_ids(b"\0asm\x01\0\0\0\x01\x05\0"), None);
        assert_eq!(section_ids(b"<html>"), None);
    }
}
