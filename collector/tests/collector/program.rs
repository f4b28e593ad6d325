//! The program itself, in a process of its own.

use crate::support::{nps_release, options};
use puls_core::wave::{Period, Wave};
use reqwest::StatusCode;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{SystemTime, UNIX_EPOCH};

/// A collector, killed when it goes out of scope.
pub(crate) struct Program {
    pub(crate) child: Child,
    /// What it says first.
    pub(crate) lines: Vec<String>,
}

impl Program {
    /// One with the surveys and the database of a folder, of whose output so many lines are waited for.
    pub(crate) fn serving(folder: &Path, lines: usize) -> Self {
        Self::start(&mut serve(folder), lines)
    }

    pub(crate) fn start(command: &mut Command, lines: usize) -> Self {
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let output = BufReader::new(child.stdout.take().unwrap());
        let lines = output.lines().take(lines).map(Result::unwrap).collect();
        Self { child, lines }
    }

    pub(crate) fn url(&self) -> &str {
        self.lines[0].strip_prefix("listening on ").unwrap()
    }

    /// Posts a release that has to be accepted.
    pub(crate) async fn post(&self, release: &Value) {
        assert_eq!(self.try_post(release).await, 200);
    }

    pub(crate) async fn try_post(&self, release: &Value) -> StatusCode {
        let request = reqwest::Client::new().post(format!("{}/v1/releases", self.url()));
        request.json(release).send().await.unwrap().status()
    }

    pub(crate) async fn get(&self, path: &str) -> StatusCode {
        reqwest::get(format!("{}{path}", self.url())).await.unwrap().status()
    }

    /// A path as this process finds it, where the program's own file systems differ.
    pub(crate) fn its(&self, path: &Path) -> PathBuf {
        Path::new("/proc")
            .join(self.child.id().to_string())
            .join("root")
            .join(path.strip_prefix("/").unwrap())
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The command that serves the surveys of a folder.
pub(crate) fn serve(folder: &Path) -> Command {
    let options = options(folder);
    let mut command = Command::new(env!("CARGO_BIN_EXE_puls-collector"));
    command.args(["serve", "--listen", "127.0.0.1:0", "--database", &options.database, "--surveys"]);
    command.arg(&options.surveys);
    command
}

/// A release of the wave that the program's own clock, which can't be set, is in.
pub(crate) fn release(number: usize) -> Value {
    let days = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs() / 86_400;
    let mut release = nps_release(number);
    release["wave"] = json!(Wave::of(Period::Month, i32::try_from(days).unwrap()).to_string());
    release
}
