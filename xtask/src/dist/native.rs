//! The collector's release binary, and the surveys that it is deployed with.

use std::env::consts::EXE_SUFFIX;
use std::fs;

use anyhow::{Context, Result};

use super::step::Step;
use crate::{shell, workspace};

/// Builds the collector, which carries `dist/web`, unless it is up to date.
///
/// # Errors
///
/// If cargo fails or the binary can't be copied.
pub(super) fn build_collector() -> Result<()> {
    let sources = [
        "Cargo.toml",
        "Cargo.lock",
        "core/Cargo.toml",
        "core/src",
        "analysis/Cargo.toml",
        "analysis/src",
        "statistics/Cargo.toml",
        "statistics/src",
        "sealed/Cargo.toml",
        "sealed/src",
        "src",
        "www/words",
        "collector",
        "dist/web",
    ];
    let step = Step {
        title: "The collector",
        name: "collector",
        inputs: sources.iter().map(|source| workspace::path(source)).collect(),
        settings: "",
        output: workspace::collector(),
    };
    step.unless_done(|| {
        shell::run(workspace::cargo().args(["build", "--release", "--package", "puls-collector"]))?;
        let built = workspace::target().join(format!("release/puls-collector{EXE_SUFFIX}"));
        let fresh = workspace::dist().join("puls-collector.new");
        fs::copy(&built, &fresh).with_context(|| format!("can't copy {}", built.display()))?;
        // A running collector keeps its old file if this one is renamed into its place; writing into that file would
        // fail.
        fs::rename(fresh, workspace::collector()).context("can't put the collector into dist/")
    })
}

/// Copies the ready-made definitions.
///
/// # Errors
///
/// If they can't be read or written.
pub(super) fn copy_surveys() -> Result<()> {
    let to = workspace::dist().join("surveys");
    let step = Step {
        title: "The surveys",
        name: "surveys",
        inputs: vec![workspace::path("surveys")],
        settings: "",
        output: to.clone(),
    };
    step.unless_done(|| {
        if to.is_dir() {
            fs::remove_dir_all(&to)?;
        }
        fs::create_dir_all(&to)?;
        for entry in fs::read_dir(workspace::path("surveys"))? {
            let file = entry?.path();
            if file.extension().is_some_and(|extension| extension == "json") {
                fs::copy(&file, to.join(file.file_name().unwrap_or_default()))?;
            }
        }
        Ok(())
    })
}
