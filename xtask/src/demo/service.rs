//! The collector of the demo: a child process, from its start to its end.

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

/// How long the collector may take until it listens.
const PATIENCE: Duration = Duration::from_secs(10);
/// How often the collector is looked after.
const GLANCE: Duration = Duration::from_millis(50);

/// A running collector.
pub(super) struct Service {
    child: Child,
    /// Where it listens, as browsers write it.
    pub(super) origin: String,
}

/// Something that is received once Ctrl-C is typed, or the process is asked to end in another way.
///
/// # Errors
///
/// When the system refuses to tell.
pub(super) fn stop_signal() -> Result<Receiver<()>> {
    let (sender, receiver) = channel();
    // Nobody listens any more when the demo is ending already.
    ctrlc::set_handler(move || {
        let _ = sender.send(());
    })
    .context("can't listen for Ctrl-C")?;
    Ok(receiver)
}

/// What builds a collector without optimisation, which reads what browsers fetch when it starts, and without the sealed side, which no survey
/// of the demo needs: the collector that is deployed takes several times as long to build.
pub(super) fn build() -> Command {
    let mut cargo = workspace::cargo();
    cargo.args(["build", "--quiet", "--package", "puls-collector", "--no-default-features"]);
    cargo
}

/// One of the collector's commands on a database, with the deployed surveys.
pub(super) fn collector(command: &str, database: &Path) -> Command {
    let mut collector = Command::new(workspace::target().join(format!("debug/puls-collector{EXE_SUFFIX}")));
    collector.arg(command).arg("--surveys").arg(workspace::dist().join("surveys"));
    collector.arg("--database").arg(format!("sqlite:{}", database.display()));
    collector
}

/// The first port from this one on that nothing listens on.
///
/// # Errors
///
/// When none is free.
pub(super) fn free_port(first: u16) -> Result<u16> {
    let free = |port: &u16| TcpListener::bind((Ipv4Addr::LOCALHOST, *port)).is_ok();
    (first..=u16::MAX).find(free).with_context(|| format!("no port from {first} on is free"))
}

impl Service {
    /// Starts the collector and waits until it listens.
    ///
    /// # Errors
    ///
    /// When no port is free, or it doesn't start.
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
                bail!("the collector doesn't listen on {address}");
            }
            sleep(GLANCE);
        }
        Ok(service)
    }

    /// Waits until it has to stop, and stops the collector.
    ///
    /// # Errors
    ///
    /// When the collector ends by itself.
    pub(super) fn run_until(&mut self, stop: &Receiver<()>) -> Result<()> {
        while stop.recv_timeout(GLANCE) == Err(RecvTimeoutError::Timeout) {
            self.still_running()?;
        }
        Ok(())
    }

    fn still_running(&mut self) -> Result<()> {
        match self.child.try_wait()? {
            Some(status) => bail!("the collector has ended with {status}"),
            None => Ok(()),
        }
    }
}

impl Drop for Service {
    /// Asks the collector to end gracefully, since the demo may have been ended by something other than Ctrl-C in a terminal.
    fn drop(&mut self) {
        if let Ok(id) = i32::try_from(self.child.id()) {
            // It may have ended in between, which is as good.
            let _ = kill(Pid::from_raw(id), Signal::SIGTERM);
            let _ = self.child.wait();
        }
    }
}
