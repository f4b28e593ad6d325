//! The fuzzer's output in fewer lines: a summary every few seconds in place of its status lines, and every other line
//! as it is.

use std::io::{BufRead, BufReader};
use std::process::{Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

/// How often the summary is printed.
const SIGN_OF_LIFE: Duration = Duration::from_secs(15);

/// The state of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Standing {
    executions: u64,
    /// How many places in the code have been reached.
    coverage: u64,
}

impl Standing {
    /// Reads a status line such as `#4096 NEW cov: 512 ft: 900 corp: 8/64b …`; most lines are of this kind.
    fn read(line: &str) -> Option<Self> {
        let mut words = line.strip_prefix('#')?.split_whitespace();
        let executions = words.next()?.trim_end_matches(':').parse().ok()?;
        let coverage = words.skip_while(|word| *word != "cov:").nth(1)?.parse().ok()?;
        Some(Self { executions, coverage })
    }
}

/// Runs the fuzzer to its end, for `time` at most, and prints its progress.
///
/// # Errors
///
/// If it can't be started, or its output can't be read.
pub(super) fn follow(command: &mut Command, name: &str, time: Duration) -> Result<ExitStatus> {
    let mut child = command.stderr(Stdio::piped()).spawn().context("can't start cargo fuzz")?;
    let output = child.stderr.take().context("cargo fuzz says nothing")?;
    let begun = Instant::now();
    let (mut last, mut next_sign) = (None, Duration::ZERO);
    for line in BufReader::new(output).split(b'\n') {
        let line = line?;
        let line = String::from_utf8_lossy(&line);
        let Some(standing) = Standing::read(&line) else {
            if !is_noise(&line) {
                println!("{line}");
            }
            continue;
        };
        last = Some(standing);
        if begun.elapsed() >= next_sign {
            say(name, standing, begun.elapsed(), time);
            next_sign = begun.elapsed() + SIGN_OF_LIFE;
        }
    }
    last.iter().for_each(|standing| say(name, *standing, begun.elapsed(), time));
    Ok(child.wait()?)
}

fn say(name: &str, Standing { executions, coverage }: Standing, elapsed: Duration, time: Duration) {
    let (elapsed, time) = (elapsed.as_secs(), time.as_secs());
    println!("    {name}: {elapsed} of {time} s, {executions} executions, {coverage} places in the code");
}

/// Whether a line is only a suggestion for the next run.
fn is_noise(line: &str) -> bool {
    line.contains("NEW_FUNC") || line.contains("# Uses:") || line.contains("ecommended dictionary")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_standing_is_read() {
        let line = "#65536\tpulse  cov: 5012 ft: 18411 corp: 1204/1100Kb lim: 4096 exec/s: 1489 rss: 420Mb";
        assert_eq!(Standing::read(line), Some(Standing { executions: 65_536, coverage: 5012 }));
        let line = "#8\tINITED cov: 12 ft: 13 corp: 3/30b exec/s: 0 rss: 40Mb";
        assert_eq!(Standing::read(line), Some(Standing { executions: 8, coverage: 12 }));
    }

    #[test]
    fn what_is_said_of_a_finding_is_none() {
        for line in
            ["==4711== ERROR: libFuzzer: deadly signal", "    #7 0x55 in puls_laws::figures::check", ""]
        {
            assert_eq!(Standing::read(line), None, "{line}");
        }
    }
}
