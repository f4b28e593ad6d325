//! Rust from Debian's packages `rustc-web`, `cargo-web` and `rust-web-src`, with an `lld-N` to link.

use std::fs;
use std::path::Path;

use super::{WasmRust, is_new_enough};
use crate::shell;

const BINARIES: &str = "/usr/bin";
const SOURCE: &str = "/usr/lib/rustlib/src/rust/library/std/Cargo.toml";

/// The installed packages, if they are complete and new enough.
pub(super) fn find() -> Option<WasmRust> {
    let version = shell::ask("/usr/bin/rustc", &["--version", "--verbose"])?;
    let complete = Path::new("/usr/bin/cargo").is_file() && Path::new(SOURCE).is_file();
    if !complete || !is_new_enough(field(&version, "release: ")?) {
        return None;
    }
    let linker = linker(field(&version, "LLVM version: ")?)?;
    Some(WasmRust {
        description: format!("Debian's {}, {linker}", version.lines().next()?),
        builds_std: true,
        first_on_path: Some(BINARIES),
        variables: vec![
            // Building the standard library is an unstable feature, and this compiler counts as stable.
            ("RUSTC_BOOTSTRAP", "1".to_owned()),
            ("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker),
        ],
    })
}

fn field<'a>(version: &'a str, name: &str) -> Option<&'a str> {
    version.lines().find_map(|line| line.strip_prefix(name))
}

/// The linker of the compiler's own LLVM version, or else the newest one.
fn linker(llvm: &str) -> Option<String> {
    let own = llvm.split('.').next()?.parse::<u32>().ok();
    let names = fs::read_dir(BINARIES).ok()?.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let versions = names.filter_map(|name| name.strip_prefix("wasm-ld-")?.parse::<u32>().ok());
    let best = versions.max_by_key(|version| (Some(*version) == own, *version))?;
    Some(format!("wasm-ld-{best}"))
}
