use super::{Detail, LineTotals, Rules, Step};
use crate::segment::Segment;
use std::collections::BTreeMap;

/// Whose answers are told, as whose, and how much of them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// How much.
    pub detail: Detail,
    /// The group that they waited in.
    pub from: Segment,
    /// The group that they are told of: the same, or a larger one that it is part of.
    pub of: Segment,
}

/// What was received of one line in one wave, and what of it has been told.
#[derive(Debug, Clone, Default)]
pub struct Ledger {
    received: BTreeMap<Segment, LineTotals>,
    told: BTreeMap<Entry, LineTotals>,
}

impl Ledger {
    /// Notes what was received in a group.
    pub fn receive(&mut self, group: Segment, totals: &LineTotals) {
        self.received.entry(group).or_default().merge(totals);
    }

    /// Notes what was told before.
    pub fn tell(&mut self, entry: Entry, totals: &LineTotals) {
        self.told.entry(entry).or_default().merge(totals);
    }

    /// Tells all that may be told by now, and returns what wasn't told before.
    pub fn settle(&mut self, steps: &[Step], rules: &Rules<'_>) -> Vec<(Entry, LineTotals)> {
        let mut new = Vec::new();
        let mut before = None;
        for step in steps {
            let detail = step.detail;
            let waiting = self.waiting(before, detail);
            let is_told =
                |group: &Segment| self.told.keys().any(|entry| entry.detail == detail && entry.of == *group);
            for (from, of, totals) in rules.due(*step, waiting, is_told) {
                let entry = Entry { detail, from, of };
                self.tell(entry.clone(), &totals);
                new.push((entry, totals));
            }
            before = Some(detail);
        }
        new
    }

    /// What is told of each group.
    pub fn told(&self, detail: Detail) -> BTreeMap<Segment, LineTotals> {
        self.sums(detail, |entry| &entry.of)
    }

    /// What isn't told in `detail` yet of what was told in the one `before`; of what was received, if there is none.
    fn waiting(&self, before: Option<Detail>, detail: Detail) -> BTreeMap<Segment, LineTotals> {
        let mut waiting = match before {
            None => self.received.clone(),
            Some(before) => self.told(before),
        };
        for (group, told) in self.sums(detail, |entry| &entry.from) {
            if let Some(sum) = waiting.get_mut(&group) {
                sum.take_away(&told);
            }
        }
        waiting.retain(|_, sum| sum.respondents > 0);
        waiting
    }

    fn sums(&self, detail: Detail, group: fn(&Entry) -> &Segment) -> BTreeMap<Segment, LineTotals> {
        let mut sums: BTreeMap<Segment, LineTotals> = BTreeMap::new();
        for (entry, totals) in self.told.iter().filter(|(entry, _)| entry.detail == detail) {
            sums.entry(group(entry).clone()).or_default().merge(totals);
        }
        sums
    }
}
