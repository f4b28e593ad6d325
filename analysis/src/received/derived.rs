//! Checks whether derived lines agree with the lines that they follow from, as far as sums can tell.
//!
//! In come the counts of a release in which all lines are of the same people, and each line is possible by itself; out
//! go the derived lines that no answers of this many people lead to. Nobody knows who answered what, so most checks are
//! bounds: of a sum by its parts' distributions, of a class by two indices (Fréchet), of a condition by its parts.
//! Every release that a widget makes is within them.

mod class;
mod condition;
mod index;

use super::Received;
use puls_core::definition::{Counted, Definition, DerivedKind, LineIndex};
use puls_core::read::Node;
use puls_core::segment::Segment;
use puls_core::summary::Counts;
use std::ops::RangeInclusive;

/// Reports each derived line of `items` that doesn't agree with what `received` says of the other lines.
pub(super) fn check(items: &Node<'_>, definition: &Definition, received: &Received) {
    let counted = definition.counted();
    let Received { segment, respondents, items: counts, .. } = received;
    let lines = Lines { segment, counted: &counted, counts, respondents: *respondents };
    if !lines.are_whole() {
        // The lines' own mistakes have been reported, and nothing can be checked against them.
        return;
    }
    let fields = items.members();
    for (index, line) in counted.iter().enumerate() {
        if let (Some(found), Some(node)) = (lines.disagreement(LineIndex(index)), fields.get(line.id)) {
            node.unfit(found.reason());
        }
    }
}

/// The counts that a release has of each line.
#[derive(Clone, Copy)]
struct Lines<'a> {
    segment: &'a Segment,
    counted: &'a [Counted<'a>],
    counts: &'a [(String, Counts)],
    respondents: u64,
}

/// What is wrong with a derived line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Disagreement {
    /// The number of people without a value doesn't match the number without an answer.
    Missing,
    /// No answers lead to these values.
    Values,
}

impl Disagreement {
    /// The mistake in words, for whoever posts the release.
    fn reason(self) -> &'static str {
        match self {
            Self::Missing => "is missing for more or fewer people than its items allow",
            Self::Values => "has counts that no answers to its items come to",
        }
    }
}

impl<'a> Lines<'a> {
    /// Whether each line counts every respondent.
    fn are_whole(self) -> bool {
        let is_whole = |(line, (_, counts)): (&Counted<'_>, &(String, Counts))| {
            let people = counts.total().saturating_add(counts.missing());
            counts.cells().len() == line.cells && (line.is_multiple() || people == self.respondents)
        };
        self.counted.len() <= self.counts.len() && self.counted.iter().zip(self.counts).all(is_whole)
    }

    /// What is wrong with a line; `None` if it agrees or isn't derived.
    fn disagreement(self, line: LineIndex) -> Option<Disagreement> {
        let own = self.of(line)?;
        match line.of(self.counted)?.derived()? {
            DerivedKind::Index { lines } => index::disagreement(self, own, lines),
            DerivedKind::Class { energy, clarity, high, low } => {
                class::disagreement(own, self.of(*energy)?, self.of(*clarity)?, *high..*low)
            }
            DerivedKind::Share { when } => condition::disagreement(self, own, when),
        }
    }

    fn of(self, line: LineIndex) -> Option<&'a Counts> {
        line.of(self.counts).map(|(_, counts)| counts)
    }

    /// How many people may have no value of a measure that needs an answer on each of these lines.
    fn missing(self, lines: &[LineIndex]) -> RangeInclusive<u64> {
        let missing = || lines.iter().filter_map(|line| self.of(*line)).map(|counts| counts.missing());
        missing().max().unwrap_or(0)..=missing().sum::<u64>().min(self.respondents)
    }
}
