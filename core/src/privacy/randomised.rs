//! Randomised response: the answer is replaced by chance before it leaves memory. Lines whose answers are
//! classes, or points of a short scale, go through [`RandomisedResponse`]; long scales through [`SquareWave`].
//!
//! # Privacy
//! ε-local differential privacy for each release: whatever two people answered, the same release is at
//! most e^ε times as likely from one as from the other. Neighbours are any two responses to the same
//! survey that were asked the same items. ε is split evenly over the lines that can have an answer, and
//! where several answers can be given, evenly over the answers. To have no answer, where that can happen,
//! is an answer like any other, so a skip doesn't show. Which items a sample asks is drawn before anything
//! is answered, and shows. The replacement of every possible answer is drawn once and remembered, so that
//! a repeated answer tells nothing new; since all replacements are drawn together, what is remembered says
//! nothing of what was answered.
//!
//! What may be told over all waves has a bound, the lifetime ε, past which nothing more leaves; how it is
//! reckoned stands in `randomised/loss.rs`.
//!
//! Cost: two draws of 64 bits for each possible answer of a line when it is first met, then none.
//!
//! # Source
//! Those of the two; Erlingsson, Pihur and Korolova, "RAPPOR" (2014), for memoisation.

mod channel;
mod generalised;
mod loss;
mod square_wave;

pub(crate) use channel::Channel;
pub use generalised::RandomisedResponse;
pub use loss::{affords, line_epsilon};
pub(super) use loss::{charge, for_each_asked};
pub use square_wave::{SquareWave, WaveProbabilities};

use super::{Answered, Keep, Outcome, PrepareError, Protection, released_cells, reported_class};
use crate::FULL;
use crate::definition::Counted;
use crate::read::Decimal;
use crate::summary::{Counts, Summary};
use loss::names;
use rand_core::{TryCryptoRng, TryRng};

/// Releases each person's answers at once, replaced by chance.
pub(super) struct Randomised {
    pub(super) epsilon: Decimal,
}

impl Protection for Randomised {
    fn protect<R: TryCryptoRng>(
        &self,
        answered: &Answered<'_>,
        keep: &mut Keep,
        rng: &mut R,
    ) -> Result<Outcome, PrepareError<R::Error>> {
        let mut draws = Draws { keep, rng, epsilon: line_epsilon(answered.definition, self.epsilon) };
        let reported = draws.all(answered).map_err(PrepareError::Randomness)?;
        Ok(Outcome::Release(answered.release(&reported, rng)?))
    }
}

/// Where replacements come from.
struct Draws<'a, R> {
    keep: &'a mut Keep,
    rng: &'a mut R,
    /// Of each line.
    epsilon: f64,
}

impl<R: TryRng> Draws<'_, R> {
    /// Replaces one person's answers; the replacements are drawn where `keep` lacks them.
    fn all(&mut self, answered: &Answered<'_>) -> Result<Summary, R::Error> {
        let Answered { definition, summary, .. } = answered;
        let mut items = Vec::new();
        for (line, counts) in definition.counted().iter().zip(summary.items()) {
            let cells = released_cells(definition, line);
            let reported = if FULL && line.is_multiple() {
                self.several(line, counts)?
            } else {
                self.one(line, cells, counts)?
            };
            // Whom chance didn't draw is plainly missing: that is known beforehand, and tells nothing.
            let is_undrawn = FULL && line.sampled && counts.missing() > 0;
            items.push(if is_undrawn { Counts::one(cells, None) } else { reported });
        }
        Ok(Summary::from_counts(1, items, None))
    }

    /// Replaces one answer. Having none is an answer like any other where it can happen, after all others.
    fn one(&mut self, line: &Counted<'_>, cells: usize, counts: &Counts) -> Result<Counts, R::Error> {
        let channel = Channel::of(line, self.epsilon);
        let class = reported_class(line.measure, counts).unwrap_or(channel.classes - 1);
        // The class past the last cell is counted as missing.
        Ok(Counts::one(cells, self.replaced(line.id, &channel, class)?))
    }

    /// Replaces each of several answers by itself, and so whether there is any.
    fn several(&mut self, line: &Counted<'_>, counts: &Counts) -> Result<Counts, R::Error> {
        let channel = Channel::of(line, self.epsilon);
        let truth = counts.cells().iter().copied().chain([counts.missing()]);
        let mut bits = Vec::new();
        for (name, count) in names(line).iter().zip(truth) {
            bits.push(self.replaced(name, &channel, usize::from(count > 0))?.unwrap_or(0) as u64);
        }
        // The bit past the last cell, where there is one, says that there is no answer.
        let missing = bits.get(line.cells).copied().unwrap_or(0);
        bits.truncate(line.cells);
        Ok(Counts::of(line.cells, bits, missing).unwrap_or_else(|| Counts::empty(line.cells)))
    }

    /// What is reported for `class`.
    fn replaced(&mut self, name: &str, channel: &Channel, class: usize) -> Result<Option<usize>, R::Error> {
        let replacements = self.keep.replacements(name, channel, self.rng)?;
        Ok(replacements.get(class).and_then(|class| usize::try_from(*class).ok()))
    }
}
