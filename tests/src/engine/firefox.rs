use super::Driver;
use crate::dist::told;
use crate::process::Process;
use std::path::Path;
use std::process::Command;
use thirtyfour::prelude::*;

pub(super) fn driver(folder: &Path) -> Driver {
    let mut command = Command::new(told("GECKODRIVER"));
    // Its profile lies among temporary files, and what it keeps for all profiles in a home.
    command.args(["--port", "0"]).env("TMPDIR", folder).env("HOME", folder);
    let (process, port) = Process::start(&mut command, |line| {
        line.split_once("Listening on 127.0.0.1:")?.1.trim().parse().ok()
    });
    let mut capabilities = DesiredCapabilities::firefox();
    capabilities.set_firefox_binary(&told("FIREFOX")).expect("the browser's program");
    for flag in ["-headless", "--width=1280", "--height=900"] {
        capabilities.add_arg(flag).expect("a flag");
    }
    Driver { port, capabilities: capabilities.into(), processes: vec![process] }
}
