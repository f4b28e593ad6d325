//! The tools that building and testing need besides the Rust that runs xtask. Each is found if it is installed, and
//! installed if not.
//!
//! Rust for WebAssembly comes from rustup or Debian's packages. Command-line tools are built by `cargo install` into a
//! cache per user. JavaScript tools come from `npm ci`, and Node.js and browsers from the system's packages.

mod apt;
pub(crate) mod browser;
mod cargo_tool;
pub(crate) mod fuzzer;
mod npm;
mod rust;

use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;

use self::cargo_tool::CargoTool;
use self::rust::WasmRust;
use crate::workspace;

/// The tools of a build.
pub(crate) struct Toolchain {
    rust: WasmRust,
    tools: Vec<PathBuf>,
}

/// Finds or installs the tools of a build.
///
/// # Errors
///
/// If something is missing and can't be installed; the message lists the commands to type.
pub(crate) fn for_build() -> Result<Toolchain> {
    let found = rust::find_or_fetch();
    let mut needs: Vec<_> = npm::missing().into_iter().collect();
    if found.is_none() {
        needs.push(rust::need());
    }
    apt::install(&needs)?;
    let rust = found.map_or_else(rust::after_installing, Ok)?;
    npm::install_parts()?;
    let wasm_bindgen = CargoTool {
        package: "wasm-bindgen-cli",
        version: &workspace::locked_version("wasm-bindgen")?,
        program: "wasm-bindgen",
        purpose: "makes the glue between WebAssembly and JavaScript",
    };
    let wasm_pack = CargoTool {
        package: "wasm-pack",
        version: "0.15.1",
        program: "wasm-pack",
        purpose: "builds browser packages",
    };
    let tools = vec![cargo_tool::ensure(&wasm_bindgen)?, cargo_tool::ensure(&wasm_pack)?, npm::binaries()];
    Ok(Toolchain { rust, tools })
}

impl Toolchain {
    /// Describes the Rust that builds the WebAssembly, for people and for the marks of finished steps.
    pub(crate) fn description(&self) -> &str {
        &self.rust.description
    }

    /// A `wasm-pack` command that builds WebAssembly as small as this machine can.
    pub(crate) fn wasm_pack(&self) -> Command {
        let mut command = Command::new("wasm-pack");
        self.rust.prepare(&mut command, &self.tools);
        command
    }

    /// A command for a program of the npm packages, to be run in the root.
    pub(crate) fn npm(&self, program: &str) -> Command {
        let mut command = Command::new(npm::binaries().join(program));
        command.current_dir(workspace::root());
        command
    }
}
