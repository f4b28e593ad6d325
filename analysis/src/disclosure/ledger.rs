use super::{Block, Detail, PublishingRules, Step};
use puls_core::segment::Segment;
use std::collections::BTreeMap;

/// Under which detail and groups a block is published.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// How much of the answers is published.
    pub detail: Detail,
    /// The group whose answers they are.
    pub from: Segment,
    /// The group that they are published as: the same, or a larger one that it is part of.
    pub of: Segment,
}

/// What was received of one line, or of the joint lines, in one wave, and what of it is published.
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
    /// Adds what was received in a group.
    pub fn receive(&mut self, group: Segment, totals: &T) {
        put(&mut self.received, group, totals);
    }

    /// Adds what was published before.
    pub fn publish(&mut self, entry: Entry, totals: T) {
        match self.published.get_mut(&entry) {
            Some(sum) => sum.merge(&totals),
            None => drop(self.published.insert(entry, totals)),
        }
    }

    /// Publishes all that the rules allow by now, and returns what wasn't published before.
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
                self.publish(entry.clone(), totals.clone());
                new.push((entry, totals));
            }
            before = Some(detail);
        }
        new
    }

    /// Settles an index, after the lines that it is made of, whose ledgers are `parts`. It publishes as many details as
    /// it can, from the least on: in each of them the difference to each part has to be empty or hide the people in it.
    pub fn settle_index(
        &mut self,
        parts: &[&Self],
        steps: &[Step],
        rules: &PublishingRules<'_>,
    ) -> Vec<(Entry, T)> {
        for count in (1..=steps.len()).rev() {
            let steps = steps.get(..count).unwrap_or_default();
            let mut settled = self.clone();
            let new = settled.settle(steps, rules);
            let hides_others = |part: &&&Self| {
                steps.iter().all(|Step { detail, fewest }| settled.hides_others(part, *detail, *fewest))
            };
            if parts.iter().filter(hides_others).count() == parts.len() {
                *self = settled;
                return new;
            }
        }
        Vec::new()
    }

    /// Whether in each group this ledger publishes a detail of the same people as the ledger of a `part`, and all of
    /// them answered both, or at least `fewest` of them answered the part alone. Otherwise the difference would tell
    /// the answers of a few.
    fn hides_others(&self, part: &Self, detail: Detail, fewest: u64) -> bool {
        let (own, parts) = (self.by_group(detail), part.by_group(detail));
        own.iter().all(|(group, totals)| {
            parts.get(group).is_some_and(|part| {
                let others = part.answered().saturating_sub(totals.answered());
                part.respondents() == totals.respondents() && (others == 0 || others >= fewest)
            })
        })
    }

    /// The sums that are published of each group in a detail.
    fn by_group(&self, detail: Detail) -> BTreeMap<Segment, T> {
        let mut groups = BTreeMap::new();
        self.blocks(detail).for_each(|(entry, totals)| put(&mut groups, entry.of.clone(), totals));
        groups
    }

    /// How many answers are published in a detail, in all groups together.
    pub fn published_of_all(&self, detail: Detail) -> u64 {
        self.blocks(detail).map(|(_, totals)| totals.answered()).sum()
    }

    /// Adds to `sums` what is published of each of the `groups` that a block's group belongs to. While the wave isn't
    /// `open_to_groups`, every block counts as everybody's.
    pub fn add_published<K: Ord>(
        &self,
        sums: &mut BTreeMap<K, BTreeMap<Detail, T>>,
        open_to_groups: bool,
        groups: impl Fn(&Segment) -> Vec<K>,
    ) {
        let everybody = Segment::default();
        for (Entry { detail, of, .. }, totals) in &self.published {
            for group in groups(if open_to_groups { of } else { &everybody }) {
                put(sums.entry(group).or_default(), *detail, totals);
            }
        }
    }

    fn blocks(&self, detail: Detail) -> impl Iterator<Item = (&Entry, &T)> {
        self.published.iter().filter(move |(entry, _)| entry.detail == detail)
    }

    /// What is published in the detail `before` and pending in `detail`. Without a detail before it, all that was
    /// received and isn't published in `detail`.
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
