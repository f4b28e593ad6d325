//! Randomness that the page has drawn: the module asks for nothing, so that a test can fix what it draws.

use getrandom::{Error, register_custom_getrandom};
use std::cell::Cell;

thread_local! {
    static GIVEN: Cell<Vec<u8>> = const { Cell::new(Vec::new()) };
}

register_custom_getrandom!(take);

/// Puts bytes in place for whoever draws next; what is left of earlier ones is gone.
pub(crate) fn give(bytes: &[u8]) {
    GIVEN.set(bytes.to_owned());
}

/// Draws bytes, each of them once.
fn take(bytes: &mut [u8]) -> Result<(), Error> {
    let mut given = GIVEN.take();
    let start = given.len().checked_sub(bytes.len()).ok_or(Error::UNSUPPORTED)?;
    bytes.copy_from_slice(&given.split_off(start));
    GIVEN.set(given);
    Ok(())
}
