//! Calls of esbuild: TypeScript and style sheets in, one small file out. Scripts go through terser as well, which takes off another
//! thirtieth.

use std::path::Path;
use std::process::Command;

use anyhow::Result;

use crate::toolchain::Toolchain;
use crate::{shell, workspace};

/// The oldest browsers that run the widget's WebAssembly, with its references to JavaScript's values: what they read,
/// private fields among it, needn't be spelt out for older ones.
const BROWSERS: &str = "--target=chrome96,firefox90,safari15";

const COMMON: [&str; 5] =
    ["--bundle", "--minify", "--charset=utf8", "--legal-comments=none", "--log-level=warning"];

/// What terser may do: nothing that could change what a script does.
const TERSER: [&str; 5] = ["--compress", "passes=2,ecma=2020", "--mangle", "--ecma", "2020"];

/// A bundle to be made.
pub(super) struct Bundle<'a> {
    toolchain: &'a Toolchain,
    esbuild: Command,
    is_module: bool,
}

impl<'a> Bundle<'a> {
    /// From an entry point.
    pub(super) fn new(toolchain: &'a Toolchain, entry: &Path) -> Self {
        let mut esbuild = toolchain.npm("esbuild");
        esbuild.arg(entry).arg(BROWSERS).args(COMMON);
        // The entry point may lie outside the workspace, where no node_modules is above it.
        esbuild.env("NODE_PATH", workspace::path("node_modules"));
        Self { toolchain, esbuild, is_module: false }
    }

    /// As a script or as a module.
    pub(super) fn format(mut self, format: &str) -> Self {
        self.esbuild.arg(format!("--format={format}"));
        self.is_module = format == "esm";
        self
    }

    /// Style sheets that are imported become strings.
    pub(super) fn styles_as_text(mut self) -> Self {
        self.esbuild.arg("--loader:.css=text");
        self
    }

    /// What a bare module name stands for.
    pub(super) fn alias(mut self, name: &str, file: &Path) -> Self {
        self.esbuild.arg(format!("--alias:{name}={}", file.display()));
        self
    }

    /// What stays an import, by the path that it is imported from.
    pub(super) fn external(mut self, pattern: &str) -> Self {
        self.esbuild.arg(format!("--external:{pattern}"));
        self
    }

    /// A name in the source that stands for a string.
    pub(super) fn define(mut self, name: &str, text: &str) -> Self {
        self.esbuild.arg(format!("--define:{name}=\"{text}\""));
        self
    }

    /// A name in the source that stands for true or false: what can't be reached is left out.
    pub(super) fn define_flag(mut self, name: &str, value: bool) -> Self {
        self.esbuild.arg(format!("--define:{name}={value}"));
        self
    }

    /// A name in the source that stands for nothing: what asks whether there is such a thing is left out.
    pub(super) fn define_absent(mut self, name: &str) -> Self {
        self.esbuild.arg(format!("--define:{name}=undefined"));
        self
    }

    /// A name in the source that stands for a list of strings.
    pub(super) fn define_list(mut self, name: &str, texts: &[&str]) -> Self {
        self.esbuild.arg(format!("--define:{name}={}", format_args!("{texts:?}")));
        self
    }

    /// Makes the bundle.
    ///
    /// # Errors
    ///
    /// When esbuild finds a mistake; it has printed where.
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
