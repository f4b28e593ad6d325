//! Batches: answers of several people on one shared device, added up before any of them leaves.
//!
//! # Privacy
//! A release sums up `k` people; more only if the batch was begun under an earlier version with a larger `k`. Batches
//! are disjoint: everyone is in exactly one. A batch that never fills stays on the device. Nobody joins a full batch
//! any more, and it stays in the [`Keep`] until [`Keep::take_full`] takes it out. So a page can store its release first
//! and clear the batch afterwards, and may be closed in between. This promises nothing on a personal device, where one
//! person fills the batch, nor against somebody who reads the device's storage while a batch is open. The device shows
//! only the [form](super::form()) of a release. Otherwise the person who completes a batch would see a sum of which
//! they know their own part.
//!
//! Where the definition names joint lines, the release has sums of products over the same people as well. They say more
//! than counts do: with many lines and few people, somebody may work out which answers belong to one person, though not
//! who that is.
//!
//! Cost: one addition for each cell and for each product.

use super::{Answered, Keep, Outcome, PrepareError, Protection, Release, release};
use crate::definition::{Definition, Mechanism};
use crate::joint_sums::JointSums;
use crate::segment::Segment;
use crate::summary::{Counts, Summary};
use crate::wave::Wave;
use rand_core::TryCryptoRng;

/// Releases the counts of `k` people who answered on this device.
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
        let open = keep.batch(definition, segment, self.k);
        let mut batch = open.unwrap_or_else(|| Batch::open(definition, id, segment));
        batch.join(summary);
        let outcome = if batch.is_full(self.k) {
            Outcome::Release(batch.release(definition, *wave))
        } else {
            Outcome::Held { respondents: batch.respondents, of: self.k }
        };
        keep.put(definition, batch);
        Ok(outcome)
    }
}

impl Keep {
    /// Takes out the full batches, each as its release. Until the caller stores what is left, storage still has them:
    /// they would come out again as the same releases, under the same ids.
    pub fn take_full(&mut self, definition: &Definition, wave: Wave) -> Vec<Release> {
        let Mechanism::Batched { k } = definition.privacy else { return Vec::new() };
        let full = self.take_batches(|batch| batch.is_full(k) && batch.fits(definition));
        full.into_iter().map(|batch| batch.release(definition, wave)).collect()
    }
}

/// Counts that wait on the device for more respondents, of one survey and one segment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    /// The id of the release to come. It is drawn when the batch opens: if a page is closed after it stores the release
    /// and before it clears the batch, the second release has the same id and isn't counted twice.
    pub(super) id: String,
    pub(super) segment: Segment,
    pub(super) respondents: u64,
    pub(super) items: Vec<(String, Counts)>,
    /// The joint lines' sums, with the joint lines' name.
    pub(super) joint: Option<(String, JointSums)>,
}

impl Batch {
    /// An empty batch.
    pub(super) fn open(definition: &Definition, id: String, segment: &Segment) -> Self {
        let lines = definition.counted();
        let items = lines.iter().map(|line| (line.id.to_owned(), Counts::empty(line.cells))).collect();
        let joint = JointSums::empty(definition).map(|nobody| (definition.joint_name(), nobody));
        Self { id, segment: segment.clone(), respondents: 0, items, joint }
    }

    /// Adds one person.
    fn join(&mut self, summary: &Summary) {
        self.respondents += summary.respondents();
        for ((_, sum), counts) in self.items.iter_mut().zip(summary.items()) {
            sum.merge(counts);
        }
        if let (Some((_, sums)), Some(more)) = (&mut self.joint, summary.joint()) {
            sums.merge(more);
        }
    }

    /// Whether the batch is complete, so that nobody else may join.
    pub(super) fn is_full(&self, k: u32) -> bool {
        self.respondents >= k.into()
    }

    /// The batch's release, dated by `wave`.
    pub(super) fn release(&self, definition: &Definition, wave: Wave) -> Release {
        let counts = self.items.iter().map(|(_, counts)| counts.clone()).collect();
        let sums =
            Summary::from_counts(self.respondents, counts, self.joint.as_ref().map(|(_, sums)| sums.clone()));
        Release::new(definition, self.id.clone(), wave, &self.segment, &sums, sums.lines())
    }
}
