use super::Tally;
use crate::definition::{Counted, Definition, Measure, NetPromoter};
use crate::joint::{self, Sums};
use crate::privacy::reported_class;
use crate::summary::Counts;

/// How a task's sums are laid out, on which browsers, aggregators and collector have to agree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Layout {
    /// A line's answers. A net promoter item is counted as one of its three classes.
    Line {
        /// What the counts amount to.
        measure: Measure,
        /// How many answers there are to count.
        cells: usize,
        /// Whether those without an answer have a cell of their own, the last one.
        has_missing: bool,
    },
    /// The products of the joint lines' answers, all of them 0 of somebody who didn't answer every line.
    Joint {
        /// The highest cell of each line, counted from 0.
        lasts: Vec<u64>,
    },
}

impl Layout {
    /// What a survey's tasks are called and how each is laid out, in the order of [`Definition::summed`].
    pub fn all(definition: &Definition) -> Vec<(String, Self)> {
        let lines = definition.counted();
        let last = |line: &usize| lines.get(*line).map(|line| (line.cells as u64).saturating_sub(1));
        let lasts: Vec<u64> = definition.joint.lines().iter().filter_map(last).collect();
        let joint = (!lasts.is_empty()).then_some(Self::Joint { lasts });
        let layouts = lines.iter().map(Self::of).chain(joint);
        definition.summed().into_iter().zip(layouts).collect()
    }

    /// The layout of a line.
    pub fn of(line: &Counted<'_>) -> Self {
        let measure = line.measure;
        let cells = if measure == Measure::NetPromoterScore { NetPromoter::CLASSES } else { line.cells };
        Self::Line { measure, cells, has_missing: line.may_miss || line.sampled }
    }

    /// How many numbers a report has.
    pub fn length(&self) -> usize {
        match self {
            Self::Line { cells, has_missing, .. } => cells + usize::from(*has_missing),
            Self::Joint { lasts } => joint::size(lasts.len()),
        }
    }

    /// How many bits each number has, where they are a vector; `None` where they are a histogram, in which exactly
    /// one of them is 1.
    pub fn bits(&self) -> Option<u32> {
        match self {
            Self::Line { measure: Measure::Several, .. } => Some(1),
            Self::Line { .. } => None,
            Self::Joint { lasts } => Some(joint::largest(lasts).ilog2() + 1),
        }
    }

    /// What a task's sums over `respondents` people amount to; `None` where they can't be such sums.
    pub fn counts(&self, sums: &[u128], respondents: u64) -> Option<Counts> {
        let sums: Vec<u64> = sums.iter().map(|sum| u64::try_from(*sum).ok()).collect::<Option<_>>()?;
        if sums.len() != self.length() {
            return None;
        }
        match self {
            Self::Line { measure, has_missing, .. } => line(sums, *measure, *has_missing, respondents),
            Self::Joint { lasts } => products(sums, lasts, respondents),
        }
    }

    pub(super) fn tally(&self, counts: &Counts) -> Tally {
        match self {
            Self::Line { measure, cells, .. } if *measure != Measure::Several => {
                Tally::One { cell: reported_class(*measure, counts).unwrap_or(*cells), length: self.length() }
            }
            Self::Line { has_missing, .. } => {
                let answered = counts.cells.iter().copied();
                self.numbers(answered.chain(has_missing.then_some(counts.missing)))
            }
            Self::Joint { .. } => self.numbers(counts.cells.iter().copied()),
        }
    }

    fn numbers(&self, numbers: impl Iterator<Item = u64>) -> Tally {
        // No product is above 900, that of two counts of up to 30.
        let numbers = numbers.map(|number| u32::try_from(number).unwrap_or(u32::MAX)).collect();
        Tally::Numbers { numbers, bits: self.bits().unwrap_or(1) }
    }
}

fn line(mut cells: Vec<u64>, measure: Measure, has_missing: bool, respondents: u64) -> Option<Counts> {
    let fits = cells.iter().all(|count| *count <= respondents);
    let missing = if has_missing { cells.pop()? } else { 0 };
    let counts = Counts { cells, missing };
    let adds_up = measure == Measure::Several || counts.total().saturating_add(counts.missing) == respondents;
    (fits && adds_up).then_some(counts)
}

/// A proof says of each number that it isn't too large, and not that they are products of one person's answers: a
/// report that was made up may have others, which sometimes shows in the sums.
fn products(cells: Vec<u64>, lasts: &[u64], respondents: u64) -> Option<Counts> {
    let sums = Sums::new(lasts.len(), &cells);
    let missing = respondents.checked_sub(sums.respondents())?;
    let most = respondents.saturating_mul(joint::largest(lasts));
    // So that nothing below can be too large to reckon with.
    let is_within = u32::try_from(respondents).is_ok() && cells.iter().all(|sum| *sum <= most);
    let fits = is_within && sums.are_possible(lasts);
    fits.then_some(Counts { cells, missing })
}
