//! Runs esbuild: TypeScript and style sheets go in, and one small file comes out. Scripts also go through terser, which
//! makes them another thirtieth smaller.

use std::path::Path;
use std::process::Command;

use anyhow::Result;

use crate::toolchain::Toolchain;
use crate::{shell, workspace};

/// The oldest browsers that run the widget's WebAssembly, which uses references to JavaScript values. Syntax that they
/// know, such as private fields, needn't be rewritten for older ones.
const BROWSERS: &str = "--target=chrome96,firefox90,safari15";

const COMMON: [&str; 5] =
    ["--bundle", "--minify", "--charset=utf8", "--legal-comments=none", "--log-level=warning"];

/// The options of terser. None of them may change what a script does.
const TERSER: [&str; 5] = ["--compress", "passes=2,ecma=2020", "--mangle", "--ecma", "2020"];

/// A bundle to be built.
pub(super) struct Bundle<'a> {
    toolchain: &'a Toolchain,
    esbuild: Command,
    is_module: bool,
}

impl<'a> Bundle<'a> {
    /// A bundle of an entry point and its imports.
    pub(super) fn new(toolchain: &'a Toolchain, entry: &Path) -> Self {
        let mut esbuild = toolchain.npm("esbuild");
        esbuild.arg(entry).arg(BROWSERS).args(COMMON);
        // The entry point may lie outside the workspace, where there is no node_modules folder above it.
        esbuild.env("NODE_PATH", workspace::path("node_modules"));
        Self { toolchain, esbuild, is_module: false }
    }

    /// Sets the format: a script or a module.
    pub(super) fn format(mut self, format: &str) -> Self {
        self.esbuild.arg(format!("--format={format}"));
        self.is_module = format == "esm";
        self
    }

    /// Makes imported style sheets strings.
    pub(super) fn styles_as_text(mut self) -> Self {
        self.esbuild.arg("--loader:.css=text");
        self
    }

    /// Sets the file that a bare module name stands for.
    pub(super) fn alias(mut self, name: &str, file: &Path) -> Self {
        self.esbuild.arg(format!("--alias:{name}={}", file.display()));
        self
    }

    /// Keeps imports from paths that match `pattern` as imports.
    pub(super) fn external(mut self, pattern: &str) -> Self {
        self.esbuild.arg(format!("--external:{pattern}"));
        self
    }

    /// Replaces a name in the source by a string.
    pub(super) fn define(mut self, name: &str, text: &str) -> Self {
        self.esbuild.arg(format!("--define:{name}=\"{text}\""));
        self
    }

    /// Replaces a name in the source by true or false, and so leaves out what can't be reached.
    pub(super) fn define_flag(mut self, name: &str, value: bool) -> Self {
        self.esbuild.arg(format!("--define:{name}={value}"));
        self
    }

    /// Replaces a name in the source by `undefined`, and so leaves out code that asks whether it exists.
    pub(super) fn define_absent(mut self, name: &str) -> Self {
        self.esbuild.arg(format!("--define:{name}=undefined"));
        self
    }

    /// Replaces a name in the source by a list of strings.
    pub(super) fn define_list(mut self, name: &str, texts: &[&str]) -> Self {
        self.esbuild.arg(format!("--define:{name}={}", format_args!("{texts:?}")));
        self
    }

    /// Builds the bundle.
    ///
    /// # Errors
    ///
    /// If esbuild finds a mistake; it has printed where.
    pub(super) fn write(mut self, to: &Path) -> Result<()> {
        shell::run(self.esbuild.arg(format!("--outfile={}", to.display())))?;
        if to.extension().is_none_or(|extension| extension != "js") {
            return Ok(());
        }
        let mut terser = self.toolchain.npm("terser");
        terser.arg(to).args(TERSER).arg("--output").arg(to);
        if self.is_module {
            terser.arg("--module");
        }
        shell::run(&mut terser)
    }
}
