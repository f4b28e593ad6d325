//! Any bytes, read as an aggregator's list of keys, and any answer, time and share, written as DAP's messages.

mod keys;
mod messages;
mod shares;

use crate::Verdict;
use arbitrary::Unstructured;

/// A list of keys is read as Janus reads it. What is written, Janus reads, and has what was put in. Whatever a report
/// is made of, both aggregators together get the answer out of it, or there is no report.
///
/// What isn't a list decides on a message or on an answer.
pub fn dap(input: &[u8]) -> Verdict {
    let mut rest = Unstructured::new(input);
    let is_made = match rest.int_in_range(0..=3) {
        _ if keys::check(input) => Ok(true),
        Ok(0) => messages::check(&mut rest).map(|()| true),
        Ok(1) => shares::check(&mut rest),
        _ => Ok(false),
    };
    if is_made.unwrap_or(false) { Verdict::Taken } else { Verdict::Refused }
}
