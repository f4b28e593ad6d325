use super::Driver;
use crate::dist::told;
use crate::process::Process;
use serde_json::json;
use std::path::Path;
use std::process::Command;
use thirtyfour::prelude::*;
use thirtyfour::{ChromiumLikeCapabilities, LoggingPrefsLogLevel};

/// What it needs to run as root and without a screen, and to make no connections of its own.
const FLAGS: [&str; 9] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--window-size=1280,900",
    // A site by a name, without HTTPS: what browsers call an insecure context.
    "--host-resolver-rules=MAP shop.test 127.0.0.1",
];

pub(super) fn driver(folder: &Path) -> Driver {
    let mut command = Command::new(told("CHROMEDRIVER"));
    command.arg("--port=0").env("TMPDIR", folder);
    let (process, port) = Process::start(&mut command, |line| {
        line.split_once("started successfully on port ")?.1.trim_end_matches('.').parse().ok()
    });
    Driver { port, capabilities: capabilities(folder), processes: vec![process] }
}

fn capabilities(folder: &Path) -> Capabilities {
    let mut capabilities = DesiredCapabilities::chrome();
    let path = folder.join("profile");
    let flags = FLAGS.iter().map(ToString::to_string).chain([format!("--user-data-dir={}", path.display())]);
    for flag in flags {
        capabilities.add_arg(&flag).expect("a flag");
    }
    capabilities.set_binary(&told("CHROMIUM")).expect("the browser's program");
    // Else it starts with a page of its own, which keeps it busy.
    let blank = json!({ "session": { "restore_on_startup": 4, "startup_urls": ["about:blank"] } });
    capabilities.add_experimental_option("prefs", blank).expect("preferences");
    for log in ["browser", "performance"] {
        capabilities.set_logging_prefs(log, LoggingPrefsLogLevel::All).expect("a log");
    }
    capabilities.into()
}
