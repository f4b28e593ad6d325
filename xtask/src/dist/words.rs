//! The widget's own words: one file for each language among the assets, with one hash for all in their names, so that the
//! glue needs to know just that and the languages.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

use super::asset::{BYTES_IN_NAME, hex};

/// Where the files are.
pub(super) struct Words {
    /// Their path below `dist/web` up to the language.
    pub(super) prefix: String,
    /// The languages, separated by spaces.
    pub(super) languages: String,
}

/// Puts the files in `from` among the assets in `web`.
///
/// # Errors
///
/// When one can't be read or written.
pub(super) fn place(from: &Path, web: &Path) -> Result<Words> {
    let mut files = Vec::new();
    for entry in fs::read_dir(from).with_context(|| format!("can't list {}", from.display()))? {
        let path = entry?.path();
        let language = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        files.push((language, fs::read(&path).with_context(|| format!("can't read {}", path.display()))?));
    }
    files.sort();
    let mut hash = Sha256::new();
    files.iter().for_each(|(_, content)| hash.update(content));
    let prefix = format!("assets/words-{}-", hex(hash.finalize().get(..BYTES_IN_NAME).unwrap_or_default()));
    for (language, content) in &files {
        fs::write(web.join(format!("{prefix}{language}.json")), content)?;
    }
    let languages: Vec<&str> = files.iter().map(|(language, _)| language.as_str()).collect();
    Ok(Words { prefix, languages: languages.join(" ") })
}
