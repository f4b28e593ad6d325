//! Has the collector built again when what it carries has changed: the files for browsers, and the migrations.

use std::env;

fn main() {
    // A debug build reads the files when it starts. A release build carries them, and cargo knows of
    // those alone that were there last time; a folder that doesn't exist counts as changed.
    let carried = env::var_os("PROFILE").is_some_and(|profile| profile == "release");
    let watched = if carried { "../dist/web" } else { "build.rs" };
    println!("cargo::rerun-if-changed={watched}");
    // The compiler by itself doesn't notice a file that is new.
    println!("cargo::rerun-if-changed=migrations");
}
