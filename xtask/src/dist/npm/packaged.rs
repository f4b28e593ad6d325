//! Writes the modules that say where the package's files are; `www/npm/packaged.d.ts` describes them.

use std::path::Path;

use anyhow::{Result, bail};

/// The names of the files in the package's `assets/`.
pub(super) struct Files {
    /// The files that are fetched: all but the glue.
    fetched: Vec<String>,
    glue: String,
    wasm: String,
}

impl Files {
    /// The files of a widget and of its languages, by their `names`.
    ///
    /// # Errors
    ///
    /// If the widget doesn't have exactly one glue and one WebAssembly.
    pub(super) fn of(mut names: Vec<String>) -> Result<Self> {
        names.sort();
        let (glue, wasm) = (only(&names, "js")?, only(&names, "wasm")?);
        names.retain(|name| *name != glue);
        Ok(Self { fetched: names, glue, wasm })
    }

    /// The addresses for the module, in a form in which bundlers find them. The query keeps Vite from writing small
    /// files into the page's own script.
    pub(super) fn for_bundlers(&self) -> String {
        let addresses: String = self
            .fetched
            .iter()
            .map(|name| {
                format!(
                    "  \"assets/{name}\": () => new URL(\"./assets/{name}?no-inline\", import.meta.url),\n"
                )
            })
            .collect();
        format!(
            "const addresses = {{\n{addresses}}};\n\
             export const script = null;\n\
             export const address = (path) => addresses[path]();\n\
             export const glue = () => import(\"./assets/{}\");\n{}",
            self.glue,
            self.wasm()
        )
    }

    /// The addresses for the script: the files beside it. A script from another site has no base for an `import()` of
    /// its own.
    pub(super) fn beside_script(&self) -> String {
        format!(
            "export const script = document.currentScript;\n\
             const base = script?.src || location.href;\n\
             export const address = (path) => new URL(path, base);\n\
             export const glue = () => import(address(\"assets/{}\").href);\n{}",
            self.glue,
            self.wasm()
        )
    }

    fn wasm(&self) -> String {
        format!("export const wasm = \"assets/{}\";\n", self.wasm)
    }
}

/// The widget's only file with this extension.
fn only(names: &[String], extension: &str) -> Result<String> {
    let ends = |name: &&String| Path::new(name).extension().is_some_and(|found| found == extension);
    let mut found = names.iter().filter(|name| name.starts_with("widget-")).filter(ends);
    match (found.next(), found.next()) {
        (Some(name), None) => Ok(name.clone()),
        _ => bail!("dist/web/assets should have one .{extension} of the widget, but has {names:?}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(names: &[&str]) -> Result<Files> {
        Files::of(names.iter().map(|name| (*name).to_owned()).collect())
    }

    #[test]
    fn bundlers_find_each_file_by_its_own_address() {
        let files =
            files(&["words-3-en.json", "widget-1.js", "sealed-4.js", "widget-2.wasm", "sealed-5.wasm"])
                .unwrap();
        assert_eq!(
            files.for_bundlers(),
            "const addresses = {\n  \
             \"assets/sealed-4.js\": () => new URL(\"./assets/sealed-4.js?no-inline\", import.meta.url),\n  \
             \"assets/sealed-5.wasm\": () => new URL(\"./assets/sealed-5.wasm?no-inline\", import.meta.url),\n  \
             \"assets/widget-2.wasm\": () => new URL(\"./assets/widget-2.wasm?no-inline\", import.meta.url),\n  \
             \"assets/words-3-en.json\": () => new URL(\"./assets/words-3-en.json?no-inline\", import.meta.url),\n\
             };\nexport const script = null;\nexport const address = (path) => addresses[path]();\n\
             export const glue = () => import(\"./assets/widget-1.js\");\n\
             export const wasm = \"assets/widget-2.wasm\";\n"
        );
    }

    #[test]
    fn there_is_one_glue_and_one_wasm() {
        assert!(files(&["widget-2.wasm"]).is_err());
        assert!(files(&["widget-1.js", "widget-2.wasm", "widget-3.wasm"]).is_err());
    }
}
