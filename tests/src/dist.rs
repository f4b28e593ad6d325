use std::env;
use std::path::{Path, PathBuf};

/// A path below `dist/`, all that is deployed.
///
/// # Panics
///
/// When the tests weren't started by the command that builds it.
pub fn dist(below: &str) -> PathBuf {
    Path::new(&told("PULS_DIST")).join(below)
}

/// The path, below the collector's origin, of the asset whose name begins and ends so.
///
/// # Panics
///
/// When there isn't exactly one.
pub fn asset(begin: &str, end: &str) -> String {
    let files = std::fs::read_dir(dist("web/assets")).expect("the assets in dist/").map_while(Result::ok);
    let names = files.filter_map(|file| file.file_name().into_string().ok());
    let found: Vec<String> = names.filter(|name| name.starts_with(begin) && name.ends_with(end)).collect();
    let [name] = &found[..] else { panic!("{begin}…{end}: {found:?}") };
    format!("assets/{name}")
}

/// The script of axe, the accessibility checker.
///
/// # Panics
///
/// When it isn't there.
pub fn axe() -> String {
    let path = told("PULS_AXE");
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// What `cargo xtask test` tells by the environment.
pub(crate) fn told(variable: &str) -> String {
    env::var(variable).unwrap_or_else(|_| panic!("{variable} isn't set: run `cargo xtask test` instead"))
}
