//! Generalised randomised response: the answer is replaced by chance before it leaves memory.
//!
//! # Privacy
//! ε-local differential privacy for each release: whatever two people answered, the same release is at
//! most e^ε times as likely from one as from the other. Neighbours are any two responses to the same
//! survey. ε is split evenly over the counted items. The replacement of every possible answer is drawn
//! once and remembered, so that a repeated answer tells nothing new; since all replacements are drawn
//! together, what is remembered says nothing of what was answered.
//!
//! Cost: two draws of 64 bits for each possible answer of an item when it is first met, then none.
//!
//! # Source
//! Warner, "Randomized Response" (1965); Kairouz, Bonawitz and Ramage, "Discrete Distribution Estimation
//! under Local Privacy" (2016), k-RR; Erlingsson, Pihur and Korolova, "RAPPOR" (2014), for memoisation.

use super::{Keep, released_cells};
use crate::definition::{Definition, Item, ItemKind, Mechanism, NetPromoter};
use crate::read::Decimal;
use crate::summary::{Counts, Summary};
use rand_core::TryRng;

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

/// Draws a whole number below `bound` without bias, by rejection.
fn draw_below<R: TryRng>(bound: u64, rng: &mut R) -> Result<u64, R::Error> {
    // The largest multiple of `bound` that fits: draws from there on would favour small numbers.
    let limit = u64::MAX - u64::MAX % bound;
    loop {
        let draw = rng.try_next_u64()?;
        if draw < limit {
            return Ok(draw % bound);
        }
    }
}

/// The part of a release's ε that each of its items has.
pub fn item_epsilon(definition: &Definition, epsilon: Decimal) -> f64 {
    epsilon.value() / definition.counted().count().max(1) as f64
}

/// Replaces one person's answers; the replacements are drawn into `keep` where it lacks them.
pub(super) fn randomise<R: TryRng>(
    definition: &Definition,
    summary: &Summary,
    keep: &mut Keep,
    rng: &mut R,
) -> Result<Summary, R::Error> {
    let Mechanism::Randomised { epsilon } = definition.privacy else {
        return Ok(Summary::empty(definition));
    };
    let part = item_epsilon(definition, epsilon);
    let mut items = Vec::new();
    for (item, counts) in definition.counted().zip(summary.items()) {
        let classes = released_cells(&definition.privacy, &item.kind);
        let responses = RandomisedResponse::new(classes, part);
        let replacements = keep.replacements(&item.id, Decimal::nearest(part), classes, || {
            (0..classes).map(|truth| responses.draw(truth, rng).map(|class| class as u64)).collect()
        })?;
        let reported = true_class(item, counts).and_then(|class| (*replacements.get(class)?).try_into().ok());
        items.push(Counts::one(classes, reported));
    }
    Ok(Summary::from_counts(1, items))
}

fn true_class(item: &Item, counts: &Counts) -> Option<usize> {
    let cell = counts.cells.iter().position(|count| *count > 0)?;
    Some(match item.kind {
        ItemKind::NetPromoter(_) => NetPromoter::class(cell),
        _ => cell,
    })
}
