//! Measures the size of a file on its way to a browser, and makes the compressed files that are served.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use brotli::enc::BrotliEncoderParams;
use flate2::{Compression, GzBuilder};

const COMPRESSIBLE: [&str; 6] = ["css", "html", "js", "json", "svg", "wasm"];

/// A file's size in bytes.
#[derive(Clone, Copy, Default)]
pub(crate) struct Sizes {
    /// Uncompressed.
    pub(crate) raw: usize,
    /// Compressed by gzip at its best.
    pub(crate) gzip: usize,
    /// Compressed by brotli at quality 11.
    pub(crate) brotli: usize,
}

impl Sizes {
    /// Measures a file, by the compressed files beside it if there are any, or else by compressing it.
    ///
    /// # Errors
    ///
    /// If it can't be read.
    pub(crate) fn of(file: &Path) -> Result<Self> {
        let content = fs::read(file).with_context(|| format!("can't read {}", file.display()))?;
        let beside = |suffix| fs::read(with_suffix(file, suffix));
        Ok(Self {
            raw: content.len(),
            gzip: beside("gz").or_else(|_| gzip(&content))?.len(),
            brotli: beside("br").or_else(|_| brotli(&content))?.len(),
        })
    }
}

impl std::ops::Add for Sizes {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self { raw: self.raw + other.raw, gzip: self.gzip + other.gzip, brotli: self.brotli + other.brotli }
    }
}

/// Puts a `.br` and a `.gz` beside every compressible file in a folder.
///
/// # Errors
///
/// If a file can't be read or written.
pub(super) fn all_in(folder: &Path) -> Result<()> {
    for entry in fs::read_dir(folder).with_context(|| format!("can't list {}", folder.display()))? {
        let path = entry?.path();
        if path.is_dir() {
            all_in(&path)?;
        } else if is_compressible(&path) {
            let content = fs::read(&path)?;
            fs::write(with_suffix(&path, "br"), brotli(&content)?)?;
            fs::write(with_suffix(&path, "gz"), gzip(&content)?)?;
        }
    }
    Ok(())
}

fn is_compressible(path: &Path) -> bool {
    path.extension()
        .and_then(|extension| extension.to_str())
        .is_some_and(|extension| COMPRESSIBLE.contains(&extension))
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(suffix);
    name.into()
}

fn brotli(content: &[u8]) -> io::Result<Vec<u8>> {
    let parameters = BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        size_hint: content.len(),
        ..BrotliEncoderParams::default()
    };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut &*content, &mut compressed, &parameters)?;
    Ok(compressed)
}

/// Compresses without a time or a name, so the same content always gives the same bytes.
fn gzip(content: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = GzBuilder::new().mtime(0).write(Vec::new(), Compression::best());
    encoder.write_all(content)?;
    encoder.finish()
}
