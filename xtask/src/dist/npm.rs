//! Builds the npm package in `dist/npm`: the loader as a module for bundlers and as a script, the widget's files, and
//! typings.
//!
//! It has only the full build of the widget, since only a collector says which surveys are plain.

mod packaged;

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use self::packaged::Files;
use super::bundle::{SHOW_RULES, copy_into, entries};
use super::esbuild::Bundle;
use super::step::Step;
use crate::toolchain::Toolchain;
use crate::workspace;

/// The placeholder for the workspace's version in `package.json`.
const NO_VERSION: &str = "\"version\": \"0.0.0\"";

/// The loader's modules that say where things are. The package has its own of each.
const OWN_MODULES: [&str; 3] = ["files", "lent", "origin"];

/// The beginnings of the names of the widget's files: the full build, and what sealed surveys fetch as well.
const PARTS: [&str; 4] = ["widget-", "words-", "sealed-", "hpke-"];

const LICENCES: [&str; 2] = ["LICENSE-MIT", "LICENSE-APACHE"];

/// Fills `dist/npm`, unless it is up to date.
///
/// # Errors
///
/// If `dist/web` lacks a file, esbuild finds a mistake, or a file can't be read or written.
pub(super) fn build(toolchain: &Toolchain) -> Result<()> {
    let sources = ["www/npm", "www/loader", "dist/web", "xtask/src/dist", "package-lock.json"];
    let step = Step {
        title: "The npm package",
        name: "npm",
        inputs: sources.iter().chain(&LICENCES).map(|source| workspace::path(source)).collect(),
        settings: env!("CARGO_PKG_VERSION"),
        output: workspace::npm_package().join("package.json"),
    };
    step.unless_done(|| {
        let package = Package::begin()?;
        package.as_it_is()?;
        let files = package.assets()?;
        package.bundle(toolchain, "index", "esm", &files.for_bundlers())?;
        package.bundle(toolchain, "puls", "iife", &files.beside_script())?;
        package.manifest()
    })
}

/// The package as it is built.
struct Package {
    /// The folder of the package.
    folder: PathBuf,
    /// The folder with copies of the sources, with the package's own modules in place of the collector's.
    stage: PathBuf,
}

impl Package {
    fn begin() -> Result<Self> {
        let package = Self { folder: workspace::npm_package(), stage: workspace::target().join("npm") };
        for folder in [&package.folder, &package.stage] {
            if folder.exists() {
                fs::remove_dir_all(folder)?;
            }
        }
        fs::create_dir_all(package.folder.join("assets"))?;
        for sources in ["www/npm", "www/loader"] {
            copy_into(&workspace::path(sources), &package.stage)?;
        }
        for module in OWN_MODULES {
            let own = format!("export * from \"../npm/{module}\";\n");
            fs::write(package.stage.join("loader").join(module).with_extension("ts"), own)?;
        }
        Ok(package)
    }

    /// Copies typings, licences and all other files that need no build.
    fn as_it_is(&self) -> Result<()> {
        let files = entries(&self.stage.join("npm/package"))?;
        files
            .into_iter()
            .chain(LICENCES.map(workspace::path))
            .try_for_each(|file| copy_into(&file, &self.folder))
    }

    /// Copies the widget's files.
    fn assets(&self) -> Result<Files> {
        let assets = self.folder.join("assets");
        let mut names = Vec::new();
        for file in entries(&workspace::web().join("assets"))? {
            let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let compressed = name.ends_with(".br") || name.ends_with(".gz");
            if !compressed && PARTS.iter().any(|part| name.starts_with(part)) {
                copy_into(&file, &assets)?;
                names.push(name);
            }
        }
        Files::of(names)
    }

    /// Bundles the loader from an entry point, with the module `packaged`, which says where the files are.
    fn bundle(&self, toolchain: &Toolchain, entry: &str, format: &str, packaged: &str) -> Result<()> {
        let module = self.stage.join(format!("packaged-{entry}.js"));
        fs::write(&module, packaged)?;
        let bundle = self.folder.join(entry).with_extension("js");
        Bundle::new(toolchain, &self.stage.join(format!("npm/{entry}.ts")))
            .format(format)
            .alias("puls-packaged", &module)
            .external("./assets/*")
            .define_flag("__PACKAGE__", true)
            .write(&bundle)?;
        // Without a collector, the loader knows no survey's rules in advance; it finds them in the definition.
        let script = fs::read_to_string(&bundle)?;
        fs::write(&bundle, replace_once(&script, SHOW_RULES, "{}")?).context("can't write a bundle")
    }

    /// Writes the manifest, which comes last: if it is there, the package is complete.
    fn manifest(&self) -> Result<()> {
        let manifest = fs::read_to_string(self.stage.join("npm/package/package.json"))?;
        let version = format!("\"version\": \"{}\"", env!("CARGO_PKG_VERSION"));
        let manifest = replace_once(&manifest, NO_VERSION, &version)?;
        fs::write(self.folder.join("package.json"), manifest).context("can't write package.json")
    }
}

/// Replaces a part of a text that has to occur exactly once.
fn replace_once(text: &str, place: &str, by: &str) -> Result<String> {
    match text.matches(place).count() {
        1 => Ok(text.replace(place, by)),
        count => bail!("a file of the npm package has to contain {place} once, but has it {count} times"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_replaced_stands_there_once() {
        assert_eq!(replace_once("a b", "b", "c").unwrap(), "a c");
        assert!(replace_once("a", "b", "c").is_err());
        assert!(replace_once("b b", "b", "c").is_err());
    }
}
