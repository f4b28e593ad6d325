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

use crate::definition::{Counted, Definition, LineIndex, LineRange};
use crate::joint_sums::JointSums;
use crate::path::Path;
use crate::read::{Fields, Node};
use std::ops::RangeInclusive;

/// How often each answer on one line was given.
///
/// How many cells there are follows from the survey's definition and never changes. Cells in which nobody is are there
/// as well.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counts {
    cells: Vec<u64>,
    missing: u64,
}

impl Counts {
    /// Counts of nothing over `cells` answers.
    pub fn empty(cells: usize) -> Self {
        Self { cells: vec![0; cells], missing: 0 }
    }

    /// The counts of a line with `cells` cells; `None` if there is another number of them.
    ///
    /// ```
    /// use puls_core::summary::Counts;
    /// assert_eq!(Counts::of(3, vec![4, 0, 0], 1).map(|counts| counts.total()), Some(4));
    /// assert_eq!(Counts::of(3, vec![4], 1), None);
    /// ```
    pub fn of(cells: usize, counts: Vec<u64>, missing: u64) -> Option<Self> {
        (counts.len() == cells).then_some(Self { cells: counts, missing })
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

    /// One person's answer with any number of cells, one bit for each; `missing` without an answer.
    pub fn several(cells: usize, given: Option<u32>) -> Self {
        let mut counts = Self::empty(cells);
        counts.missing = given.is_none().into();
        let given = given.unwrap_or(0);
        for (cell, count) in counts.cells.iter_mut().enumerate().take(32) {
            *count = u64::from(given >> cell & 1);
        }
        counts
    }

    /// One count for each answer.
    pub fn cells(&self) -> &[u64] {
        &self.cells
    }

    /// How many respondents have no answer, since they weren't asked, didn't come to the item, or skipped it.
    pub fn missing(&self) -> u64 {
        self.missing
    }

    /// Adds others' counts of the same line, cell by cell.
    pub fn merge(&mut self, other: &Self) {
        debug_assert_eq!(self.cells.len(), other.cells.len(), "counts of two lines are added up");
        for (sum, count) in self.cells.iter_mut().zip(&other.cells) {
            *sum = sum.saturating_add(*count);
        }
        self.missing = self.missing.saturating_add(other.missing);
    }

    /// Subtracts counts that were added before.
    pub fn take_away(&mut self, other: &Self) {
        debug_assert_eq!(self.cells.len(), other.cells.len(), "counts of two lines are taken apart");
        for (sum, count) in self.cells.iter_mut().zip(&other.cells) {
            *sum = sum.saturating_sub(*count);
        }
        self.missing = self.missing.saturating_sub(other.missing);
    }

    /// Reads the counts of a line with `cells` cells, each at most `most`. Logs another number of cells, and returns
    /// `None`.
    #[cfg(feature = "outside-the-widget")]
    pub fn read(fields: &Fields<'_>, cells: usize, most: u32) -> Option<Self> {
        let (counts, missing) = read_counts(fields, cells..=cells, most);
        Self::of(cells, counts, missing)
    }

    /// How many answers were given. On a line that takes several, one person counts with each of theirs.
    pub fn total(&self) -> u64 {
        self.cells.iter().fold(0, |sum, count| sum.saturating_add(*count))
    }
}

/// Reads the fields `cells`, a list of an allowed `length`, and `missing`. Each number is at most `most`.
pub(crate) fn read_counts(fields: &Fields<'_>, length: RangeInclusive<usize>, most: u32) -> (Vec<u64>, u64) {
    let count = |node: &Node<'_>| u64::from(node.integer(0..=most));
    (fields.required("cells", |cells| cells.entries(length, count)), fields.required("missing", count))
}

/// The counts of each line of a survey, in the definition's order, and the sums of products where the survey has joint
/// lines.
///
/// Its size depends on the definition alone, never on how many people it sums up.
#[derive(Clone, PartialEq, Eq)]
pub struct Summary {
    respondents: u64,
    items: Vec<Counts>,
    joint: Option<JointSums>,
}

impl Summary {
    /// A summary of nobody's answers, to which others are added.
    pub fn empty(definition: &Definition) -> Self {
        let items = definition.counted().iter().map(|line| Counts::empty(line.cells)).collect();
        Self { respondents: 0, items, joint: JointSums::empty(definition) }
    }

    /// One person's answers on the path, and the derived measures that follow from them.
    pub fn of(path: &Path<'_>) -> Self {
        let answers = path.answers();
        let one = |(index, line): (usize, &Counted<'_>)| {
            if line.is_multiple() {
                Counts::several(line.cells, answers.cells(LineIndex(index)))
            } else {
                Counts::one(line.cells, answers.cell(LineIndex(index)))
            }
        };
        let joint = JointSums::empty(path.definition()).map(|nobody| {
            let lines = path.definition().joint.lines();
            let cells: Option<Vec<usize>> = lines.iter().map(|line| answers.cell(*line)).collect();
            nobody.one(cells.as_deref())
        });
        Self { respondents: 1, items: answers.lines().iter().enumerate().map(one).collect(), joint }
    }

    /// Adds another summary of the same survey.
    pub fn merge(&mut self, other: &Self) {
        self.respondents = self.respondents.saturating_add(other.respondents);
        for (sum, counts) in self.items.iter_mut().zip(&other.items) {
            sum.merge(counts);
        }
        if let (Some(sums), Some(more)) = (&mut self.joint, &other.joint) {
            sums.merge(more);
        }
    }

    pub(crate) fn from_counts(respondents: u64, items: Vec<Counts>, joint: Option<JointSums>) -> Self {
        Self { respondents, items, joint }
    }

    pub(crate) fn respondents(&self) -> u64 {
        self.respondents
    }

    /// All lines.
    pub(crate) fn lines(&self) -> LineRange {
        LineRange(0..self.items.len())
    }

    pub(crate) fn items(&self) -> &[Counts] {
        &self.items
    }

    /// The sums of products, where the survey has joint lines.
    pub(crate) fn joint(&self) -> Option<&JointSums> {
        self.joint.as_ref()
    }
}
