//! From `www/` and the WebAssembly to `dist/web`: bundled, minified, named by hash, compressed.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::asset::{self, Asset};
use super::compress;
use super::esbuild::Bundle;
use super::step::Step;
use super::wasm::Built;
use crate::toolchain::Toolchain;
use crate::workspace;

/// What the collector replaces by its surveys' rules for showing them.
const SHOW_RULES: &str = "\"__PULS_SHOW__\"";

/// Fills `dist/web` unless it is filled already.
///
/// # Errors
///
/// When esbuild finds a mistake, a file can't be read or written, or the loader has no single place for the show rules.
pub(super) fn build(toolchain: &Toolchain, widget: &Built, results: &Built) -> Result<()> {
    let sources = ["package-lock.json", "xtask/src/dist"].map(workspace::path);
    let built = [&widget.wasm, &widget.glue, &results.wasm, &results.glue].map(PathBuf::clone);
    let step = Step {
        title: "What browsers fetch",
        name: "web",
        inputs: www()?.into_iter().chain(sources).chain(built).collect(),
        settings: "",
        output: workspace::web().join("puls.js"),
    };
    step.unless_done(|| {
        let site = Site::begin(toolchain)?;
        site.widget(widget)?;
        site.results(results)?;
        fs::copy(workspace::path("www/embed.html"), site.web.join("embed.html"))
            .context("can't copy www/embed.html")?;
        compress::all_in(&site.web)
    })
}

/// A `dist/web` in the making.
struct Site<'a> {
    toolchain: &'a Toolchain,
    /// Where the files go.
    web: PathBuf,
    /// Copies of the sources, so that a style sheet can be minified before a script takes it as text.
    stage: PathBuf,
}

impl<'a> Site<'a> {
    fn begin(toolchain: &'a Toolchain) -> Result<Self> {
        let site = Self { toolchain, web: workspace::web(), stage: workspace::target().join("web/www") };
        for folder in [&site.web, &site.stage] {
            if folder.exists() {
                fs::remove_dir_all(folder)?;
            }
        }
        fs::create_dir_all(site.web.join("assets"))?;
        fs::create_dir_all(&site.stage)?;
        for source in www()? {
            copy_into(&source, &site.stage)?;
        }
        Ok(site)
    }

    /// The loader knows the names and hashes of what it loads, so it comes last.
    fn widget(&self, built: &Built) -> Result<()> {
        let styles = workspace::path("www/widget.css");
        Bundle::new(self.toolchain, &styles).write(&self.stage.join("widget.css"))?;
        let bundled = self.stage.join("widget.bundle.js");
        let bundle = Bundle::new(self.toolchain, &self.stage.join("widget.ts")).format("esm");
        bundle.styles_as_text().alias("puls-wasm", &built.glue).write(&bundled)?;
        let glue = asset::place(&bundled, &self.web, "widget", "js")?;
        let wasm = asset::place(&built.wasm, &self.web, "widget", "wasm")?;
        self.loader(&glue, &wasm)
    }

    fn loader(&self, glue: &Asset, wasm: &Asset) -> Result<()> {
        let loader = self.web.join("puls.js");
        Bundle::new(self.toolchain, &self.stage.join("loader.ts"))
            .format("iife")
            .define("__WIDGET_JS__", &glue.path)
            .define("__WIDGET_JS_INTEGRITY__", &glue.integrity)
            .define("__WIDGET_WASM__", &wasm.path)
            .define("__WIDGET_WASM_INTEGRITY__", &wasm.integrity)
            .write(&loader)?;
        let places = fs::read_to_string(&loader)?.matches(SHOW_RULES).count();
        if places != 1 {
            bail!("www/loader.ts has to contain {SHOW_RULES} once, but puls.js has it {places} times");
        }
        Ok(())
    }

    fn results(&self, built: &Built) -> Result<()> {
        let (script, styles) = (self.stage.join("results.bundle.js"), self.stage.join("results.bundle.css"));
        let wasm = asset::place(&built.wasm, &self.web, "results", "wasm")?;
        Bundle::new(self.toolchain, &self.stage.join("results.ts"))
            .format("esm")
            .alias("puls-results-wasm", &built.glue)
            .define("__RESULTS_WASM__", &wasm.path)
            .write(&script)?;
        Bundle::new(self.toolchain, &self.stage.join("results.css")).write(&styles)?;
        let script = asset::place(&script, &self.web, "results", "js")?;
        let styles = asset::place(&styles, &self.web, "results", "css")?;
        let page =
            fs::read_to_string(self.stage.join("results.html")).context("can't read www/results.html")?;
        let page = page
            .replace("__RESULTS_JS__", &script.path)
            .replace("__RESULTS_CSS__", &styles.path)
            .replace("__RESULTS_WASM__", &wasm.path);
        fs::write(self.web.join("results.html"), page).context("can't write results.html")
    }
}

/// What lies in `www/` for the widget and the results page, so without the demo page's files.
fn www() -> Result<Vec<PathBuf>> {
    let demo = workspace::path("www/demo");
    Ok(entries(&workspace::path("www"))?.into_iter().filter(|entry| *entry != demo).collect())
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>> {
    let listed = fs::read_dir(folder).with_context(|| format!("can't list {}", folder.display()))?;
    listed.map(|entry| Ok(entry?.path())).collect()
}

/// Copies a file, or a folder with all that is in it.
fn copy_into(from: &Path, folder: &Path) -> Result<()> {
    let to = folder.join(from.file_name().unwrap_or_default());
    if !from.is_dir() {
        fs::copy(from, to)?;
        return Ok(());
    }
    fs::create_dir_all(&to)?;
    entries(from)?.iter().try_for_each(|entry| copy_into(entry, &to))
}
