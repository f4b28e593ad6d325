//! The demo's collector, a child process.

use std::env::consts::EXE_SUFFIX;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use crate::workspace;

/// How long the collector may take to start listening.
const PATIENCE: Duration = Duration::from_secs(10);
/// How often xtask looks whether the collector listens, or still runs.
const GLANCE: Duration = Duration::from_millis(50);

/// A running collector.
pub(super) struct Service {
    child: Child,
    /// Its origin.
    pub(super) origin: String,
}

/// A channel that receives a message when Ctrl-C is pressed, or the process is told to end in another way.
///
/// # Errors
///
/// If the system doesn't allow to listen for that.
pub(super) fn stop_signal() -> Result<Receiver<()>> {
    let (sender, receiver) = channel();
    // If the demo is ending already, nobody receives this.
    ctrlc::set_handler(move || {
        let _ = sender.send(());
    })
    .context("can't listen for Ctrl-C")?;
    Ok(receiver)
}

/// Builds a collector without optimisation and without the collecting of sealed surveys; it reads the files for
/// browsers when it starts. The deployed one takes several times as long to build, and no survey of the demo needs it.
pub(super) fn build() -> Command {
    let mut cargo = workspace::cargo();
    cargo.args(["build", "--quiet", "--package", "puls-collector", "--no-default-features"]);
    cargo
}

/// A command of the collector, on a database, with the deployed surveys.
pub(super) fn collector(command: &str, database: &Path) -> Command {
    let mut collector = Command::new(workspace::target().join(format!("debug/puls-collector{EXE_SUFFIX}")));
    collector.arg(command).arg("--surveys").arg(workspace::dist().join("surveys"));
    collector.arg("--database").arg(format!("sqlite:{}", database.display()));
    collector
}

/// The first free port from `first` on.
///
/// # Errors
///
/// If no port is free.
pub(super) fn free_port(first: u16) -> Result<u16> {
    let free = |port: &u16| TcpListener::bind((Ipv4Addr::LOCALHOST, *port)).is_ok();
    (first..=u16::MAX).find(free).with_context(|| format!("no port from {first} on is free"))
}

impl Service {
    /// Starts the collector and waits until it listens.
    ///
    /// # Errors
    ///
    /// If no port is free, or the collector doesn't start.
    pub(super) fn start(first_port: u16, token: &str, database: &Path) -> Result<Self> {
        let address = format!("127.0.0.1:{}", free_port(first_port)?);
        let mut command = collector("serve", database);
        let child = command.args(["--listen", &address, "--results-token", token]).spawn();
        let child = child.context("can't start the collector")?;
        let mut service = Self { child, origin: format!("http://{address}") };
        let begun = Instant::now();
        while TcpStream::connect(&address).is_err() {
            service.still_running()?;
            if begun.elapsed() > PATIENCE {
                bail!("the collector hasn't started listening on {address} within {} s", PATIENCE.as_secs());
            }
            sleep(GLANCE);
        }
        Ok(service)
    }

    /// Waits until `stop` receives something.
    ///
    /// # Errors
    ///
    /// If the collector ends by itself.
    pub(super) fn run_until(&mut self, stop: &Receiver<()>) -> Result<()> {
        while stop.recv_timeout(GLANCE) == Err(RecvTimeoutError::Timeout) {
            self.still_running()?;
        }
        Ok(())
    }

    fn still_running(&mut self) -> Result<()> {
        match self.child.try_wait()? {
            Some(status) => bail!("the collector ended by itself with {status}"),
            None => Ok(()),
        }
    }
}

impl Drop for Service {
    /// Asks the collector to end gracefully. Only Ctrl-C in a terminal reaches it by itself, and the demo may end in
    /// another way.
    fn drop(&mut self) {
        if let Ok(id) = i32::try_from(self.child.id()) {
            // This fails if the collector has just ended, which is fine.
            let _ = kill(Pid::from_raw(id), Signal::SIGTERM);
            let _ = self.child.wait();
        }
    }
}
