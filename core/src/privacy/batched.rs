//! Batches: answers of several people on one shared device, added up before any of them leaves.
//!
//! # Privacy
//! What is posted sums up `k` people or more. Batches are disjoint: everyone is in exactly one. A
//! remainder stays on the device. It promises nothing on a personal device, where one person fills the
//! batch, nor against somebody who reads the device's storage while a batch is open; and the person
//! who completes a batch sees a sum of which they know one part.
//!
//! Cost: one addition for each answer that could be given.

use super::{Keep, Outcome, Release};
use crate::definition::Definition;
use crate::segment::Segment;
use crate::summary::{Counts, Summary};
use crate::wave::Wave;

/// Counts on the device that wait for more respondents; each batch is for one survey and one segment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    /// The id of the release to come. It is drawn when the batch opens, so that a page which is closed
    /// between storing the release and clearing the batch can't have the batch counted twice.
    pub(super) id: String,
    pub(super) segment: Segment,
    pub(super) respondents: u64,
    pub(super) items: Vec<(String, Counts)>,
}

impl Batch {
    /// An empty batch.
    pub(super) fn open(definition: &Definition, id: String, segment: &Segment) -> Self {
        let lines = definition.counted();
        let items = lines.iter().map(|line| (line.id.to_owned(), Counts::empty(line.cells))).collect();
        Self { id, segment: segment.clone(), respondents: 0, items }
    }

    fn summary(&self) -> Summary {
        Summary::from_counts(self.respondents, self.items.iter().map(|(_, counts)| counts.clone()).collect())
    }
}

/// Adds one person to `batch`, and releases it when it is full.
pub(super) fn join(
    definition: &Definition,
    mut batch: Batch,
    k: u32,
    summary: &Summary,
    wave: Wave,
    keep: &mut Keep,
) -> Outcome {
    batch.respondents += summary.respondents();
    for ((_, sum), counts) in batch.items.iter_mut().zip(summary.items()) {
        sum.merge(counts);
    }
    if batch.respondents >= k.into() {
        keep.close(&batch.segment);
        return Outcome::Release(Release::new(
            definition,
            batch.id.clone(),
            wave,
            &batch.segment,
            &batch.summary(),
        ));
    }
    let respondents = batch.respondents;
    keep.put(batch);
    Outcome::Held { respondents, of: k }
}
