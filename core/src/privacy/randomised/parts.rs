//! How the ε of a release is split evenly over the lines that can have an answer, and under which names reports are
//! kept.

use crate::FULL;
use crate::definition::{Counted, Definition};
use crate::read::Decimal;
use crate::summary::{Counts, Summary};

/// The part of a release's ε that each line has. It is divided by the most lines that can be asked, so that it is the
/// same whatever a sample draws.
pub fn line_epsilon(definition: &Definition, epsilon: Decimal) -> f64 {
    epsilon.value() / most_lines(definition).max(1) as f64
}

/// Calls `each` with every name that reports are kept under and its line, except for lines that weren't drawn.
pub(super) fn for_each_asked(
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

/// Whether item sampling left the line out for the person with these counts.
pub(super) fn is_undrawn(line: &Counted<'_>, counts: &Counts) -> bool {
    FULL && line.sampled && counts.missing() > 0
}

/// The names that a line's reports are kept under: its id, or one name for each bit where it takes several answers.
pub(super) fn names(line: &Counted<'_>) -> Vec<String> {
    if !(FULL && line.is_multiple()) {
        return vec![line.id.to_owned()];
    }
    let bits = 0..line.cells + usize::from(line.may_miss);
    bits.map(|bit| format!("{}.{bit}", line.id)).collect()
}

/// How many lines of one release can have an answer at most.
fn most_lines(definition: &Definition) -> usize {
    let Some(sample) = definition.sample.filter(|_| FULL) else { return definition.counted().len() };
    let lines = |fixed: bool| {
        let items = definition.items.iter().filter(move |item| item.fixed == fixed);
        items.map(|item| item.kind.lines())
    };
    let (mut most, mut left) = (definition.derived.len() + lines(true).sum::<usize>(), sample);
    // The items with the most lines come first. A matrix has up to twelve.
    for size in (1..=12).rev() {
        for lines in lines(false).filter(|lines| *lines == size) {
            if left > 0 {
                (most, left) = (most + lines, left - 1);
            }
        }
    }
    most
}
