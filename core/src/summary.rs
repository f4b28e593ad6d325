//! Answers as counts, which add up and no longer say who gave them.
//!
//! A [`Summary`] of one person is still that person's record, so it can be neither printed nor
//! serialised: [`privacy`](crate::privacy) is the only way on from here. [`Counts`] are what a release, a
//! batch and the collector's totals are made of.
//!
//! ```compile_fail
//! fn serialisable<T: serde::Serialize>() {}
//! serialisable::<puls_core::summary::Summary>();
//! ```

use crate::FULL;
use crate::definition::{Counted, Definition};
use crate::joint;
use crate::path::Path;
use crate::read::{Fields, Node};
use serde::{Deserialize, Serialize};
use std::ops::RangeInclusive;

/// How often each answer on one line was given.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Counts {
    /// One count for each answer.
    pub cells: Vec<u64>,
    /// How many respondents have no answer: they weren't asked, didn't come to it, or skipped it.
    pub missing: u64,
}

impl Counts {
    /// Counts of nothing over `cells` answers.
    pub fn empty(cells: usize) -> Self {
        Self { cells: vec![0; cells], missing: 0 }
    }

    /// One answer: a 1 in `cell`, or in `missing` when there is none.
    pub fn one(cells: usize, cell: Option<usize>) -> Self {
        let mut counts = Self::empty(cells);
        match cell.and_then(|cell| counts.cells.get_mut(cell)) {
            Some(count) => *count = 1,
            None => counts.missing = 1,
        }
        counts
    }

    /// Any number of answers of one person, one bit a cell; `missing` when there is no answer at all.
    pub fn several(cells: usize, given: Option<u32>) -> Self {
        let mut counts = Self::empty(cells);
        counts.missing = given.is_none().into();
        let given = given.unwrap_or(0);
        for (cell, count) in counts.cells.iter_mut().enumerate().take(32) {
            *count = u64::from(given >> cell & 1);
        }
        counts
    }

    /// Adds `other` cell by cell; the longer of the two decides how many cells there are.
    pub fn merge(&mut self, other: &Self) {
        if self.cells.len() < other.cells.len() {
            self.cells.resize(other.cells.len(), 0);
        }
        for (sum, count) in self.cells.iter_mut().zip(&other.cells) {
            *sum = sum.saturating_add(*count);
        }
        self.missing = self.missing.saturating_add(other.missing);
    }

    /// Takes what was added away again.
    pub fn take_away(&mut self, other: &Self) {
        for (sum, count) in self.cells.iter_mut().zip(&other.cells) {
            *sum = sum.saturating_sub(*count);
        }
        self.missing = self.missing.saturating_sub(other.missing);
    }

    /// Reads the fields `cells`, of which there are `length`, and `missing`, all of them at most `most`.
    pub(crate) fn read(fields: &Fields<'_>, length: RangeInclusive<usize>, most: u32) -> Self {
        let count = |node: &Node<'_>| u64::from(node.integer(0..=most));
        Self {
            cells: fields.required("cells", |cells| cells.entries(length, count)),
            missing: fields.required("missing", count),
        }
    }

    /// How many answers were given; of one person on lines with several, any number.
    pub fn total(&self) -> u64 {
        self.cells.iter().fold(0, |sum, count| sum.saturating_add(*count))
    }
}

/// Counts for each counted line of a survey, in the definition's order; then, where the survey has joint
/// lines, the sums of their products, of which whoever didn't answer them all is missing.
///
/// Its size depends on the definition alone, never on how many people it sums up.
#[derive(Clone, PartialEq, Eq)]
pub struct Summary {
    respondents: u64,
    items: Vec<Counts>,
}

impl Summary {
    /// Nobody's answers: what merging starts from.
    pub fn empty(definition: &Definition) -> Self {
        let mut items: Vec<_> = definition.counted().iter().map(|line| Counts::empty(line.cells)).collect();
        if FULL && let Some((_, size)) = definition.joint_sums() {
            items.push(Counts::empty(size));
        }
        Self { respondents: 0, items }
    }

    /// One person's answers, as far as they lie on the person's way, and what follows from them.
    pub fn of(path: &Path<'_>) -> Self {
        let answers = path.answers();
        let one = |(index, line): (usize, &Counted<'_>)| {
            if line.is_multiple() {
                Counts::several(line.cells, answers.cells(index))
            } else {
                Counts::one(line.cells, answers.cell(index))
            }
        };
        let mut items: Vec<Counts> = answers.lines().iter().enumerate().map(one).collect();
        let lines = path.definition().joint.lines();
        if FULL && !lines.is_empty() {
            let cells: Option<Vec<usize>> = lines.iter().map(|line| answers.cell(*line)).collect();
            items.push(joint_counts(lines.len(), cells));
        }
        Self { respondents: 1, items }
    }

    /// The sums of products, where the survey has joint lines.
    pub(crate) fn joint(&self, definition: &Definition) -> Option<&Counts> {
        self.items.get(definition.counted().len()).filter(|_| FULL)
    }

    /// Adds another summary of the same survey.
    pub fn merge(&mut self, other: &Self) {
        self.respondents = self.respondents.saturating_add(other.respondents);
        for (sum, counts) in self.items.iter_mut().zip(&other.items) {
            sum.merge(counts);
        }
    }

    pub(crate) fn from_counts(respondents: u64, items: Vec<Counts>) -> Self {
        Self { respondents, items }
    }

    pub(crate) fn respondents(&self) -> u64 {
        self.respondents
    }

    pub(crate) fn items(&self) -> &[Counts] {
        &self.items
    }
}

/// One person's products, or the lack of an answer to one of the lines.
fn joint_counts(lines: usize, cells: Option<Vec<usize>>) -> Counts {
    let missing = cells.is_none().into();
    let cells = cells.map_or_else(|| vec![0; joint::size(lines)], |cells| joint::products(&cells));
    Counts { cells, missing }
}
