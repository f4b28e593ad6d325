//! Builds `dist/web` from `www/` and the WebAssembly: bundled, minified, named by hash, compressed.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::asset::{self, Asset};
use super::compress;
use super::esbuild::Bundle;
use super::step::Step;
use super::wasm::Built;
use super::words;
use crate::toolchain::Toolchain;
use crate::workspace;

/// The placeholder that the collector replaces by its surveys' rules for showing them.
pub(super) const SHOW_RULES: &str = "\"__PULS_SHOW__\"";

/// The modules that have been compiled to WebAssembly.
pub(super) struct Modules {
    /// The full build of the widget, for every survey.
    pub(super) widget: Built,
    /// The small build of the widget, for plain surveys.
    pub(super) plain: Built,
    /// The results page.
    pub(super) results: Built,
    /// The module that splits the answers of sealed surveys.
    pub(super) sealed: Built,
    /// The module that seals them where the browser can't.
    pub(super) hpke: Built,
}

/// Fills `dist/web`, unless it is up to date.
///
/// # Errors
///
/// If esbuild finds a mistake, a file can't be read or written, or the loader doesn't have exactly one place for the
/// show rules.
pub(super) fn build(toolchain: &Toolchain, built: &Modules) -> Result<()> {
    let sources = ["package-lock.json", "xtask/src/dist"].map(workspace::path);
    let Modules { widget, plain, results, sealed, hpke } = built;
    let compiled =
        [widget, plain, results, sealed, hpke].map(|built| [built.wasm.clone(), built.glue.clone()]);
    let step = Step {
        title: "What browsers fetch",
        name: "web",
        inputs: www()?.into_iter().chain(sources).chain(compiled.into_iter().flatten()).collect(),
        settings: "",
        output: workspace::web().join("puls.js"),
    };
    step.unless_done(|| {
        let site = Site::begin(toolchain)?;
        let sealed = site.sealed(sealed, hpke)?;
        site.loader(&site.widget(widget, Some(&sealed))?, &site.widget(plain, None)?)?;
        site.page("results", results)?;
        site.page("preview", results)?;
        site.frame()?;
        fs::copy(workspace::path("www/embed.html"), site.web.join("embed.html"))
            .context("can't copy www/embed.html")?;
        compress::all_in(&site.web)
    })
}

