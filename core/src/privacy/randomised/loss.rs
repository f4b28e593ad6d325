//! What a release tells at most, and what one browser's releases may tell in all.
//!
//! A line's replacements are drawn once, so a release tells of a line what it hasn't told before only as
//! long as there are answers whose replacement hasn't been seen: as often as the line has classes. For
//! which of them that is, isn't kept, since it would be what was answered. So each of a line's first releases,
//! as many as it has classes, is charged with the line's part of ε, and later ones with nothing. Charges add up
//! over lines, waves and versions of a survey to the ε that is spent.

use super::super::Keep;
use super::Channel;
use crate::FULL;
use crate::definition::{Counted, Definition, Mechanism};
use crate::read::Decimal;
use crate::summary::Summary;

/// This browser has told as much as it may.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::privacy) struct Spent;

/// The part of a release's ε that each of its lines has: as many as are asked at most, so that it is the
/// same whatever a sample draws.
pub fn line_epsilon(definition: &Definition, epsilon: Decimal) -> f64 {
    epsilon.value() / most_lines(definition).max(1) as f64
}

/// Whether `keep` leaves room for one more release, whatever is answered. Always true of surveys that
/// aren't randomised.
pub fn affords(definition: &Definition, keep: &Keep) -> bool {
    charge(definition, None, keep).is_ok()
}

/// The ε that is spent once `summary` is released as well; without one, once every line is.
pub(in crate::privacy) fn charge(
    definition: &Definition,
    summary: Option<&Summary>,
    keep: &Keep,
) -> Result<Decimal, Spent> {
    let Mechanism::Randomised { epsilon, lifetime } = definition.privacy else { return Ok(keep.spent()) };
    let part = line_epsilon(definition, epsilon);
    let mut told = 0.0;
    for_each_asked(definition, summary, |name, line| {
        let channel = Channel::of(line, part);
        if keep.has_more_to_tell(name, channel.classes) {
            told += channel.epsilon;
        }
    });
    // Rounding aside, all lines together have the release's ε.
    let spent = keep.spent() + Decimal::nearest(told).min(epsilon);
    if spent > lifetime { Err(Spent) } else { Ok(spent) }
}

/// Hands over what the replacements of each line are kept under, but of those that chance didn't draw.
pub(in crate::privacy) fn for_each_asked(
    definition: &Definition,
    summary: Option<&Summary>,
    mut each: impl FnMut(&str, &Counted<'_>),
) {
    for (index, line) in definition.counted().iter().enumerate() {
        let counts = summary.and_then(|summary| summary.items().get(index));
        let is_undrawn = FULL && line.sampled && counts.is_some_and(|counts| counts.missing() > 0);
        if !is_undrawn {
            names(line).iter().for_each(|name| each(name, line));
        }
    }
}

/// What a line's replacements are kept under: its id, or one name for each bit where several answers can be
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
