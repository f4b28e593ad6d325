//! Counts how many checks and tests passed, and how many failed.

use std::fmt;

use anyhow::Result;

use crate::shell;

/// The counts so far; prints as `12 passed, 0 failed`.
#[derive(Default)]
pub(super) struct Tally {
    passed: usize,
    failed: usize,
}

impl Tally {
    /// Does a check and counts it as one.
    ///
    /// # Errors
    ///
    /// The check's error.
    pub(super) fn check<T>(&mut self, title: &str, action: impl FnOnce() -> Result<T>) -> Result<T> {
        let outcome = shell::timed(title, action);
        match outcome {
            Ok(_) => self.passed += 1,
            Err(_) => self.failed += 1,
        }
        outcome
    }

    /// Adds the counts in a line, if it is a summary such as `test result: ok. 3 passed; 0 failed; …`.
    pub(super) fn add_summary(&mut self, line: &str) {
        let Some((_, summary)) = line.split_once("test result: ") else { return };
        self.passed += count(summary, "passed");
        self.failed += count(summary, "failed");
    }

    /// Counts a failure that no summary mentions, such as a test that doesn't compile.
    pub(super) fn at_least_one_failure(&mut self) {
        self.failed = self.failed.max(1);
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)
    }
}

/// The number before a word.
fn count(summary: &str, word: &str) -> usize {
    let before = summary.split([';', '.']).find_map(|part| part.trim().strip_suffix(word));
    before.and_then(|number| number.trim().parse().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn summaries_add_up() {
        let mut tally = Tally::default();
        tally.add_summary(
            "test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.10s",
        );
        tally.add_summary("test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1.20s");
        tally.add_summary("test passes ... ok");
        assert_eq!(tally.to_string(), "15 passed, 2 failed");
    }

    #[test]
    fn a_failure_without_a_summary_counts() {
        let mut tally = Tally::default();
        tally.at_least_one_failure();
        assert_eq!(tally.to_string(), "0 passed, 1 failed");
    }
}
