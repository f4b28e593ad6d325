//! Builds the files with the widget's own words: one for each of its builds and each language. All files of a build
//! have the same hash in their names, so the glue only needs to know that hash and the languages.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::asset::{BYTES_IN_NAME, hex};

/// The names of the files.
pub(super) struct Words {
    /// Their path below `dist/web` up to the language.
    pub(super) prefix: String,
    /// The languages, separated by spaces.
    pub(super) languages: String,
}

/// The key of the words that only the full build needs.
const FULL: &str = "full";

/// Copies the words in `from` to the assets in `web`. If `is_plain`, it leaves out those that only the full build
/// needs.
///
/// # Errors
///
/// If a file can't be read or written, or isn't JSON.
pub(super) fn place(from: &Path, web: &Path, is_plain: bool) -> Result<Words> {
    let mut files = Vec::new();
    for entry in fs::read_dir(from).with_context(|| format!("can't list {}", from.display()))? {
        let path = entry?.path();
        let language = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let file = fs::read_to_string(&path).with_context(|| format!("can't read {}", path.display()))?;
        let words = words(&file, is_plain).with_context(|| format!("{} isn't JSON", path.display()))?;
        files.push((language, words));
    }
    files.sort();
    let mut hash = Sha256::new();
    files.iter().for_each(|(_, content)| hash.update(content));
    let name = if is_plain { "plain-words" } else { "words" };
    let prefix = format!("assets/{name}-{}-", hex(hash.finalize().get(..BYTES_IN_NAME).unwrap_or_default()));
    for (language, content) in &files {
        fs::write(web.join(format!("{prefix}{language}.json")), content)?;
    }
    let languages: Vec<&str> = files.iter().map(|(language, _)| language.as_str()).collect();
    Ok(Words { prefix, languages: languages.join(" ") })
}

/// The words as one level of keys, without those of the full build if `is_plain`.
fn words(file: &str, is_plain: bool) -> serde_json::Result<String> {
    let mut words: serde_json::Map<String, Value> = serde_json::from_str(file)?;
    if let Some(Value::Object(full)) = words.remove(FULL).filter(|_| !is_plain) {
        words.extend(full);
    }
    serde_json::to_string(&words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_words_lack_those_of_the_full_build() {
        let file = r#"{"back": "Back", "full": {"start": "Start"}}"#;
        assert_eq!(words(file, true).unwrap(), r#"{"back":"Back"}"#);
        assert_eq!(words(file, false).unwrap(), r#"{"back":"Back","start":"Start"}"#);
        assert!(words("{", true).is_err());
    }
}
