//! The form of a batch's release: all that a device which several people share ever shows of it.
//!
//! # Privacy
//! It follows from the definition, the segment and the wave alone. So it tells nothing of anybody, however often it is
//! looked at and whoever has answered before.
//!
//! Cost: that of writing a release.

use super::Batch;
use crate::definition::Definition;
use crate::segment::Segment;
use crate::wave::Wave;

/// What stands in the place of what isn't shown.
const HIDDEN: char = '…';

/// The text of the release of a batch of `k` people, with dots in the place of its id and of each count.
pub fn form(definition: &Definition, k: u32, segment: &Segment, wave: Wave) -> String {
    let mut nobody = Batch::open(definition, HIDDEN.into(), segment);
    nobody.respondents = k.into();
    let release = nobody.release(definition, wave);
    let mut before = HIDDEN;
    let hide = |character| {
        // Nobody's counts are zeros, and nothing else begins with one: names stand in quotation marks.
        let is_count = character == '0' && matches!(before, '[' | ',' | ' ');
        before = character;
        if is_count { HIDDEN } else { character }
    };
    release.json().chars().map(hide).collect()
}
