//! The engines that browsers are made of, and how each is started.

mod chromium;
mod firefox;
mod webkitgtk;

use crate::process::Process;
use std::path::Path;
use thirtyfour::Capabilities;

/// One of the three.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// Chromium's, Blink. It alone has developer tools that tests can ask for more than WebDriver offers.
    Chromium,
    /// Firefox's, Gecko.
    Firefox,
    /// WebKit as GTK has it, in the small browser that comes with it.
    WebKitGtk,
}

/// A driver that waits for a session to be opened.
pub(crate) struct Driver {
    /// The port that it listens at.
    pub(crate) port: u16,
    /// What a session is asked for with.
    pub(crate) capabilities: Capabilities,
    /// The driver, and then what it stands on.
    pub(crate) processes: Vec<Process>,
}

impl Engine {
    /// Starts the driver of a browser that keeps all its files in `folder`.
    pub(crate) async fn driver(self, folder: &Path) -> Driver {
        match self {
            Self::Chromium => chromium::driver(folder),
            Self::Firefox => firefox::driver(folder),
            Self::WebKitGtk => webkitgtk::driver(folder).await,
        }
    }
}
