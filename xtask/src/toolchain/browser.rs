//! The browser of the tests, with the driver that steers it.

use std::env;
use std::path::PathBuf;

use anyhow::{Context, Result};

use super::apt::Need;

const BROWSERS: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const DRIVERS: [&str; 1] = ["chromedriver"];

/// A Chromium, or Chrome, and its driver.
pub(crate) struct Browser {
    /// The browser's program.
    pub(crate) chromium: PathBuf,
    /// The driver's program.
    pub(crate) chromedriver: PathBuf,
}

/// What `CHROMIUM` and `CHROMEDRIVER` say, else what lies on the path.
pub(super) fn find() -> Option<Browser> {
    let chromium = chosen("CHROMIUM").or_else(|| on_path(&BROWSERS))?;
    let chromedriver = chosen("CHROMEDRIVER").or_else(|| on_path(&DRIVERS))?;
    Some(Browser { chromium, chromedriver })
}

/// What to install where either is missing.
pub(super) fn need() -> Need {
    Need {
        purpose: "the tests in a browser",
        packages: &["chromium", "chromium-driver"],
        elsewhere: "(install Chromium or Chrome and its chromedriver, or say in CHROMIUM and CHROMEDRIVER where they are)",
    }
}

/// The browser that has just been installed.
///
/// # Errors
///
/// When it still isn't found.
pub(super) fn after_installing() -> Result<Browser> {
    find().context("Chromium was installed, but chromium and chromedriver aren't on the PATH")
}

fn chosen(variable: &str) -> Option<PathBuf> {
    env::var_os(variable).map(PathBuf::from).filter(|path| path.is_file())
}

fn on_path(names: &[&str]) -> Option<PathBuf> {
    let folders: Vec<_> = env::split_paths(&env::var_os("PATH")?).collect();
    let places = names.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
    places.into_iter().find(|place| place.is_file())
}
