use super::block::add;
use super::{Block, Detail, PublishingRules, Step};
use puls_core::segment::Segment;
use std::collections::BTreeMap;

/// Whose answers are published, as whose, and how much of them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// How much.
    pub detail: Detail,
    /// The group that they waited in.
    pub from: Segment,
    /// The group that they are published of: the same, or a larger one that it is part of.
    pub of: Segment,
}

/// What was received in one wave, of one line or of the joint lines, and what of it has been published.
#[derive(Debug, Clone)]
pub struct Ledger<T> {
    received: BTreeMap<Segment, T>,
    published: BTreeMap<Entry, T>,
}

impl<T> Default for Ledger<T> {
    fn default() -> Self {
        Self { received: BTreeMap::new(), published: BTreeMap::new() }
    }
}

impl<T: Block> Ledger<T> {
    /// Notes what was received in a group.
    pub fn receive(&mut self, group: Segment, totals: &T) {
        put(&mut self.received, group, totals);
    }

    /// Notes what was published before.
    pub fn publish(&mut self, entry: Entry, totals: &T) {
        put(&mut self.published, entry, totals);
    }

    /// Publishes all that may be published by now, and returns what wasn't published before.
    pub fn settle(&mut self, steps: &[Step], rules: &PublishingRules<'_>) -> Vec<(Entry, T)> {
        let mut new = Vec::new();
        let mut before = None;
        let received = self.received.values().map(Block::answered).sum();
        for step in steps {
            let detail = step.detail;
            let pending = self.pending(before, detail);
            let is_published = |group: &Segment| {
                self.published.keys().any(|entry| entry.detail == detail && entry.of == *group)
            };
            for (entry, totals) in rules.due(*step, pending, received, is_published) {
                self.publish(entry.clone(), &totals);
                new.push((entry, totals));
            }
            before = Some(detail);
        }
        new
    }

    /// The same of a line that is made of others, which have been settled: publishes as many of the details as are then of the
    /// same people as those of these others, but for nobody or a block.
    pub fn settle_beside(
        &mut self,
        parts: &[&Self],
        steps: &[Step],
        rules: &PublishingRules<'_>,
    ) -> Vec<(Entry, T)> {
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

    /// Whether what is published in a detail is of the same people as what is published there of a line that this one is made of, but
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

    /// What is published of each group in a detail.
    fn by_group(&self, detail: Detail) -> BTreeMap<Segment, T> {
        let mut groups = BTreeMap::new();
        self.blocks(detail).for_each(|(entry, totals)| put(&mut groups, entry.of.clone(), totals));
        groups
    }

    /// How many answers are published in a detail, of everybody.
    pub fn published_of_all(&self, detail: Detail) -> u64 {
        self.blocks(detail).map(|(_, totals)| totals.answered()).sum()
    }

    /// What is published of those groups that fit. As long as the wave isn't `open_to_groups`, every block is everybody's.
    pub fn published(
        &self,
        detail: Detail,
        open_to_groups: bool,
        fits: impl Fn(&Segment) -> bool,
    ) -> Option<T> {
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
        self.published.iter().filter(move |(entry, _)| entry.detail == detail)
    }

    /// What isn't published in `detail` yet of what was published in the one `before`; of what was received, if there is none.
    fn pending(&self, before: Option<Detail>, detail: Detail) -> BTreeMap<Segment, T> {
        let mut pending = BTreeMap::new();
        match before {
            None => pending.clone_from(&self.received),
            Some(before) => pending = self.by_group(before),
        }
        for (entry, published) in self.blocks(detail) {
            if let Some(sum) = pending.get_mut(&entry.from) {
                sum.take_away(published);
            }
        }
        pending.retain(|_, sum| sum.respondents() > 0);
        pending
    }
}

fn put<K: Ord, T: Block>(sums: &mut BTreeMap<K, T>, key: K, totals: &T) {
    match sums.get_mut(&key) {
        Some(sum) => sum.merge(totals),
        None => drop(sums.insert(key, totals.clone())),
    }
}
