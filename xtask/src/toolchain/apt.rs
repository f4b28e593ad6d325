//! Installs Debian's packages where that is allowed, and otherwise names them in a message.

use std::process::Command;

use anyhow::{Result, bail};

use crate::shell;

/// Stands for the newest `lld-N` that apt offers. A linker also reads what older compilers wrote.
pub(super) const NEWEST_LLD: &str = "lld-N";

const INSTALL: [&str; 4] = ["-q", "install", "--yes", "--no-install-recommends"];

/// Packages that are missing.
#[derive(Clone, Copy)]
pub(super) struct Need {
    /// What they are for, to be written after 'Installing … for'.
    pub(super) purpose: &'static str,
    /// The Debian packages.
    pub(super) packages: &'static [&'static str],
    /// What to type or do on a system without apt.
    pub(super) elsewhere: &'static str,
}

/// Installs the packages for all needs at once.
///
/// # Errors
///
/// If they can't be installed from here; the message lists the commands to type.
pub(super) fn install(needs: &[Need]) -> Result<()> {
    if needs.is_empty() {
        return Ok(());
    }
    if shell::ask("apt-get", &["--version"]).is_none() {
        bail!("{}", advice(needs, &lines(needs, |need| need.elsewhere)));
    }
    let Some(prefix) = prefix() else {
        let install = format!("sudo apt-get install --no-install-recommends {}", packages(needs).join(" "));
        bail!("{}", advice(needs, &format!("sudo apt-get update\n{install}")));
    };
    shell::timed("Reading the lists of Debian's packages", || {
        shell::run(apt_get(prefix).args(["-qq", "update"]))
    })?;
    let packages = packages(needs);
    let text = format!("Installing {} for {}", packages.join(", "), purposes(needs));
    shell::timed(&text, || shell::run(apt_get(prefix).args(INSTALL).args(&packages)))
}

/// The prefix of `apt-get`: nothing for root, sudo if it asks for no password; `None` if neither applies.
fn prefix() -> Option<&'static [&'static str]> {
    if shell::ask("id", &["-u"]).as_deref() == Some("0") {
        return Some(&[]);
    }
    shell::ask("sudo", &["-n", "true"]).map(|_| ["sudo", "-n"].as_slice())
}

fn apt_get(prefix: &[&str]) -> Command {
    let mut words = prefix.iter().copied().chain(["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]);
    let mut command = Command::new(words.next().unwrap_or("env"));
    command.args(words);
    command
}

fn packages(needs: &[Need]) -> Vec<String> {
    let named = needs.iter().flat_map(|need| need.packages);
    named.map(|&name| if name == NEWEST_LLD { newest_lld() } else { name.to_owned() }).collect()
}

/// The newest `lld-N`; plain `lld`, which is older, if apt lists no such package.
fn newest_lld() -> String {
    let listed = shell::ask("apt-cache", &["pkgnames", "lld-"]).unwrap_or_default();
    let versions = listed.lines().filter_map(|name| name.strip_prefix("lld-")?.parse::<u32>().ok());
    versions.max().map_or_else(|| "lld".to_owned(), |newest| format!("lld-{newest}"))
}

fn purposes(needs: &[Need]) -> String {
    needs.iter().map(|need| need.purpose).collect::<Vec<_>>().join(" and ")
}

fn lines(needs: &[Need], text: impl Fn(&Need) -> &str) -> String {
    needs.iter().map(text).collect::<Vec<_>>().join("\n")
}

fn advice(needs: &[Need], commands: &str) -> String {
    let purposes = purposes(needs);
    let commands = commands.replace('\n', "\n    ");
    format!(
        "xtask can't install the packages for {purposes} here. Please type:\n\n    {commands}\n\nand then run the same command again."
    )
}
