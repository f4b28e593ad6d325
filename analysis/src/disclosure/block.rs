use puls_core::joint_sums::JointSums;
use puls_core::summary::Counts;

/// Sums over some people. They are published together or not at all.
pub trait Block: Clone {
    /// The number of people.
    fn respondents(&self) -> u64;

    /// The number of those among them who answered.
    fn answered(&self) -> u64;

    /// Adds the sums of other people.
    fn merge(&mut self, other: &Self);

    /// Subtracts sums that were added before.
    fn take_away(&mut self, other: &Self);
}

/// Sums of one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineTotals {
    /// The people who are counted on it. They are fewer than the survey's respondents if an earlier version lacked the
    /// line.
    pub respondents: u64,
    /// Their counts.
    pub counts: Counts,
}

impl Block for LineTotals {
    fn respondents(&self) -> u64 {
        self.respondents
    }

    /// Blocks are of exact counts alone: where "no answer" is randomised, `missing` counts reports, not people.
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

    /// The people who answered all joint lines.
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
