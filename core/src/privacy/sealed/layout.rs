use super::Tally;
use crate::definition::{Counted, Definition, LineIndex, Measure, Summed};
use crate::joint_sums::{self, JointSums};
use crate::privacy::{reported_class, reported_classes};
use crate::summary::{Counts, Summary};

/// How a task's sums are laid out. Browsers, aggregators and the collector have to agree on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Layout {
    /// A line's answers. A net promoter item is counted as one of its three classes.
    Line {
        /// What is made of the counts.
        measure: Measure,
        /// How many answers are counted.
        cells: usize,
        /// Whether respondents without an answer have a cell of their own, the last one.
        has_missing: bool,
    },
    /// The products of the joint lines' answers. All of them are 0 for somebody who didn't answer every line.
    Joint {
        /// The highest cell of each line, counted from 0.
        lasts: Vec<u64>,
    },
}

/// A task's name, what it adds up, and how its sums are laid out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskLayout {
    /// The line's id, or the joint lines' name.
    pub name: String,
    /// What the task adds up.
    pub summed: Summed,
    /// How its sums are laid out.
    pub layout: Layout,
}

/// A task's sums, read by their layout.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TaskSums {
    /// The counts of a line.
    Line(Counts),
    /// The products of joint lines.
    Joint(JointSums),
}

impl Layout {
    /// The layouts of all tasks of a survey.
    pub fn all(definition: &Definition) -> Vec<TaskLayout> {
        let lines = definition.counted();
        let last = |line: &LineIndex| line.of(&lines).map(|line| (line.cells as u64).saturating_sub(1));
        let layout = |summed: Summed| match summed {
            Summed::Line(line) => line.of(&lines).map(Self::of),
            Summed::Joint => {
                Some(Self::Joint { lasts: definition.joint.lines().iter().filter_map(last).collect() })
            }
        };
        let named =
            |(name, summed): (String, Summed)| Some(TaskLayout { name, summed, layout: layout(summed)? });
        definition.summed().into_iter().filter_map(named).collect()
    }

    /// The layout of a line.
    pub fn of(line: &Counted<'_>) -> Self {
        let (measure, cells) = (line.measure, reported_classes(line));
        Self::Line { measure, cells, has_missing: line.may_miss || line.sampled }
    }

    /// How many numbers a report has.
    pub fn length(&self) -> usize {
        match self {
            Self::Line { cells, has_missing, .. } => cells + usize::from(*has_missing),
            Self::Joint { lasts } => joint_sums::size(lasts.len()),
        }
    }

    /// How many bits each number of a vector has; `None` for a histogram, in which exactly one number is 1.
    pub fn bits(&self) -> Option<u32> {
        match self {
            Self::Line { measure: Measure::Several, .. } => Some(1),
            Self::Line { .. } => None,
            Self::Joint { lasts } => Some(joint_sums::largest(lasts).ilog2() + 1),
        }
    }

    /// Reads a task's sums over `respondents` people; `None` if they are impossible.
    pub fn sums(&self, sums: &[u128], respondents: u64) -> Option<TaskSums> {
        let sums: Vec<u64> = sums.iter().map(|sum| u64::try_from(*sum).ok()).collect::<Option<_>>()?;
        if sums.len() != self.length() {
            return None;
        }
        match self {
            Self::Line { measure, cells, has_missing } => {
                line(sums, *measure, *cells, *has_missing, respondents).map(TaskSums::Line)
            }
            Self::Joint { lasts } => products(sums, lasts, respondents).map(TaskSums::Joint),
        }
    }

    /// What one person adds to a task; `None` if the summary lacks what the task adds up.
    pub(super) fn tally(&self, summed: Summed, summary: &Summary) -> Option<Tally> {
        let Summed::Line(line) = summed else {
            return Some(self.numbers(summary.joint()?.products().iter().copied()));
        };
        let counts = line.of(summary.items())?;
        Some(match self {
            Self::Line { measure, cells, .. } if *measure != Measure::Several => {
                Tally::One { cell: reported_class(*measure, counts).unwrap_or(*cells), length: self.length() }
            }
            Self::Line { has_missing: true, .. } => {
                self.numbers(counts.cells().iter().copied().chain([counts.missing()]))
            }
            _ => self.numbers(counts.cells().iter().copied()),
        })
    }

    fn numbers(&self, numbers: impl Iterator<Item = u64>) -> Tally {
        // No number exceeds 900, the product of two counts of 30.
        let numbers = numbers.map(|number| u32::try_from(number).unwrap_or(u32::MAX)).collect();
        Tally::Numbers { numbers, bits: self.bits().unwrap_or(1) }
    }
}

fn line(
    mut sums: Vec<u64>,
    measure: Measure,
    cells: usize,
    has_missing: bool,
    respondents: u64,
) -> Option<Counts> {
    let fits = sums.iter().all(|count| *count <= respondents);
    let missing = if has_missing { sums.pop()? } else { 0 };
    let counts = Counts::of(cells, sums, missing)?;
    let adds_up = measure == Measure::Several || counts.total().saturating_add(missing) == respondents;
    (fits && adds_up).then_some(counts)
}

/// Reads sums of products; `None` if they are impossible. A report's proof doesn't show that its numbers are products
/// of one person's answers, so sums may contain forged reports, of which this finds only some.
fn products(sums: Vec<u64>, lasts: &[u64], respondents: u64) -> Option<JointSums> {
    let most = respondents.saturating_mul(joint_sums::largest(lasts));
    // These bounds keep the arithmetic below from overflowing.
    let is_within = u32::try_from(respondents).is_ok() && sums.iter().all(|sum| *sum <= most);
    let missing = respondents.checked_sub(*sums.first()?)?;
    let sums = JointSums::of_nobody(lasts.len()).with(sums, missing)?;
    (is_within && sums.are_possible(lasts)).then_some(sums)
}
