//! The browsers of the tests, and their drivers.

use std::env;
use std::path::PathBuf;

use anyhow::{Context, Result};

use super::apt::{self, Need};
use super::cargo_tool::{self, CargoTool};

/// The programs that tests start, each with the environment variable that tells tests its path.
pub(crate) type Programs = Vec<(&'static str, PathBuf)>;

/// A browser and its driver.
struct Browser {
    /// The environment variable of each program, and the program's possible names on the path.
    programs: &'static [(&'static str, &'static [&'static str])],
    need: Need,
}

const CHROMIUM: Browser = Browser {
    programs: &[
        ("CHROMIUM", &["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]),
        ("CHROMEDRIVER", &["chromedriver"]),
    ],
    need: Need {
        purpose: "the tests in Chromium",
        packages: &["chromium", "chromium-driver"],
        elsewhere: "(install Chromium or Chrome and its chromedriver, or say in CHROMIUM and CHROMEDRIVER where they are)",
    },
};

/// Debian has no package with its driver, so cargo builds that.
const FIREFOX: Browser = Browser {
    programs: &[("FIREFOX", &["firefox-esr", "firefox"])],
    need: Need {
        purpose: "the tests in Firefox",
        packages: &["firefox-esr"],
        elsewhere: "(install Firefox, or say in FIREFOX where it is)",
    },
};

/// The driver finds its browser itself. The browser needs a screen, so Xvfb provides one.
const WEBKITGTK: Browser = Browser {
    programs: &[("WEBKITDRIVER", &["WebKitWebDriver"]), ("XVFB", &["Xvfb"])],
    need: Need {
        purpose: "the tests in WebKitGTK",
        packages: &["webkit2gtk-driver", "xvfb"],
        elsewhere: "(install WebKitGTK's WebKitWebDriver and Xvfb, or say in WEBKITDRIVER and XVFB where they are)",
    },
};

const GECKODRIVER: CargoTool<'_> = CargoTool {
    package: "geckodriver",
    version: "0.37.1",
    program: "geckodriver",
    purpose: "steers Firefox in the tests",
};

/// Finds or installs Chromium, the only browser that measurements need.
///
/// # Errors
///
/// If it is missing and can't be installed; the message lists the commands to type.
pub(crate) fn chromium() -> Result<Programs> {
    ensure(&[CHROMIUM])
}

/// Finds or installs all browsers of the tests.
///
/// # Errors
///
/// If one is missing and can't be installed; the message lists the commands to type.
pub(crate) fn all() -> Result<Programs> {
    let mut programs = ensure(&[CHROMIUM, FIREFOX, WEBKITGTK])?;
    let geckodriver = match find("GECKODRIVER", &["geckodriver"]) {
        Some(found) => found,
        None => cargo_tool::ensure(&GECKODRIVER)?.join("geckodriver"),
    };
    programs.push(("GECKODRIVER", geckodriver));
    Ok(programs)
}

fn ensure(browsers: &[Browser]) -> Result<Programs> {
    let missing = browsers.iter().filter(|browser| browser.find().is_none());
    apt::install(&missing.map(|browser| browser.need).collect::<Vec<_>>())?;
    let found = |browser: &Browser| {
        browser.find().with_context(|| {
            format!("the programs that were just installed for {} aren't on the PATH", browser.need.purpose)
        })
    };
    Ok(browsers.iter().map(found).collect::<Result<Vec<_>>>()?.concat())
}

impl Browser {
    /// All of its programs; `None` if one is missing.
    fn find(&self) -> Option<Programs> {
        self.programs.iter().map(|(variable, names)| Some((*variable, find(variable, names)?))).collect()
    }
}

/// The program at the variable's path, or else on the PATH.
fn find(variable: &str, names: &[&str]) -> Option<PathBuf> {
    env::var_os(variable).map(PathBuf::from).filter(|path| path.is_file()).or_else(|| on_path(names))
}

fn on_path(names: &[&str]) -> Option<PathBuf> {
    let folders: Vec<_> = env::split_paths(&env::var_os("PATH")?).collect();
    let places = names.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
    places.into_iter().find(|place| place.is_file())
}
