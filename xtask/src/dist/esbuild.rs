//! Calls of esbuild: TypeScript and style sheets in, one small file out.

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

/// A bundle to be made.
pub(super) struct Bundle(Command);

impl Bundle {
    /// From an entry point.
    pub(super) fn new(toolchain: &Toolchain, entry: &Path) -> Self {
        let mut esbuild = toolchain.npm("esbuild");
        esbuild.arg(entry).arg(BROWSERS).args(COMMON);
        // The entry point may lie outside the workspace, where no node_modules is above it.
        esbuild.env("NODE_PATH", workspace::path("node_modules"));
        Self(esbuild)
    }

    /// As a script or as a module.
    pub(super) fn format(mut self, format: &str) -> Self {
        self.0.arg(format!("--format={format}"));
        self
    }

    /// Style sheets that are imported become strings.
    pub(super) fn styles_as_text(mut self) -> Self {
        self.0.arg("--loader:.css=text");
        self
    }

    /// What a bare module name stands for.
    pub(super) fn alias(mut self, name: &str, file: &Path) -> Self {
        self.0.arg(format!("--alias:{name}={}", file.display()));
        self
    }

    /// What stays an import, by the path that it is imported from.
    pub(super) fn external(mut self, pattern: &str) -> Self {
        self.0.arg(format!("--external:{pattern}"));
        self
    }

    /// A name in the source that stands for a string.
    pub(super) fn define(mut self, name: &str, text: &str) -> Self {
        self.0.arg(format!("--define:{name}=\"{text}\""));
        self
    }

    /// A name in the source that stands for true or false: what can't be reached is left out.
    pub(super) fn define_flag(mut self, name: &str, value: bool) -> Self {
        self.0.arg(format!("--define:{name}={value}"));
        self
    }

    /// A name in the source that stands for a list of strings.
    pub(super) fn define_list(mut self, name: &str, texts: &[&str]) -> Self {
        self.0.arg(format!("--define:{name}={}", format_args!("{texts:?}")));
        self
    }

    /// Makes the bundle.
    ///
    /// # Errors
    ///
    /// When esbuild finds a mistake; it has printed where.
    pub(super) fn write(mut self, to: &Path) -> Result<()> {
        shell::run(self.0.arg(format!("--outfile={}", to.display())))
    }
}
