//! A step of the build, which is done again only if what it reads has changed.
//!
//! The contents of files count, not their times, so a checkout or a copy of the same files repeats nothing.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

use crate::{shell, workspace};

/// One step.
pub(super) struct Step<'a> {
    /// A title for people.
    pub(super) title: &'a str,
    /// The name of the file that marks it as done.
    pub(super) name: &'a str,
    /// Files and folders that it reads.
    pub(super) inputs: Vec<PathBuf>,
    /// Everything else that its result depends on.
    pub(super) settings: &'a str,
    /// What it makes. If this is missing, the step is done in any case.
    pub(super) output: PathBuf,
}

impl Step<'_> {
    /// Does the action, unless its result is up to date.
    ///
    /// # Errors
    ///
    /// If an input can't be read, or the action fails.
    pub(super) fn unless_done(&self, action: impl FnOnce() -> Result<()>) -> Result<()> {
        let fingerprint = self.fingerprint()?;
        let mark = workspace::target().join("dist").join(self.name);
        if self.output.exists() && fs::read_to_string(&mark).is_ok_and(|seen| seen == fingerprint) {
            println!("{}: unchanged", self.title);
            return Ok(());
        }
        // A step that fails halfway must not count as done.
        let _ = fs::remove_file(&mark);
        shell::timed(&format!("{}…", self.title), action)?;
        fs::create_dir_all(workspace::target().join("dist"))?;
        fs::write(&mark, fingerprint).with_context(|| format!("can't write {}", mark.display()))
    }

    fn fingerprint(&self) -> Result<String> {
        let mut digest = Sha256::new();
        digest.update(self.settings);
        for file in files(&self.inputs)? {
            let content = fs::read(&file).with_context(|| format!("can't read {}", file.display()))?;
            digest.update(file.as_os_str().as_encoded_bytes());
            digest.update(content.len().to_le_bytes());
            digest.update(content);
        }
        Ok(super::asset::hex(&digest.finalize()))
    }
}

/// All files in the given places, in an order that doesn't depend on the file system.
fn files(places: &[PathBuf]) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for place in places {
        collect(place, &mut found)?;
    }
    found.sort();
    Ok(found)
}

fn collect(place: &Path, found: &mut Vec<PathBuf>) -> Result<()> {
    if !place.is_dir() {
        found.push(place.to_owned());
        return Ok(());
    }
    for entry in fs::read_dir(place).with_context(|| format!("can't list {}", place.display()))? {
        collect(&entry?.path(), found)?;
    }
    Ok(())
}
