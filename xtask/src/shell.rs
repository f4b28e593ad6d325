//! Runs other programs: it prints what happens and the programs' output as it comes, and its errors name the command.

use std::process::{Command, ExitStatus, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

/// How often xtask looks whether a silent program has ended.
const GLANCE: Duration = Duration::from_millis(100);
/// How often the elapsed time of a silent program is printed.
const SIGN_OF_LIFE: Duration = Duration::from_secs(10);

/// Prints what is about to happen.
pub(crate) fn heading(text: &str) {
    println!("\n==> {text}");
}

/// Prints what is about to happen, does it, and prints how long it took.
///
/// # Errors
///
/// The action's error.
pub(crate) fn timed<T>(text: &str, action: impl FnOnce() -> Result<T>) -> Result<T> {
    heading(text);
    let begun = Instant::now();
    let outcome = action()?;
    println!("    done in {:.1} s", begun.elapsed().as_secs_f64());
    Ok(outcome)
}

/// Runs a command with its output shown as it comes.
///
/// # Errors
///
/// If it can't be started or doesn't succeed.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| format!("can't start {}", line(command)))?;
    succeeded(command, status)
}

/// Runs a command beside an action that leaves a core idle for much of its time. A command that fails fails both, once the action is done.
///
/// # Errors
///
/// Those of the action, and as for [`run`].
pub(crate) fn run_beside<T>(command: &mut Command, action: impl FnOnce() -> Result<T>) -> Result<T> {
    let mut child = command.spawn().with_context(|| format!("can't start {}", line(command)))?;
    let outcome = action();
    if outcome.is_err() {
        // It may have ended by itself.
        let _ = child.kill();
    }
    let status = child.wait()?;
    let value = outcome?;
    succeeded(command, status)?;
    Ok(value)
}

/// Runs a command and returns what it printed on standard output.
///
/// # Errors
///
/// If it can't be started, doesn't succeed, or prints something that isn't UTF-8.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let output = command.stderr(Stdio::inherit()).output();
    let output = output.with_context(|| format!("can't start {}", line(command)))?;
    succeeded(command, output.status)?;
    String::from_utf8(output.stdout).with_context(|| format!("{} didn't print UTF-8", line(command)))
}

/// Returns a program's output without showing it; `None` if the program isn't there or doesn't succeed.
pub(crate) fn ask(program: &str, arguments: &[&str]) -> Option<String> {
    let output = Command::new(program).args(arguments).stderr(Stdio::null()).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| text.trim().to_owned())
}

/// Runs a command that may well fail, without its output, for at most `limit`; says whether it succeeded.
pub(crate) fn attempt(command: &mut Command, limit: Duration) -> bool {
    let silent = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let Ok(mut child) = silent.spawn() else { return false };
    let begun = Instant::now();
    let mut next_sign = SIGN_OF_LIFE;
    while begun.elapsed() < limit {
        if let Ok(Some(status)) = child.try_wait() {
            return status.success();
        }
        if begun.elapsed() > next_sign {
            println!("    {} s", begun.elapsed().as_secs());
            next_sign += SIGN_OF_LIFE;
        }
        sleep(GLANCE);
    }
    // Its time is over; it must not go on running.
    child.kill().and_then(|()| child.wait()).is_ok_and(|status| status.success())
}

/// Turns a failure of a command into an error that names it.
///
/// # Errors
///
/// If the status isn't success.
pub(crate) fn succeeded(command: &Command, status: ExitStatus) -> Result<()> {
    if !status.success() {
        bail!("{} ended with {status}", line(command));
    }
    Ok(())
}

/// The command as one would type it.
fn line(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}
