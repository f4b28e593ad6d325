//! Tells cargo to build the collector again when the files that it carries have changed: those for browsers, and the
//! migrations.

use std::env;
use std::path::Path;

fn main() {
    // A debug build reads the files for browsers when it starts, so nothing has to be built again; a release build
    // carries them. cargo only knows the files that it saw last time, so a new one doesn't count, but a folder that
    // doesn't exist counts as changed.
    let carried = env::var_os("PROFILE").is_some_and(|profile| profile == "release");
    // Compiled while there is no such folder, it would look for no files ever after.
    let watched = if carried || !Path::new("../dist/web").is_dir() { "../dist/web" } else { "build.rs" };
    println!("cargo::rerun-if-changed={watched}");
    // Without this, cargo doesn't notice a new migration.
    println!("cargo::rerun-if-changed=migrations");
}
