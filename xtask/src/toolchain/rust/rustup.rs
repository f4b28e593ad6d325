//! Rust from rustup: a nightly with the standard library's source, or the stable target.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use super::{WasmRust, is_new_enough};
use crate::shell;

const TARGET: &str = "wasm32-unknown-unknown";
const SOURCE: &str = "lib/rustlib/src/rust/library/std/Cargo.toml";
/// How long a download may take. A slow network needs this long; a blocked one shouldn't keep anybody waiting longer.
const LIMIT: Duration = Duration::from_secs(180);

/// An installed nightly with the standard library's source.
pub(super) fn find_with_source() -> Option<WasmRust> {
    nightlies().into_iter().find_map(|toolchain| {
        let sysroot = shell::ask("rustup", &["run", &toolchain, "rustc", "--print", "sysroot"])?;
        Path::new(&sysroot).join(SOURCE).is_file().then(|| from(toolchain, true)).flatten()
    })
}

/// The current toolchain, if the target is installed.
pub(super) fn find_target() -> Option<WasmRust> {
    let active = shell::ask("rustup", &["show", "active-toolchain"])?;
    let installed = shell::ask("rustup", &["target", "list", "--installed"])?;
    installed.lines().find(|target| *target == TARGET)?;
    from(active.split_whitespace().next()?.to_owned(), false)
}

/// Fetches the standard library's source for the installed nightly, or else a nightly with it; `None` if rustup can't
/// reach the network.
pub(super) fn fetch_with_source() -> Option<WasmRust> {
    shell::ask("rustup", &["--version"])?;
    let nightlies = nightlies();
    let arguments = match nightlies.first() {
        Some(nightly) => vec!["component", "add", "rust-src", "--toolchain", nightly],
        None => vec!["toolchain", "install", "nightly", "--profile", "minimal", "--component", "rust-src"],
    };
    fetch("the standard library's source", &arguments).then(find_with_source).flatten()
}

/// Fetches the target for the current toolchain; `None` if rustup can't reach the network.
pub(super) fn fetch_target() -> Option<WasmRust> {
    shell::ask("rustup", &["--version"])?;
    fetch("the target", &["target", "add", TARGET]).then(find_target).flatten()
}

/// The first installed nightly that is new enough, and its version.
pub(super) fn nightly() -> Option<(String, String)> {
    nightlies()
        .into_iter()
        .find_map(|toolchain| Some((toolchain.clone(), from(toolchain, false)?.description)))
}

fn nightlies() -> Vec<String> {
    let listed = shell::ask("rustup", &["toolchain", "list", "--quiet"]).unwrap_or_default();
    listed.lines().filter(|name| name.starts_with("nightly")).map(str::to_owned).collect()
}

fn from(toolchain: String, builds_std: bool) -> Option<WasmRust> {
    let version = shell::ask("rustup", &["run", &toolchain, "rustc", "--version"])?;
    if !is_new_enough(version.split_whitespace().nth(1)?) {
        return None;
    }
    let library = if builds_std { "" } else { ", with the prebuilt standard library" };
    Some(WasmRust {
        description: format!("rustup's {version}{library}"),
        builds_std,
        first_on_path: None,
        variables: vec![("RUSTUP_TOOLCHAIN", toolchain)],
    })
}

fn fetch(what: &str, arguments: &[&str]) -> bool {
    shell::heading(&format!("Fetching {what} for WebAssembly: rustup {}", arguments.join(" ")));
    let mut rustup = Command::new("rustup");
    let fetched = shell::attempt(rustup.args(arguments).env("RUSTUP_MAX_RETRIES", "0"), LIMIT);
    println!("    {}", if fetched { "done" } else { "couldn't be fetched" });
    fetched
}
