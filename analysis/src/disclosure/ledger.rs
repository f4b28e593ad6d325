use super::block::add;
use super::{Block, Detail, Rules, Step};
use puls_core::segment::Segment;
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

/// What was received in one wave, of one line or of the joint lines, and what of it has been told.
#[derive(Debug, Clone)]
pub struct Ledger<T> {
    received: BTreeMap<Segment, T>,
    told: BTreeMap<Entry, T>,
}

impl<T> Default for Ledger<T> {
    fn default() -> Self {
        Self { received: BTreeMap::new(), told: BTreeMap::new() }
    }
}

impl<T: Block> Ledger<T> {
    /// Notes what was received in a group.
    pub fn receive(&mut self, group: Segment, totals: &T) {
        put(&mut self.received, group, totals);
    }

    /// Notes what was told before.
    pub fn tell(&mut self, entry: Entry, totals: &T) {
        put(&mut self.told, entry, totals);
    }

    /// Tells all that may be told by now, and returns what wasn't told before.
    pub fn settle(&mut self, steps: &[Step], rules: &Rules<'_>) -> Vec<(Entry, T)> {
        let mut new = Vec::new();
        let mut before = None;
        let received = self.received.values().map(Block::answered).sum();
        for step in steps {
            let detail = step.detail;
            let waiting = self.waiting(before, detail);
            let is_told =
                |group: &Segment| self.told.keys().any(|entry| entry.detail == detail && entry.of == *group);
            for (entry, totals) in rules.due(*step, waiting, received, is_told) {
                self.tell(entry.clone(), &totals);
                new.push((entry, totals));
            }
            before = Some(detail);
        }
        new
    }

    /// The same of a line that is made of others, which have been settled: tells as many of the details as are then of the
    /// same people as those of these others, but for nobody or a block.
    pub fn settle_beside(&mut self, parts: &[&Self], steps: &[Step], rules: &Rules<'_>) -> Vec<(Entry, T)> {
        for count in (1..=steps.len()).rev() {
            let steps = steps.get(..count).unwrap_or_default();
            let mut settled = self.clone();
            let new = settled.settle(steps, rules);
            let is_beside = |part: &&&Self| {
                steps.iter().all(|Step { detail, fewest }| settled.is_beside(part, *detail, *fewest))
            };
            if parts.iter().filter(is_beside).count() == parts.len() {
                *self = settled;
                return new;
            }
        }
        Vec::new()
    }

    /// Whether what is told in a detail is of the same people as what is told there of a line that this one is made of, but
    /// for nobody or at least so many in each group.
    fn is_beside(&self, part: &Self, detail: Detail, fewest: u64) -> bool {
        let (own, parts) = (self.by_group(detail), part.by_group(detail));
        own.iter().all(|(group, totals)| {
            parts.get(group).is_some_and(|part| {
                let others = part.answered().saturating_sub(totals.answered());
                part.respondents() == totals.respondents() && (others == 0 || others >= fewest)
            })
        })
    }

    /// What is told of each group in a detail.
    fn by_group(&self, detail: Detail) -> BTreeMap<Segment, T> {
        let mut groups = BTreeMap::new();
        self.blocks(detail).for_each(|(entry, totals)| put(&mut groups, entry.of.clone(), totals));
        groups
    }

    /// How many answers are told in a detail, of everybody.
    pub fn told_of_all(&self, detail: Detail) -> u64 {
        self.blocks(detail).map(|(_, totals)| totals.answered()).sum()
    }

    /// What is told of those groups that fit. As long as the wave isn't `open_to_groups`, every block is everybody's.
    pub fn told(&self, detail: Detail, open_to_groups: bool, fits: impl Fn(&Segment) -> bool) -> Option<T> {
        let mut sum = None;
        let everybody = Segment::default();
        for (entry, totals) in self.blocks(detail) {
            if fits(if open_to_groups { &entry.of } else { &everybody }) {
                add(&mut sum, totals);
            }
        }
        sum
    }

    fn blocks(&self, detail: Detail) -> impl Iterator<Item = (&Entry, &T)> {
        self.told.iter().filter(move |(entry, _)| entry.detail == detail)
    }

    /// What isn't told in `detail` yet of what was told in the one `before`; of what was received, if there is none.
    fn waiting(&self, before: Option<Detail>, detail: Detail) -> BTreeMap<Segment, T> {
        let mut waiting = BTreeMap::new();
        match before {
            None => waiting.clone_from(&self.received),
            Some(before) => waiting = self.by_group(before),
        }
        for (entry, told) in self.blocks(detail) {
            if let Some(sum) = waiting.get_mut(&entry.from) {
                sum.take_away(told);
            }
        }
        waiting.retain(|_, sum| sum.respondents() > 0);
        waiting
    }
}

fn put<K: Ord, T: Block>(sums: &mut BTreeMap<K, T>, key: K, totals: &T) {
    match sums.get_mut(&key) {
        Some(sum) => sum.merge(totals),
        None => drop(sums.insert(key, totals.clone())),
    }
}
