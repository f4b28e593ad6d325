//! A disk that is full for a moment, or can't be written. It is a real one: a file system in memory that only the program sees, in a
//! mount namespace of its own, which takes no privileges where users may have namespaces.

use crate::program::{Program, release, serve};
use crate::support::{NPS, folder};
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

/// Runs a script around `command`, which it gets as its arguments after the folder, where it may mount what it likes.
fn with_mounts(script: &str, folder: &Path, command: &Command) -> Command {
    let is_root = fs::metadata("/proc/self").is_ok_and(|own| std::os::unix::fs::MetadataExt::uid(&own) == 0);
    let mut unshare = Command::new("unshare");
    unshare.arg("--mount").args(if is_root { &[][..] } else { &["--user", "--map-root-user"] });
    unshare
        .args(["sh", "-euc", script, "sh"])
        .arg(folder)
        .arg(command.get_program())
        .args(command.get_args());
    unshare
}

/// How a folder that was on the disk so far comes to lie on one of this size.
fn on_a_disk_of(size: &str, then: &str) -> String {
    format!(
        "copy=$(mktemp -d); cp -r \"$1/.\" $copy; mount -t tmpfs -o size={size} puls \"$1\"; cp -r $copy/. \"$1\"; rm -r $copy
         {then}
         shift; exec \"$@\""
    )
}

#[tokio::test]
async fn a_disk_that_is_full_costs_no_release_and_no_restart() {
    for size in ["600k", "16m"] {
        let folder = folder(&[NPS]);
        let script = on_a_disk_of(size, "");
        let program = Program::start(&mut with_mounts(&script, folder.path(), &serve(folder.path())), 2);
        let (_, token) = program.lines[1].split_once("/results#token=").unwrap();
        program.post(&release(1)).await;
        assert_eq!(program.get("/readyz").await, 200, "{size}");

        let filler = program.its(&folder.path().join("filler"));
        let full = fs::write(&filler, vec![1; 32 << 20]);
        assert_eq!(full.unwrap_err().kind(), std::io::ErrorKind::StorageFull);
        // What SQLite's log has room for is taken all the same.
        let mut number = 2;
        while program.try_post(&release(number)).await == 200 {
            number += 1;
        }
        assert_eq!(program.try_post(&release(number)).await, 503, "{size}");
        assert_eq!(
            (program.get("/readyz").await.as_u16(), program.get("/healthz").await.as_u16()),
            (503, 200)
        );

        fs::remove_file(&filler).unwrap();
        for again in number..number + 3 {
            program.post(&release(again)).await;
        }
        assert_eq!(program.get("/readyz").await, 200, "{size}");
        let results = reqwest::Client::new().get(format!("{}/v1/surveys/nps/results", program.url()));
        let results: serde_json::Value =
            results.bearer_auth(token).send().await.unwrap().json().await.unwrap();
        assert_eq!(results["respondents"], number + 2, "{size}");
    }
}

#[tokio::test]
async fn a_file_system_that_cannot_be_written_is_named_at_the_start() {
    let folder = folder(&[NPS]);
    // There is a database already.
    drop(Program::serving(folder.path(), 1));
    let script = on_a_disk_of("16m", "mount -o remount,ro \"$1\"");
    let mut command = with_mounts(&script, folder.path(), &serve(folder.path()));
    let output = command.stdin(Stdio::null()).output().unwrap();
    let message = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{message}");
    assert!(message.contains("let the collector's user write there"), "{message}");
}
