//! What a release tells at most, and what one browser's releases may tell in all.
//!
//! Whatever is sent of a line is drawn around its permanent reports. So all of it together tells no more of an answer
//! than these do, and these lose ε∞: what the lifetime ε leaves when they are drawn, split over lines as ε is. Each
//! time that what is sent in a wave is drawn, the line is charged with its part of ε, until it has been charged ε∞;
//! later waves cost nothing. To which answers that belongs isn't kept, since it would be what was answered. Charges
//! add up over lines, waves and versions of a survey to the ε that is spent, which never exceeds the lifetime ε.

use super::super::Keep;
use super::Channel;
use crate::FULL;
use crate::definition::{Counted, Definition, Mechanism};
use crate::read::Decimal;
use crate::summary::{Counts, Summary};
use crate::wave::Wave;

/// This browser has told as much as it may.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::privacy) struct Spent;

/// What a release costs.
pub(in crate::privacy) struct Charge {
    /// ε to be added to what is spent.
    pub(in crate::privacy) epsilon: Decimal,
    /// ε∞ of permanent reports that have to be drawn: so many times a line's part of ε.
    pub(in crate::privacy) times: Decimal,
}

/// The part of a release's ε that each of its lines has: as many as are asked at most, so that it is the
/// same whatever a sample draws.
pub fn line_epsilon(definition: &Definition, epsilon: Decimal) -> f64 {
    epsilon.value() / most_lines(definition).max(1) as f64
}

/// Whether `keep` leaves room for one more release in `wave`, whatever is answered. Always true of surveys that
/// aren't randomised.
pub fn affords(definition: &Definition, keep: &Keep, wave: Wave) -> bool {
    let Mechanism::Randomised { epsilon, lifetime } = definition.privacy else { return true };
    charge(definition, (epsilon, lifetime), None, keep, wave).is_ok()
}

/// What it costs to release `summary` in `wave`; without one, every line, which is never less.
pub(in crate::privacy) fn charge(
    definition: &Definition,
    (epsilon, lifetime): (Decimal, Decimal),
    summary: Option<&Summary>,
    keep: &Keep,
    wave: Wave,
) -> Result<Charge, Spent> {
    let (part, wave) = (line_epsilon(definition, epsilon), wave.to_string());
    let left = lifetime - keep.spent();
    let (mut told, mut least) = (0.0, Decimal::default());
    for_each_asked(definition, summary, |name, line| {
        let channel = Channel::of(line, part);
        let share = keep.to_tell(name, &channel, &wave).unwrap_or_else(|| {
            // Permanent reports can't lose less than what is sent.
            least = epsilon;
            1.0
        });
        told += channel.epsilon * share;
    });
    // Rounding aside, all lines together have the release's ε.
    let told = Decimal::nearest(told).min(epsilon);
    if told.max(least) > left { Err(Spent) } else { Ok(Charge { epsilon: told, times: left.over(epsilon) }) }
}

/// Hands over what the reports of each line are kept under, but of those that chance didn't draw.
fn for_each_asked(
    definition: &Definition,
    summary: Option<&Summary>,
    mut each: impl FnMut(&str, &Counted<'_>),
) {
    for (index, line) in definition.counted().iter().enumerate() {
        let counts = summary.and_then(|summary| summary.items().get(index));
        if !counts.is_some_and(|counts| is_undrawn(line, counts)) {
            names(line).iter().for_each(|name| each(name, line));
        }
    }
}

/// Whether chance didn't draw the line for whoever has these counts.
pub(super) fn is_undrawn(line: &Counted<'_>, counts: &Counts) -> bool {
    FULL && line.sampled && counts.missing() > 0
}

/// What a line's reports are kept under: its id, or one name for each bit where several answers can be
/// given.
pub(super) fn names(line: &Counted<'_>) -> Vec<String> {
    if !(FULL && line.is_multiple()) {
        return vec![line.id.to_owned()];
    }
    let bits = 0..line.cells + usize::from(line.may_miss);
    bits.map(|bit| format!("{}.{bit}", line.id)).collect()
}

/// How many lines of a release can have an answer.
fn most_lines(definition: &Definition) -> usize {
    let Some(sample) = definition.sample.filter(|_| FULL) else { return definition.counted().len() };
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
