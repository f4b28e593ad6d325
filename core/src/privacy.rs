//! The only door out of a page: answers go in, and a [`Release`] comes out, or nothing does.
//!
//! [`prepare`] works out what one person's completed answers lead to under the survey's mechanism. It
//! changes nothing: the caller shows the outcome, and puts the new [`Keep`] into storage. Of a randomised survey it does
//! so at once, since what was drawn is drawn, whether it leaves or not. Of a shared device it does so when the answers are
//! sent; it is worked out again then, from what has become of the `Keep`.
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
    /// The wave that it was prepared for.
    pub wave: Wave,
    /// What leaves the page, if anything does.
    pub outcome: Outcome,
    /// What this browser has to remember: at once of a randomised survey, and once the answers are sent of a shared
    /// device.
    pub keep: Keep,
}

/// What leaves the page.
pub enum Outcome {
    /// This release, and nothing else.
    Release(Release),
    /// Nothing yet: the answers join a batch.
    Held {
        /// How many people the batch sums up now.
        respondents: u64,
        /// How many it takes.
        of: u32,
    },
    /// These releases, each by itself, in this order.
    Apart(Vec<Release>),
    /// These reports, each to be split and sealed for two aggregators.
    Sealed(Vec<Report>),
}

/// Why nothing could be prepared.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PrepareError<E> {
    /// A required item is unanswered.
    #[error("item \"{item}\" is required and has no answer")]
    Unanswered {
        /// The item's id.
        item: String,
    },
    /// The source of randomness failed; without it nothing may leave.
    #[error("no randomness: {0}")]
    Randomness(E),
    /// This browser has told as much as it may.
    #[error("the lifetime epsilon of the survey is spent in this browser")]
    Spent,
    /// The aggregators have no task for whoever answered.
    #[error(transparent)]
    Unsealable(#[from] Unsealable),
    /// This build can't read such a definition, and somebody made one.
    #[error("privacy: needs the full widget")]
    Unreadable,
}

/// One person's complete answers, added up, with all else that a release says.
struct Answered<'a> {
    definition: &'a Definition,
    segment: &'a Segment,
    wave: Wave,
    summary: Summary,
}

impl Answered<'_> {
    /// The release of `summary` under an id of its own.
    fn release<R: TryCryptoRng>(
        &self,
        summary: &Summary,
        rng: &mut R,
    ) -> Result<Release, PrepareError<R::Error>> {
        let id = release::draw_id(rng).map_err(PrepareError::Randomness)?;
        Ok(Release::new(self.definition, id, self.wave, self.segment, summary, 0..summary.items().len()))
    }
}

/// Works out what a person's completed answers lead to: those that lie on `path`.
///
/// `keep` is what this browser remembered of earlier respondents to the same survey.
///
/// # Errors
/// [`PrepareError`] when a required item is unanswered, or when `rng` fails.
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

/// How many cells a release has for a line: a net promoter item is randomised, and sealed, as one of its
/// three classes, and a randomised long scale is reported beyond its ends.
pub fn released_cells(definition: &Definition, line: &Counted<'_>) -> usize {
    protected_by!(definition, |protection| protection.released_cells(definition, line))
}

/// Whether `keep` leaves room for one more release in `wave`, whatever is answered. Always true of surveys that
/// aren't randomised.
pub fn affords(definition: &Definition, keep: &Keep, wave: Wave) -> bool {
    protected_by!(definition, |protection| protection.affords(definition, keep, wave))
}

/// In how many classes a line's answers are reported by mechanisms that report one of them: a net promoter item's in
/// three.
fn reported_classes(line: &Counted<'_>) -> usize {
    if line.measure == Measure::NetPromoterScore { NetPromoter::CLASSES } else { line.cells }
}

/// Which of a line's reported classes one person's answer is counted in; `None` without an answer.
fn reported_class(measure: Measure, counts: &Counts) -> Option<usize> {
    let cell = counts.cells().iter().position(|count| *count > 0)?;
    Some(if measure == Measure::NetPromoterScore { NetPromoter::class(cell) } else { cell })
}
