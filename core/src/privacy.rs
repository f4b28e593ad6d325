//! The only door out of a page: answers go in, and a [`Release`] comes out, or nothing does.
//!
//! [`prepare`] works out what one person's completed answers lead to under the survey's mechanism. It
//! changes nothing: the caller shows the outcome, and puts the new [`Keep`] into storage when it is sent.
//!
//! Only this module can make a `Release`:
//!
//! ```compile_fail
//! let release = puls_core::privacy::Release { id: String::new(), json: String::new() };
//! ```

mod batched;
mod keep;
mod randomised;
mod release;

pub use batched::Batch;
pub use keep::Keep;
#[cfg(feature = "parse")]
pub(crate) use keep::{ID_FORM, is_release_id};
pub use randomised::{RandomisedResponse, line_epsilon};
pub use release::Release;

use crate::definition::{Counted, Definition, Measure, Mechanism, NetPromoter};
use crate::path::Path;
use crate::summary::Summary;
use crate::wave::Wave;
use rand_core::TryCryptoRng;

/// What completed answers lead to.
pub struct Prepared {
    /// What leaves the page, if anything does.
    pub outcome: Outcome,
    /// What this browser has to remember from now on.
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
    keep: &Keep,
    wave: Wave,
    rng: &mut R,
) -> Result<Prepared, PrepareError<R::Error>> {
    let (definition, segment) = (path.definition(), path.segment());
    if let Some(item) = path.unsettled() {
        let item = definition.items.get(item).map_or_else(String::new, |item| item.id.clone());
        return Err(PrepareError::Unanswered { item });
    }
    let summary = Summary::of(path);
    let mut keep = keep.clone();
    let outcome = match definition.privacy {
        Mechanism::Randomised { .. } => {
            let summary = randomised::randomise(definition, &summary, &mut keep, rng);
            let id = release::draw_id(rng).map_err(PrepareError::Randomness)?;
            let summary = summary.map_err(PrepareError::Randomness)?;
            Outcome::Release(Release::new(definition, id, wave, segment, &summary))
        }
        Mechanism::Batched { k } => {
            let id = release::draw_id(rng).map_err(PrepareError::Randomness)?;
            let batch =
                keep.batch(definition, segment).unwrap_or_else(|| Batch::open(definition, id, segment));
            batched::join(definition, batch, k, &summary, wave, &mut keep)
        }
    };
    Ok(Prepared { outcome, keep })
}

/// How many cells a release has for a line: a net promoter item is randomised over its three classes.
pub fn released_cells(definition: &Definition, line: &Counted<'_>) -> usize {
    match (definition.privacy, line.measure) {
        (Mechanism::Randomised { .. }, Measure::NetPromoterScore) => NetPromoter::CLASSES,
        _ => line.cells,
    }
}
