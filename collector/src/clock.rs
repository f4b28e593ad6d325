//! The day, as waves go by it.

use std::time::{SystemTime, UNIX_EPOCH};

const SECONDS_A_DAY: u64 = 86_400;

/// The day in UTC, counted from 1970-01-01.
pub(crate) fn today() -> i32 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i32::try_from(since.as_secs() / SECONDS_A_DAY).unwrap_or(i32::MAX)
}
