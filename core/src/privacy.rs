//! The only way out of a page: answers go in, and a [`Release`] comes out, or nothing.
//!
//! [`prepare`] works out what one person's completed answers lead to under the survey's mechanism. It has no side
//! effects: the caller shows the outcome and stores the new [`Keep`]. For a randomised survey the caller stores it at
//! once, since reports that were drawn must never be drawn again, whether they leave or not. On a shared device the
//! caller calls `prepare` once more when the answers are sent, with the `Keep` of that moment, and stores that result.
//!
//! Only this module can make a `Release`:
//!
//! ```compile_fail
//! let release = puls_core::privacy::Release { id: String::new(), json: String::new() };
//! ```

mod batched;
mod direct;
mod form;
mod keep;
mod lifetime;
mod protection;
mod randomised;
mod release;
mod sealed;

pub use batched::Batch;
pub use form::form;
pub use keep::{Keep, read_release_id};
pub(crate) use randomised::Channel;
pub use randomised::{
    ChannelProbabilities, InstantaneousResponse, Likelihoods, RandomisedResponse, SquareWave,
    WaveProbabilities, line_epsilon,
};
pub use release::Release;
pub use sealed::{Layout, Report, Tally, TaskLayout, TaskSums, Unsealable};

use crate::definition::{Counted, Definition, Measure, NetPromoter};
use crate::path::Path;
use crate::segment::Segment;
use crate::summary::{Counts, Summary};
use crate::wave::Wave;
use protection::{Protection, protected_by};
use rand_core::TryCryptoRng;

/// What completed answers lead to.
pub struct Prepared {
    /// The wave that the release is dated by.
    pub wave: Wave,
    /// What leaves the page, if anything does.
    pub outcome: Outcome,
    /// What this browser has to remember: from now on for a randomised survey, and from when the answers are sent on a
    /// shared device.
    pub keep: Keep,
}

/// What leaves the page.
pub enum Outcome {
    /// One release.
    Release(Release),
    /// Nothing yet: the answers join a batch.
    Held {
        /// How many people the batch sums up by now.
        respondents: u64,
        /// How many people make the batch full.
        of: u32,
    },
    /// Several releases, which leave one by one in this order.
    Apart(Vec<Release>),
    /// Reports, each of which is still to be split and sealed for two aggregators.
    Sealed(Vec<Report>),
}

/// Why a release couldn't be prepared.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PrepareError<E> {
    /// A required item is unanswered.
    #[error("item \"{item}\" is required and has no answer")]
    Unanswered {
        /// The item's id.
        item: String,
    },
    /// The source of randomness failed. Nothing may leave without it.
    #[error("no randomness: {0}")]
    Randomness(E),
    /// This browser has spent its lifetime ε.
    #[error("the lifetime epsilon of the survey is spent in this browser")]
    Spent,
    /// The survey has no task for the segment of this page.
    #[error(transparent)]
    Unsealable(#[from] Unsealable),
    /// The mechanism is one that this build can't read, so the definition wasn't made by reading.
    #[error("privacy: needs the full widget")]
    Unreadable,
}

/// One person's complete answers as counts, and everything else that a release states.
struct Answered<'a> {
    definition: &'a Definition,
    segment: &'a Segment,
    wave: Wave,
    summary: Summary,
}

impl Answered<'_> {
    /// A release of `summary` under a new id.
    fn release<R: TryCryptoRng>(
        &self,
        summary: &Summary,
        rng: &mut R,
    ) -> Result<Release, PrepareError<R::Error>> {
        let id = release::draw_id(rng).map_err(PrepareError::Randomness)?;
        Ok(Release::new(self.definition, id, self.wave, self.segment, summary, summary.lines()))
    }
}

/// Works out what the completed answers on `path` lead to.
///
/// `keep` is what this browser remembers of earlier respondents to the same survey.
///
/// # Errors
/// [`PrepareError`], such as when a required item is unanswered or `rng` fails.
///
/// # Privacy
/// See each mechanism's file. The size of a randomised release doesn't depend on the answers.
pub fn prepare<R: TryCryptoRng>(
    path: &Path<'_>,
    mut keep: Keep,
    wave: Wave,
    rng: &mut R,
) -> Result<Prepared, PrepareError<R::Error>> {
    let (definition, segment) = (path.definition(), path.segment());
    if let Some(item) = path.unsettled() {
        let item = definition.items.get(item).map_or_else(String::new, |item| item.id.clone());
        return Err(PrepareError::Unanswered { item });
    }
    let answered = Answered { definition, segment, wave, summary: Summary::of(path) };
    let outcome = protected_by!(definition, |protection| protection.protect(&answered, &mut keep, rng))?;
    Ok(Prepared { wave, outcome, keep })
}

/// How many cells a release has for a line. That differs from the line's own cells where a net promoter item is
/// randomised or sealed, as one of its three classes, and where a long scale is randomised, with reports beyond its
/// ends.
pub fn released_cells(definition: &Definition, line: &Counted<'_>) -> usize {
    protected_by!(definition, |protection| protection.released_cells(definition, line))
}

/// Whether the lifetime ε has room for one more release in `wave`, whatever is answered. Always true for surveys that
/// aren't randomised.
pub fn affords(definition: &Definition, keep: &Keep, wave: Wave) -> bool {
    protected_by!(definition, |protection| protection.affords(definition, keep, wave))
}

/// How many classes a line has where a mechanism reports one class per answer: three for a net promoter item, else its
/// cells.
fn reported_classes(line: &Counted<'_>) -> usize {
    if line.measure == Measure::NetPromoterScore { NetPromoter::CLASSES } else { line.cells }
}

/// The reported class of one person's answer; `None` without an answer.
fn reported_class(measure: Measure, counts: &Counts) -> Option<usize> {
    let cell = counts.cells().iter().position(|count| *count > 0)?;
    Some(if measure == Measure::NetPromoterScore { NetPromoter::class(cell) } else { cell })
}
