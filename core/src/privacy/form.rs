//! The form of a batch's release. A device that several people share never shows more of the release than this.
//!
//! # Privacy
//! The form depends on the definition, the segment and the wave alone. So it tells nothing about anybody, however often
//! somebody looks at it and whoever answered before.
//!
//! Cost: that of writing a release.

use super::Batch;
use crate::definition::Definition;
use crate::segment::Segment;
use crate::wave::Wave;

/// Stands for what isn't shown.
const HIDDEN: char = '…';

/// The text of the release of a batch of `k` people, with `…` for its id and for each count.
pub fn form(definition: &Definition, k: u32, segment: &Segment, wave: Wave) -> String {
    let mut nobody = Batch::open(definition, HIDDEN.into(), segment);
    nobody.respondents = k.into();
    let release = nobody.release(definition, wave);
    let mut before = HIDDEN;
    let hide = |character| {
        // All counts of an empty batch are 0, and nothing else outside quotation marks begins with 0.
        let is_count = character == '0' && matches!(before, '[' | ',' | ' ');
        before = character;
        if is_count { HIDDEN } else { character }
    };
    release.json().chars().map(hide).collect()
}
