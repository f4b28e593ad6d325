//! Gives a module's imports short names. wasm-bindgen's names are up to eighty characters long, occur in the module and
//! in its glue, and end in digits that hardly compress.

use std::convert::Infallible;
use std::fs;

use anyhow::{Context, Result, bail};
use wasm_encoder::reencode::{Error, Reencode};

use wasm_encoder::{ImportSection, Module};
use wasmparser::{ImportSectionReader, Parser};

use super::wasm::Built;

/// Renames a module's imports, and the glue's functions with them.
///
/// # Errors
///
/// If the module can't be read, or the glue lacks a name.
pub(super) fn shorten(built: &Built) -> Result<()> {
    let wasm = fs::read(&built.wasm)?;
    let mut glue = fs::read_to_string(&built.glue)?;
    let mut names = Names::default();
    let mut module = Module::new();
    if let Err(error) = names.parse_core_module(&mut module, Parser::new(0), &wasm) {
        bail!("can't read {}: {error}", built.wasm.display());
    }
    // The longest come first, since a name may be the beginning of another one.
    let mut known: Vec<(usize, &String)> = names.long.iter().enumerate().collect();
    known.sort_by_key(|(_, long)| std::cmp::Reverse(long.len()));
    for (index, long) in known {
        if !glue.contains(long.as_str()) {
            bail!("{} doesn't have the import {long}", built.glue.display());
        }
        glue = glue.replace(long.as_str(), &short(index));
    }
    let namespace = names.namespace.context("the module imports nothing")?;
    glue = glue.replace(&format!("\"{namespace}\""), &format!("\"{SHORT_NAMESPACE}\""));
    fs::write(&built.glue, glue)?;
    fs::write(&built.wasm, module.finish())?;
    Ok(())
}

const SHORT_NAMESPACE: &str = "a";

/// The short name of an import. Neither JavaScript nor the glue has names that end like this.
fn short(index: usize) -> String {
    format!("${index:x}")
}

/// The names that a module's imports had, in their order.
#[derive(Default)]
struct Names {
    long: Vec<String>,
    namespace: Option<String>,
}

impl Reencode for Names {
    type Error = Infallible;

    fn parse_import_section(
        &mut self,
        imports: &mut ImportSection,
        section: ImportSectionReader<'_>,
    ) -> Result<(), Error<Infallible>> {
        for import in section.into_imports() {
            let import = import?;
            imports.import(SHORT_NAMESPACE, &short(self.long.len()), self.entity_type(import.ty)?);
            self.long.push(import.name.to_owned());
            self.namespace.get_or_insert_with(|| import.module.to_owned());
        }
        Ok(())
    }
}
