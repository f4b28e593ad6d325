//! Randomised response: chance replaces each answer before it leaves memory. [`RandomisedResponse`] serves lines whose
//! answers are classes or points of a short scale, [`SquareWave`] serves long scales.
//!
//! # Privacy
//! Each release has ε-local differential privacy: whatever two people answered, a release is at most e^ε times as
//! likely from one as from the other. Neighbours are any two responses to the same survey with the same items asked. ε
//! is split evenly over the lines that can have an answer, and within a line that takes several answers evenly over
//! these. Where a line may go unanswered, "no answer" is an answer like any other, so a skip doesn't show. Which items
//! a sample asks does show; it is drawn before anything is answered.
//!
//! There are two stages. First, the browser draws a permanent report for every possible answer and remembers it, so
//! that what it tells has a bound however often somebody answers. A permanent report is never sent. Second, once in
//! each wave, the browser draws what is sent around it, again for every possible answer. So a release isn't a name for
//! its browser, and neither a second look nor a changed answer is another draw. Since the reports of all answers are
//! drawn together, what is remembered doesn't say which answer was given.
//!
//! The lifetime ε bounds what a browser may tell over all waves; once it is spent, nothing more leaves. `lifetime.rs`
//! says how it is added up.
//!
//! Cost: for each possible answer of a line two draws of 64 bits at the first release, and two in each wave.
//!
//! # Source
//! See `generalised.rs`, `square_wave.rs` and `instantaneous.rs` in `randomised/`.

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

/// Releases each person's answers alone and at once, replaced by chance.
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
    /// What it costs to release `summary` in `wave`. Without a summary, what it costs to release every line, which is
    /// never less.
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

/// What it takes to draw reports.
struct Draws<'a, R> {
    keep: &'a mut Keep,
    rng: &'a mut R,
    /// The ε of each line.
    epsilon: f64,
    /// ε∞ of permanent reports that have to be drawn, as a multiple of a line's ε.
    times: Decimal,
}

impl<R: TryRng> Draws<'_, R> {
    /// Replaces one person's answers by their reports. Draws the reports that `keep` lacks.
    fn all(&mut self, answered: &Answered<'_>) -> Result<Summary, R::Error> {
        let Answered { definition, summary, .. } = answered;
        let mut items = Vec::new();
        for (line, counts) in definition.counted().iter().zip(summary.items()) {
            let channel = Channel::of(line, self.epsilon);
            items.push(if is_undrawn(line, counts) {
                // An item that wasn't drawn for this person is plainly missing: the draw doesn't depend on answers and
                // tells nothing.
                Counts::one(channel.released_cells(line), None)
            } else if FULL && line.is_multiple() {
                self.several(line, &channel, counts)?
            } else {
                self.one(line, &channel, counts)?
            });
        }
        Ok(Summary::from_counts(1, items, None))
    }

    /// Replaces one answer. Where a line may go unanswered, "no answer" is its last class.
    fn one(&mut self, line: &Counted<'_>, channel: &Channel, counts: &Counts) -> Result<Counts, R::Error> {
        let class = reported_class(line.measure, counts).unwrap_or(channel.classes - 1);
        // The class past the last cell is counted as missing.
        Ok(Counts::one(channel.released_cells(line), self.replaced(line.id, channel, class)?))
    }

    /// Replaces each of several answers by itself, and the bit that says whether there is any in the same way.
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
        // Where a line may go unanswered, the bit past the last cell says so.
        let missing = bits.get(line.cells).copied().unwrap_or(0);
        bits.truncate(line.cells);
        Ok(Counts::of(line.cells, bits, missing).unwrap_or_else(|| Counts::empty(line.cells)))
    }

    /// The report that is sent for `class`.
    fn replaced(&mut self, name: &str, channel: &Channel, class: usize) -> Result<Option<usize>, R::Error> {
        let reports = self.keep.sent(name, channel, self.times, self.rng)?;
        Ok(reports.get(class).copied())
    }
}
