use super::Driver;
use crate::dist::told;
use crate::process::Process;
use crate::until;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::Path;
use std::process::Command;
use thirtyfour::Capabilities;

pub(super) async fn driver(folder: &Path) -> Driver {
    let (screen, display) = screen();
    let port = free_port();
    let mut command = Command::new(told("WEBKITDRIVER"));
    command.arg(format!("--port={port}"));
    command
        .env("DISPLAY", format!(":{display}"))
        .env("GDK_BACKEND", "x11")
        .env("HOME", folder)
        .env("TMPDIR", folder);
    let process = Process::start_silent(&mut command);
    until("WebKit's driver", async || {
        TcpStream::connect((Ipv4Addr::LOCALHOST, port)).map(drop).map_err(|error| error.to_string())
    })
    .await;
    Driver { port, capabilities: Capabilities::new(), processes: vec![process, screen] }
}

/// A screen in memory, which WebKit doesn't do without, and its number.
fn screen() -> (Process, u32) {
    let mut command = Command::new(told("XVFB"));
    // It picks a number that is free, and prints it.
    command.args(["-displayfd", "1", "-nolisten", "tcp", "-screen", "0", "1280x900x24"]);
    Process::start(&mut command, |line| line.trim().parse().ok())
}

/// The driver can't choose one by itself.
fn free_port() -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
    listener.local_addr().expect("an address").port()
}
