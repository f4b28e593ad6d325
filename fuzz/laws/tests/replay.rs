//! What the fuzzer has left, and what else the repository has of the kind, run again through the same laws.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test says what it was at when it failed"
)]

use puls_laws::Verdict;
use std::path::{Path, PathBuf};

/// Runs all files of some folders; there have to be inputs that are taken and such as are refused.
fn replay(law: fn(&[u8]) -> Verdict, folders: &[&str]) {
    let (mut taken, mut refused) = (0, 0);
    for file in folders.iter().flat_map(|folder| files(folder)) {
        println!("{}", file.display());
        match law(&std::fs::read(&file).unwrap()) {
            Verdict::Taken => taken += 1,
            Verdict::Refused => refused += 1,
        }
    }
    assert!(taken > 0 && refused > 0, "{taken} taken, {refused} refused");
}

/// The files of a folder of the repository, in the same order each time.
fn files(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(folder);
    let entries = std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

#[test]
fn the_law_of_definitions_holds_of_what_is_kept() {
    replay(puls_laws::definition, &["fuzz/corpus/definition", "surveys", "fuzz/laws/surveys"]);
}

#[test]
fn the_law_of_releases_holds_of_what_is_kept() {
    replay(puls_laws::release, &["fuzz/corpus/release", "core/tests/wire"]);
}

#[test]
fn the_law_of_dap_holds_of_what_is_kept() {
    replay(puls_laws::dap, &["fuzz/corpus/dap"]);
}
