//! Batches: answers of several people on one shared device, added up before any of them leaves.
//!
//! # Privacy
//! What is posted sums up `k` people or more. Batches are disjoint: everyone is in exactly one. A
//! remainder stays on the device. It promises nothing on a personal device, where one person fills the
//! batch, nor against somebody who reads the device's storage while a batch is open; and the person
//! who completes a batch sees a sum of which they know one part.
//!
//! Where the definition names joint lines, sums of products are posted of the same people. They say more than
//! counts do: where there are many lines and few people, somebody may work out which answers were one
//! person's, though not whose.
//!
//! Cost: one addition for each answer that could be given, and for each product.

use super::{Answered, Keep, Outcome, PrepareError, Protection, Release, release};
use crate::FULL;
use crate::definition::Definition;
use crate::segment::Segment;
use crate::summary::{Counts, Summary};
use rand_core::TryCryptoRng;

/// Releases what `k` people answered on this device.
pub(super) struct Batched {
    pub(super) k: u32,
}

impl Protection for Batched {
    fn protect<R: TryCryptoRng>(
        &self,
        answered: &Answered<'_>,
        keep: &mut Keep,
        rng: &mut R,
    ) -> Result<Outcome, PrepareError<R::Error>> {
        let Answered { definition, segment, wave, summary } = answered;
        let id = release::draw_id(rng).map_err(PrepareError::Randomness)?;
        let mut batch =
            keep.batch(definition, segment).unwrap_or_else(|| Batch::open(definition, id, segment));
        batch.join(summary);
        if batch.respondents < self.k.into() {
            let respondents = batch.respondents;
            keep.put(batch);
            return Ok(Outcome::Held { respondents, of: self.k });
        }
        keep.close(segment);
        let (sums, lines) = (batch.summary(), 0..batch.items.len());
        Ok(Outcome::Release(Release::new(definition, batch.id, *wave, segment, &sums, lines)))
    }
}

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
        let mut items: Vec<_> =
            lines.iter().map(|line| (line.id.to_owned(), Counts::empty(line.cells))).collect();
        if FULL && let Some((name, size)) = definition.joint_sums() {
            items.push((name, Counts::empty(size)));
        }
        Self { id, segment: segment.clone(), respondents: 0, items }
    }

    /// Adds one person.
    fn join(&mut self, summary: &Summary) {
        self.respondents += summary.respondents();
        for ((_, sum), counts) in self.items.iter_mut().zip(summary.items()) {
            sum.merge(counts);
        }
    }

    fn summary(&self) -> Summary {
        Summary::from_counts(self.respondents, self.items.iter().map(|(_, counts)| counts.clone()).collect())
    }
}
