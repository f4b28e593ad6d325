//! Randomised response: the answer is replaced by chance before it leaves memory. Lines whose answers are
//! classes, or points of a short scale, go through [`RandomisedResponse`]; long scales through [`SquareWave`].
//!
//! # Privacy
//! ε-local differential privacy for each release: whatever two people answered, the same release is at
//! most e^ε times as likely from one as from the other. Neighbours are any two responses to the same
//! survey that were asked the same items. ε is split evenly over the lines that can have an answer, and
//! where several answers can be given, evenly over the answers. To have no answer, where that can happen,
//! is an answer like any other, so a skip doesn't show. Which items a sample asks is drawn before anything
//! is answered, and shows.
//!
//! There are two stages. The permanent report of every possible answer is drawn once and remembered, so that however
//! often somebody answers, what is told has a bound. It is never sent: what is sent is drawn around it, anew in each wave
//! and once in it, for every possible answer, so that a release isn't a name for its browser, and neither looking
//! again nor changing an answer is another draw. Since all reports are drawn together, what is remembered says nothing of
//! what was answered.
//!
//! What may be told over all waves has a bound as well, the lifetime ε, past which nothing more leaves; how it is
//! reckoned stands in `lifetime.rs`.
//!
//! Cost: two draws of 64 bits for each possible answer of a line when it is first met, and two in each wave.
//!
//! # Source
//! Those of the responses, and of `randomised/instantaneous.rs`.

mod channel;
mod generalised;
mod instantaneous;
mod parts;
mod square_wave;

pub(crate) use channel::Channel;
pub use channel::ChannelProbabilities;
pub use generalised::RandomisedResponse;
pub use instantaneous::{InstantaneousResponse, Likelihoods};
pub use parts::line_epsilon;
pub use square_wave::{SquareWave, WaveProbabilities};

use super::lifetime::{Account, Charge, Spent};
use super::{Answered, Keep, Outcome, PrepareError, Protection, reported_class, reported_classes};
use crate::FULL;
use crate::definition::{Counted, Definition};
use crate::read::Decimal;
use crate::summary::{Counts, Summary};
use crate::wave::Wave;
use parts::{for_each_asked, is_undrawn, names};
use rand_core::{TryCryptoRng, TryRng};

/// Releases each person's answers at once, replaced by chance.
pub(super) struct Randomised {
    pub(super) epsilon: Decimal,
    pub(super) lifetime: Decimal,
}

impl Protection for Randomised {
    fn protect<R: TryCryptoRng>(
        &self,
        answered: &Answered<'_>,
        keep: &mut Keep,
        rng: &mut R,
    ) -> Result<Outcome, PrepareError<R::Error>> {
        let Answered { definition, summary, wave, .. } = answered;
        let Charge { epsilon, times } =
            self.charge(definition, Some(summary), keep, *wave).map_err(|_| PrepareError::Spent)?;
        keep.enter(wave.to_string());
        let mut draws = Draws { keep, rng, epsilon: line_epsilon(definition, self.epsilon), times };
        let reported = draws.all(answered).map_err(PrepareError::Randomness)?;
        keep.spend(epsilon);
        Ok(Outcome::Release(answered.release(&reported, rng)?))
    }

    fn released_cells(&self, definition: &Definition, line: &Counted<'_>) -> usize {
        Channel::of(line, line_epsilon(definition, self.epsilon)).released_cells(line)
    }

    fn affords(&self, definition: &Definition, keep: &Keep, wave: Wave) -> bool {
        self.charge(definition, None, keep, wave).is_ok()
    }
}

impl Randomised {
    /// What it costs to release `summary` in `wave`; without one, every line, which is never less.
    fn charge(
        &self,
        definition: &Definition,
        summary: Option<&Summary>,
        keep: &Keep,
        wave: Wave,
    ) -> Result<Charge, Spent> {
        let (part, wave) = (line_epsilon(definition, self.epsilon), wave.to_string());
        let mut account = Account::open(self.epsilon, self.lifetime, keep);
        for_each_asked(definition, summary, |name, line| {
            let channel = Channel::of(line, part);
            account.tell(channel.epsilon, keep.to_tell(name, &channel, &wave));
        });
        account.charge()
    }
}

/// Where reports come from.
struct Draws<'a, R> {
    keep: &'a mut Keep,
    rng: &'a mut R,
    /// Of each line.
    epsilon: f64,
    /// How many times that permanent reports lose which have to be drawn.
    times: Decimal,
}

impl<R: TryRng> Draws<'_, R> {
    /// Replaces one person's answers; the reports are drawn where `keep` lacks them.
    fn all(&mut self, answered: &Answered<'_>) -> Result<Summary, R::Error> {
        let Answered { definition, summary, .. } = answered;
        let mut items = Vec::new();
        for (line, counts) in definition.counted().iter().zip(summary.items()) {
            let channel = Channel::of(line, self.epsilon);
            items.push(if is_undrawn(line, counts) {
                // Whom chance didn't draw is plainly missing: that is known beforehand, and tells nothing.
                Counts::one(channel.released_cells(line), None)
            } else if FULL && line.is_multiple() {
                self.several(line, &channel, counts)?
            } else {
                self.one(line, &channel, counts)?
            });
        }
        Ok(Summary::from_counts(1, items, None))
    }

    /// Replaces one answer. Having none is an answer like any other where it can happen, after all others.
    fn one(&mut self, line: &Counted<'_>, channel: &Channel, counts: &Counts) -> Result<Counts, R::Error> {
        let class = reported_class(line.measure, counts).unwrap_or(channel.classes - 1);
        // The class past the last cell is counted as missing.
        Ok(Counts::one(channel.released_cells(line), self.replaced(line.id, channel, class)?))
    }

    /// Replaces each of several answers by itself, and so whether there is any.
    fn several(
        &mut self,
        line: &Counted<'_>,
        channel: &Channel,
        counts: &Counts,
    ) -> Result<Counts, R::Error> {
        let truth = counts.cells().iter().copied().chain([counts.missing()]);
        let mut bits = Vec::new();
        for (name, count) in names(line).iter().zip(truth) {
            bits.push(self.replaced(name, channel, usize::from(count > 0))?.unwrap_or(0) as u64);
        }
        // The bit past the last cell, where there is one, says that there is no answer.
        let missing = bits.get(line.cells).copied().unwrap_or(0);
        bits.truncate(line.cells);
        Ok(Counts::of(line.cells, bits, missing).unwrap_or_else(|| Counts::empty(line.cells)))
    }

    /// What is reported for `class`.
    fn replaced(&mut self, name: &str, channel: &Channel, class: usize) -> Result<Option<usize>, R::Error> {
        let reports = self.keep.sent(name, channel, self.times, self.rng)?;
        Ok(reports.get(class).copied())
    }
}
