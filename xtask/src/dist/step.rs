//! A step of the build: done again only when what it reads has changed.
//!
//! Contents count, not times, so that a checkout or a copy of the same files does nothing again.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

use crate::{shell, workspace};

/// One step.
pub(super) struct Step<'a> {
    /// What it makes, for people.
    pub(super) title: &'a str,
    /// Its file name for the mark of what it read.
    pub(super) name: &'a str,
    /// Files and folders that it reads.
    pub(super) inputs: Vec<PathBuf>,
    /// What else its result depends on.
    pub(super) settings: &'a str,
    /// What it makes: where this is missing, the step is done whatever else holds.
    pub(super) output: PathBuf,
}

impl Step<'_> {
    /// Does the action unless its result is there already.
    ///
    /// # Errors
    ///
    /// When an input can't be read, or the action fails.
    pub(super) fn unless_done(&self, action: impl FnOnce() -> Result<()>) -> Result<()> {
        let fingerprint = self.fingerprint()?;
        let mark = workspace::target().join("dist").join(self.name);
        if self.output.exists() && fs::read_to_string(&mark).is_ok_and(|seen| seen == fingerprint) {
            println!("{}: unchanged", self.title);
            return Ok(());
        }
        // A step that fails half-way mustn't count as done.
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
