//! `cargo xtask schema`: writes the JSON Schema of survey definitions, from the types that read them.

use std::fs;

use anyhow::{Context, Result};

use crate::{shell, workspace};

const FILE: &str = "www/survey.schema.json";

/// Writes the schema.
///
/// # Errors
///
/// If the example that prints it doesn't build or run, or the file can't be written.
pub(crate) fn run() -> Result<()> {
    let mut cargo = workspace::cargo();
    cargo.args(["run", "--quiet", "--package", "puls-core", "--features", "schema", "--example", "schema"]);
    let schema = shell::output(&mut cargo)?;
    fs::write(workspace::path(FILE), schema).with_context(|| format!("can't write {FILE}"))?;
    println!("{FILE} is written");
    Ok(())
}
