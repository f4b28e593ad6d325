use puls_core::joint_sums::JointSums;
use puls_core::summary::Counts;

/// Sums over some people, which are published together or not at all.
pub trait Block: Clone {
    /// How many people they are of.
    fn respondents(&self) -> u64;

    /// How many of these answered.
    fn answered(&self) -> u64;

    /// Adds others' sums.
    fn merge(&mut self, other: &Self);

    /// Takes what was added away again.
    fn take_away(&mut self, other: &Self);
}

/// Sums of one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineTotals {
    /// People counted on it: fewer than in all where an earlier version of the survey lacked it.
    pub respondents: u64,
    /// Their counts.
    pub counts: Counts,
}

impl Block for LineTotals {
    fn respondents(&self) -> u64 {
        self.respondents
    }

    /// As far as the lack of an answer wasn't randomised.
    fn answered(&self) -> u64 {
        self.respondents.saturating_sub(self.counts.missing())
    }

    fn merge(&mut self, other: &Self) {
        self.respondents = self.respondents.saturating_add(other.respondents);
        self.counts.merge(&other.counts);
    }

    fn take_away(&mut self, other: &Self) {
        self.respondents = self.respondents.saturating_sub(other.respondents);
        self.counts.take_away(&other.counts);
    }
}

impl Block for JointSums {
    fn respondents(&self) -> u64 {
        self.answered().saturating_add(self.missing())
    }

    /// All of the lines.
    fn answered(&self) -> u64 {
        JointSums::respondents(self)
    }

    fn merge(&mut self, other: &Self) {
        JointSums::merge(self, other);
    }

    fn take_away(&mut self, other: &Self) {
        JointSums::take_away(self, other);
    }
}

/// Adds a block to what there is.
pub(super) fn add<T: Block>(sum: &mut Option<T>, block: &T) {
    match sum {
        Some(sum) => sum.merge(block),
        None => *sum = Some(block.clone()),
    }
}
