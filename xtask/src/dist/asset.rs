//! Files that have the hash of their content in their names, so browsers may keep them for ever.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

/// How many bytes of the hash are in a name: enough to tell any two versions apart.
pub(super) const BYTES_IN_NAME: usize = 5;

/// A file among the assets.
pub(super) struct Asset {
    /// Its path below `dist/web`, such as `assets/widget-ab12cd34ef.js`.
    pub(super) path: String,
    /// The hash that a browser checks, such as `sha256-BASE64`.
    pub(super) integrity: String,
}

/// Copies a file to the assets in `web`, under a name with its hash.
///
/// # Errors
///
/// If it can't be read or written.
pub(super) fn place(file: &Path, web: &Path, name: &str, extension: &str) -> Result<Asset> {
    let content = fs::read(file).with_context(|| format!("can't read {}", file.display()))?;
    let digest = Sha256::digest(&content);
    let short = hex(digest.get(..BYTES_IN_NAME).unwrap_or_default());
    let path = format!("assets/{name}-{short}.{extension}");
    let place = web.join(&path);
    fs::write(&place, content).with_context(|| format!("can't write {}", place.display()))?;
    Ok(Asset { path, integrity: format!("sha256-{}", STANDARD.encode(digest)) })
}

/// Bytes in lower-case hexadecimal.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