/// The files for browsers as they are built.
struct Site<'a> {
    toolchain: &'a Toolchain,
    /// The folder of the files.
    web: PathBuf,
    /// The folder with copies of the sources, in which a style sheet can be minified before a script takes it as text.
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

    /// Builds what sealed surveys fetch as well: a script, which knows its own WebAssembly and the script that does the
    /// cryptography where the browser has none.
    fn sealed(&self, sealed: &Built, hpke: &Built) -> Result<Asset> {
        let hpke = self.module("hpke", hpke, &[])?;
        self.module("sealed", sealed, &[&hpke.path, &hpke.integrity])
    }

    /// Builds a script and the WebAssembly that it starts. `besides` are other texts that it needs.
    fn module(&self, name: &str, built: &Built, besides: &[&str]) -> Result<Asset> {
        let bundled = self.stage.join(format!("{name}.bundle.js"));
        let wasm = asset::place(&built.wasm, &self.web, name, "wasm")?;
        Bundle::new(self.toolchain, &self.stage.join(format!("{name}.ts")))
            .format("esm")
            .alias(&format!("puls-{name}-wasm"), &built.glue)
            .define_list("__WASM__", &[&wasm.path, &wasm.integrity])
            .define_list("__BESIDES__", besides)
            .write(&bundled)?;
        asset::place(&bundled, &self.web, name, "js")
    }

    /// Builds the widget's glue and WebAssembly: in full, with the script of sealed surveys, or small.
    fn widget(&self, built: &Built, sealed: Option<&Asset>) -> Result<[Asset; 2]> {
        let (name, is_plain) = if sealed.is_some() { ("widget", false) } else { ("plain", true) };
        let bundled = self.stage.join(format!("{name}.bundle.js"));
        let words = words::place(&self.stage.join("words"), &self.web, is_plain)?;
        let wasm = asset::place(&built.wasm, &self.web, name, "wasm")?;
        Bundle::new(self.toolchain, &self.stage.join("widget.ts"))
            .format("esm")
            .styles_as_text()
            .alias("puls-wasm", &built.glue)
            .alias("puls-styles", &self.styles(name)?)
            .define("__WASM_HASH__", &wasm.integrity)
            .define("__WORDS__", &words.prefix)
            .define("__WORDS_LANGUAGES__", &words.languages)
            .define("__SHARED__", if is_plain { "" } else { "yes" })
            .define("__SEALED__", sealed.map_or("", |script| &script.path))
            .define("__SEALED_HASH__", sealed.map_or("", |script| &script.integrity))
            // wasm-bindgen's glue also accepts a response or a request, but always gets a compiled module
            // (www/widget/received.ts), and nobody disposes of a survey by `using`. So the code for these isn't
            // fetched.
            .define_absent("Response")
            .define_absent("Request")
            .define_absent("Symbol.dispose")
            .write(&bundled)?;
        Ok([asset::place(&bundled, &self.web, name, "js")?, wasm])
    }

    /// Minifies the style sheet of one of the widget's builds, for a script to take as text.
    fn styles(&self, name: &str) -> Result<PathBuf> {
        let bundled = self.stage.join(format!("{name}.bundle.css"));
        let sheet = self.stage.join(format!("styles/{name}.css"));
        Bundle::new(self.toolchain, &sheet).write(&bundled)?;
        Ok(bundled)
    }

    /// Builds the loader. It has the names of the files that it loads, so it comes last.
    fn loader(&self, full: &[Asset; 2], plain: &[Asset; 2]) -> Result<()> {
        let loader = self.web.join("puls.js");
        Bundle::new(self.toolchain, &self.stage.join("loader.ts"))
            .format("iife")
            .define_list("__FULL__", &paths_and_hash(full))
            .define_list("__PLAIN__", &paths_and_hash(plain))
            .define_flag("__PACKAGE__", false)
            .write(&loader)?;
        let places = fs::read_to_string(&loader)?.matches(SHOW_RULES).count();
        if places != 1 {
            bail!("www/loader.ts has to contain {SHOW_RULES} once, but puls.js has it {places} times");
        }
        Ok(())
    }

    /// Builds a page of the collector itself. All of them share one WebAssembly.
    fn page(&self, name: &str, built: &Built) -> Result<()> {
        let script = self.stage.join(format!("{name}.bundle.js"));
        let wasm = asset::place(&built.wasm, &self.web, "results", "wasm")?;
        Bundle::new(self.toolchain, &self.stage.join(format!("{name}.ts")))
            .format("esm")
            // The preview draws the widget's screens.
            .styles_as_text()
            .alias("puls-styles", &self.styles("widget")?)
            .alias("puls-results-wasm", &built.glue)
            .define("__RESULTS_WASM__", &wasm.path)
            .write(&script)?;
        self.html(name, &script, &wasm.path)
    }

    /// Builds the page in the preview's frame, which needs only the widget's WebAssembly.
    fn frame(&self) -> Result<()> {
        let script = self.stage.join("preview-frame.bundle.js");
        Bundle::new(self.toolchain, &self.stage.join("preview-frame.ts")).format("iife").write(&script)?;
        self.html("preview-frame", &script, "")
    }

    /// Writes a page with the names of its script and its style sheet in it.
    fn html(&self, name: &str, script: &Path, wasm: &str) -> Result<()> {
        let styles = self.stage.join(format!("{name}.bundle.css"));
        Bundle::new(self.toolchain, &self.stage.join(format!("{name}.css"))).write(&styles)?;
        let script = asset::place(script, &self.web, name, "js")?;
        let styles = asset::place(&styles, &self.web, name, "css")?;
        let file = format!("{name}.html");
        let page =
            fs::read_to_string(self.stage.join(&file)).with_context(|| format!("can't read www/{file}"))?;
        let page = page
            .replace("__SCRIPT__", &script.path)
            .replace("__STYLES__", &styles.path)
            .replace("__WASM__", wasm);
        fs::write(self.web.join(&file), page).with_context(|| format!("can't write {file}"))
    }
}

fn paths_and_hash([glue, wasm]: &[Asset; 2]) -> [&str; 3] {
    [&glue.path, &glue.integrity, &wasm.path]
}

/// The files in `www/` for the widget and the collector's pages; the demo page's and the npm package's aren't among
/// them.
fn www() -> Result<Vec<PathBuf>> {
    let others = ["www/demo", "www/npm"].map(workspace::path);
    Ok(entries(&workspace::path("www"))?.into_iter().filter(|entry| !others.contains(entry)).collect())
}

/// The paths of all files in a folder.
///
/// # Errors
///
/// If it can't be listed.
pub(super) fn entries(folder: &Path) -> Result<Vec<PathBuf>> {
    let listed = fs::read_dir(folder).with_context(|| format!("can't list {}", folder.display()))?;
    listed.map(|entry| Ok(entry?.path())).collect()
}

/// Copies a file, or a folder with all that is in it.
///
/// # Errors
///
/// If something can't be read or written.
pub(super) fn copy_into(from: &Path, folder: &Path) -> Result<()> {
    let to = folder.join(from.file_name().unwrap_or_default());
    if !from.is_dir() {
        fs::copy(from, to)?;
        return Ok(());
    }
    fs::create_dir_all(&to)?;
    entries(from)?.iter().try_for_each(|entry| copy_into(entry, &to))
}
