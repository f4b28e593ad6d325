//! Turns stored counts into sums. How many cells a line has is known from its definition alone: in counts that earlier
//! builds stored, the cells after the last one that anybody chose are missing.

use puls_analysis::disclosure::LineTotals;
use puls_analysis::line::Line;
use puls_core::definition::{Counted, Definition, MechanismKind};
use puls_core::joint_sums::JointSums;
use puls_core::summary::Counts;
use std::collections::{BTreeMap, BTreeSet};

/// The sums that a version of a survey has.
pub(super) struct Shape {
    /// How many cells each line has, by its id.
    cells: BTreeMap<String, usize>,
    /// The joint sums of nobody, if it has joint lines.
    joint: Option<JointSums>,
    /// See [`releases_by_line`].
    releases_by_line: bool,
}

/// The database has counts that this survey can't have, so another program has changed it.
#[derive(Debug, thiserror::Error)]
#[error(
    "the database has {found} counts where the survey has {known}, so another program has changed it: restore it from a copy"
)]
pub struct OtherCells {
    found: usize,
    known: usize,
}

/// A line as it is stored.
pub(super) struct StoredLine {
    pub(super) respondents: u64,
    pub(super) missing: u64,
    pub(super) cells: Vec<u64>,
}

/// Joint lines' products as they are stored.
pub(super) struct StoredJoint {
    pub(super) missing: u64,
    pub(super) products: Vec<u64>,
}

/// Whether each line is released by itself, so that the number of people is known line by line only.
pub(super) fn releases_by_line(mechanism: MechanismKind) -> bool {
    match mechanism {
        MechanismKind::Direct | MechanismKind::Sealed => true,
        MechanismKind::Randomised | MechanismKind::Batched => false,
    }
}

impl Shape {
    /// The sums of the given lines; of all lines if it is `None`.
    pub(super) fn of(definition: &Definition, lines: Option<&BTreeSet<String>>) -> Self {
        let counted = definition.counted();
        let is_chosen = |line: &Counted<'_>| lines.is_none_or(|lines| lines.contains(line.id));
        let has_joint = definition.joint.lines().iter().all(|line| line.of(&counted).is_some_and(is_chosen));
        let cells = |line| Line::of(definition, line).cells();
        Self {
            cells: counted
                .iter()
                .filter(|line| is_chosen(line))
                .map(|line| (line.id.to_owned(), cells(line)))
                .collect(),
            joint: JointSums::empty(definition).filter(|_| has_joint),
            releases_by_line: releases_by_line(definition.privacy.kind()),
        }
    }

    /// The sums of all lines, of which `stored` has the counts; `respondents` people are in the group.
    pub(super) fn sums(
        &self,
        mut stored: BTreeMap<String, StoredLine>,
        respondents: u64,
    ) -> Result<BTreeMap<String, LineTotals>, OtherCells> {
        let mut lines = BTreeMap::new();
        for (id, cells) in &self.cells {
            // Earlier builds stored nothing of a line if everybody came to it and nobody chose an answer.
            let nobody_chose = || StoredLine {
                respondents: if self.releases_by_line { 0 } else { respondents },
                missing: 0,
                cells: Vec::new(),
            };
            let stored = stored.remove(id).unwrap_or_else(nobody_chose);
            lines.insert(id.clone(), stored.totals(*cells)?);
        }
        Ok(lines)
    }

    /// The ids of the lines.
    pub(super) fn lines(&self) -> impl Iterator<Item = &str> {
        self.cells.keys().map(String::as_str)
    }

    /// Whether there are joint sums.
    pub(super) fn has_joint(&self) -> bool {
        self.joint.is_some()
    }

    /// The sums of one line; `None` if the version has no line with this id.
    pub(super) fn line(&self, id: &str, stored: StoredLine) -> Result<Option<LineTotals>, OtherCells> {
        self.cells.get(id).map(|cells| stored.totals(*cells)).transpose()
    }

    /// The sums of joint lines' products, which are 0 if none are stored; `None` if the version has no joint lines.
    pub(super) fn joint(&self, stored: Option<StoredJoint>) -> Result<Option<JointSums>, OtherCells> {
        let Some(nobody) = self.joint.clone() else { return Ok(None) };
        stored.map_or(Ok(nobody.clone()), |stored| stored.sums(nobody)).map(Some)
    }
}

impl StoredLine {
    /// The sums of a line with this number of cells.
    pub(super) fn totals(mut self, cells: usize) -> Result<LineTotals, OtherCells> {
        let found = self.cells.len();
        self.cells.resize(found.max(cells), 0);
        let counts = Counts::of(cells, self.cells, self.missing).ok_or(OtherCells { found, known: cells })?;
        Ok(LineTotals { respondents: self.respondents, counts })
    }
}

impl StoredJoint {
    /// The stored sums, in the form of `nobody`'s.
    pub(super) fn sums(mut self, nobody: JointSums) -> Result<JointSums, OtherCells> {
        let (found, known) = (self.products.len(), nobody.products().len());
        self.products.resize(found.max(known), 0);
        nobody.with(self.products, self.missing).ok_or(OtherCells { found, known })
    }
}
