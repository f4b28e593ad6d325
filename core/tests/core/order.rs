//! The modules stand in the order in which data flows, in `lib.rs`, and each one uses only those above it.

use std::fs;
use std::path::{Path, PathBuf};

#[test]
fn modules_use_only_those_above_them() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let modules = declared(&fs::read_to_string(source.join("lib.rs")).unwrap());
    let mut uses = 0;
    for (place, module) in modules.iter().enumerate() {
        for file in files(&source, module) {
            for line in fs::read_to_string(&file).unwrap().lines() {
                for used in used(line) {
                    assert!(!used.is_empty(), "{} names several modules at once: {line}", file.display());
                    let Some(above) = modules.iter().position(|known| known == used) else { continue };
                    assert!(above <= place, "{} uses `{used}`, which stands below: {line}", file.display());
                    uses += usize::from(above < place);
                }
            }
        }
    }
    assert!(uses > modules.len(), "only {uses} uses were found");
}

/// The crate's modules, in their order.
fn declared(lib: &str) -> Vec<String> {
    let module = |line: &str| {
        let name = line.strip_prefix("pub ").unwrap_or(line).strip_prefix("mod ")?;
        Some(name.strip_suffix(';')?.to_owned())
    };
    lib.lines().filter_map(module).collect()
}

/// A module's file, and those of the modules in it.
fn files(source: &Path, module: &str) -> Vec<PathBuf> {
    let mut files = vec![source.join(module).with_extension("rs")];
    let mut folders = vec![source.join(module)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    files
}

/// What a line of code names by its way from the crate's root; comments may point ahead.
fn used(line: &str) -> impl Iterator<Item = &str> {
    let code = line.split("//").next().unwrap_or_default();
    let is_name = |character: char| character == '_' || character.is_ascii_alphanumeric();
    code.split("crate::").skip(1).map(move |rest| rest.split(|character| !is_name(character)).next().unwrap())
}
