//! Randomness that the page has drawn and passed in. The module draws none itself, so a test can fix it.

use getrandom::{Error, register_custom_getrandom};
use std::cell::Cell;

thread_local! {
    static GIVEN: Cell<Vec<u8>> = const { Cell::new(Vec::new()) };
}

register_custom_getrandom!(take);

/// Provides bytes to draw from, instead of any that are left of earlier ones.
pub(crate) fn give(bytes: &[u8]) {
    GIVEN.set(bytes.to_owned());
}

/// Draws bytes. Each byte is used once.
fn take(bytes: &mut [u8]) -> Result<(), Error> {
    let mut given = GIVEN.take();
    let start = given.len().checked_sub(bytes.len()).ok_or(Error::UNSUPPORTED)?;
    bytes.copy_from_slice(&given.split_off(start));
    GIVEN.set(given);
    Ok(())
}
