//! Generalised randomised response: the answer is replaced by chance before it leaves memory.
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
//! Cost: two draws of 64 bits for each possible answer of a line when it is first met, then none.
//!
//! # Source
//! Warner, "Randomized Response" (1965); Kairouz, Bonawitz and Ramage, "Discrete Distribution Estimation
//! under Local Privacy" (2016), k-RR; Erlingsson, Pihur and Korolova, "RAPPOR" (2014), for memoisation.

use super::{Answered, Keep, Outcome, PrepareError, Protection, released_cells, reported_class};
use crate::chance::draw_below;
use crate::definition::{Counted, Definition};
use crate::read::Decimal;
use crate::summary::{Counts, Summary};
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

/// Randomised response over a number of classes, drawn with integers only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RandomisedResponse {
    classes: u64,
    /// Out of 2^64 draws, those below it keep the true class.
    threshold: u64,
}

impl RandomisedResponse {
    /// Over `classes` (2 or more) with a loss of at most `epsilon` (above 0).
    pub fn new(classes: usize, epsilon: f64) -> Self {
        let (keep, _) = Self::probabilities(classes, epsilon);
        // The exponential's and the division's rounding stay below 2^13 of 2^64; giving up 2^14 keeps
        // the loss at or below `epsilon`, by less than one part in 10^12.
        #[expect(clippy::cast_possible_truncation, reason = "rounds down on purpose, and saturates")]
        let threshold = ((keep * 2_f64.powi(64)) as u64).saturating_sub(1 << 14);
        Self { classes: classes as u64, threshold }
    }

    /// The probabilities that a class is reported when it is the true one, and when it is another one.
    pub fn probabilities(classes: usize, epsilon: f64) -> (f64, f64) {
        let odds = epsilon.exp();
        let all = odds + classes as f64 - 1.0;
        (odds / all, 1.0 / all)
    }

    /// Draws what is reported for the class `truth`.
    ///
    /// # Errors
    /// Whatever `rng` fails with.
    pub fn draw<R: TryRng>(&self, truth: usize, rng: &mut R) -> Result<usize, R::Error> {
        if rng.try_next_u64()? < self.threshold {
            return Ok(truth);
        }
        // One of the others, uniformly: shift past the true one.
        let others = self.classes - 1;
        let other = usize::try_from(draw_below(others, rng)?).unwrap_or(0);
        Ok(if other < truth { other } else { other + 1 })
    }

    /// The loss that the integer threshold amounts to: ln(T (k−1) / (2^64 − T)).
    pub fn epsilon(&self) -> f64 {
        let kept = self.threshold as f64;
        (kept * (self.classes - 1) as f64 / (u64::MAX - self.threshold) as f64).ln()
    }
}

/// The part of a release's ε that each of its lines has: as many as are asked at most, so that it is the
/// same whatever a sample draws.
pub fn line_epsilon(definition: &Definition, epsilon: Decimal) -> f64 {
    epsilon.value() / most_lines(definition).max(1) as f64
}

/// How many lines of a release can have an answer.
fn most_lines(definition: &Definition) -> usize {
    let Some(sample) = definition.sample else { return definition.counted().len() };
    let lines = |fixed: bool| {
        let items = definition.items.iter().filter(move |item| item.fixed == fixed);
        items.map(|item| item.kind.lines())
    };
    let (mut most, mut left) = (definition.derived.len() + lines(true).sum::<usize>(), sample);
    // Those with the most lines first, of which a matrix has up to twelve.
    for size in (1..=12).rev() {
        for lines in lines(false).filter(|lines| *lines == size) {
            if left > 0 {
                (most, left) = (most + lines, left - 1);
            }
        }
    }
    most
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
            let reported =
                if line.is_multiple() { self.several(line, counts)? } else { self.one(line, cells, counts)? };
            // Whom chance didn't draw is plainly missing: that is known beforehand, and tells nothing.
            let is_undrawn = line.sampled && counts.missing > 0;
            items.push(if is_undrawn { Counts::one(cells, None) } else { reported });
        }
        Ok(Summary::from_counts(1, items))
    }

    /// Replaces one answer. Having none is an answer like any other where it can happen.
    fn one(&mut self, line: &Counted<'_>, cells: usize, counts: &Counts) -> Result<Counts, R::Error> {
        let class = reported_class(line, counts).unwrap_or(cells);
        let reported = self.replaced(line.id, cells + usize::from(line.may_miss), self.epsilon, class)?;
        // The class past the last cell is counted as missing.
        Ok(Counts::one(cells, reported))
    }

    /// Replaces each of several answers by itself, and so whether there is any.
    fn several(&mut self, line: &Counted<'_>, counts: &Counts) -> Result<Counts, R::Error> {
        let mut reported = Counts::empty(line.cells);
        let bits = line.cells + usize::from(line.may_miss);
        let epsilon = self.epsilon / bits as f64;
        let mut replaced = |bit: usize, count: u64| {
            let class = self.replaced(&format!("{}.{bit}", line.id), 2, epsilon, usize::from(count > 0))?;
            Ok(class.unwrap_or(0) as u64)
        };
        for (bit, (count, cell)) in counts.cells.iter().zip(&mut reported.cells).enumerate() {
            *cell = replaced(bit, *count)?;
        }
        if line.may_miss {
            reported.missing = replaced(line.cells, counts.missing)?;
        }
        Ok(reported)
    }

    /// What is reported for `class`.
    fn replaced(
        &mut self,
        name: &str,
        classes: usize,
        epsilon: f64,
        class: usize,
    ) -> Result<Option<usize>, R::Error> {
        let (responses, rng) = (RandomisedResponse::new(classes, epsilon), &mut *self.rng);
        let replacements = self.keep.replacements(name, Decimal::nearest(epsilon), classes, || {
            (0..classes).map(|truth| responses.draw(truth, rng).map(|class| class as u64)).collect()
        })?;
        Ok(replacements.get(class).and_then(|class| usize::try_from(*class).ok()))
    }
}
