//! Checks how any bytes are read as an aggregator's list of keys, and how any answer, time and share are written as DAP
//! messages.

mod keys;
mod messages;
mod shares;

use crate::Verdict;
use arbitrary::Unstructured;

/// Puls reads a list of keys as Janus does. Janus reads the messages that Puls writes, and finds in them what was put
/// in. Any report gives both aggregators together its answer; what isn't an answer makes no report.
///
/// Bytes that aren't a list of keys decide what a message or an answer is made of.
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
