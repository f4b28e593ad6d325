use super::{Block, Detail, Ledger, Step};
use puls_core::definition::Tiers;
use puls_core::segment::Segment;
use std::collections::BTreeMap;

/// The sums of a line, or of the joint lines, that are published over some waves, of everybody or of one group.
#[derive(Debug, Clone)]
pub struct Disclosed<T> {
    /// The people who are counted, whether their answers are published or pending.
    pub respondents: u64,
    /// The published sums in each detail.
    pub published: BTreeMap<Detail, T>,
    /// Whether anything of the requested group may be published at all.
    pub groups: Groups,
}

/// Whether anything of the requested group may be published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Groups {
    /// It may: everybody was requested, or enough answers are published in all in at least one of the waves.
    Open,
    /// It may not, since too few answers are published in all in each of the waves.
    TooFewInAll {
        /// The number of published answers in the wave that has most.
        have: u64,
        /// The number that a wave needs.
        needs: u64,
    },
}

/// The ledgers of one line, or of the joint lines, in one wave.
#[derive(Debug)]
pub struct WaveLedgers<'a, T> {
    /// One for each version that had the line.
    pub versions: Vec<&'a Ledger<T>>,
    /// Whether the wave's groups have been opened to readers before.
    pub is_open: bool,
}

impl<T: Block> WaveLedgers<'_, T> {
    /// Whether enough answers are published in all for the wave's groups to be opened.
    pub fn opens(&self, steps: &[Step], tiers: &Tiers) -> bool {
        self.in_all(steps) >= tiers.whole.into()
    }

    fn in_all(&self, steps: &[Step]) -> u64 {
        let least = steps.first().map_or(Detail::Points, |step| step.detail);
        self.versions.iter().map(|ledger| ledger.published_of_all(least)).sum()
    }
}

impl<T: Block> Disclosed<T> {
    /// Adds up what is published in these waves of each group. `groups` says which groups a segment belongs to, and
    /// `respondents` how many people of each group are counted.
    pub fn by_group<'a, K: Ord + Clone>(
        waves: impl Iterator<Item = WaveLedgers<'a, T>>,
        steps: &[Step],
        tiers: &Tiers,
        groups: impl Fn(&Segment) -> Vec<K>,
        respondents: &BTreeMap<K, u64>,
    ) -> BTreeMap<K, Self>
    where
        T: 'a,
    {
        let everybody = groups(&Segment::default());
        let (mut published, mut most, mut is_open) = (BTreeMap::new(), 0, false);
        for wave in waves {
            most = most.max(wave.in_all(steps));
            is_open |= wave.is_open;
            for ledger in &wave.versions {
                ledger.add_published(&mut published, wave.is_open, &groups);
            }
        }
        let disclosed = |(group, respondents): (&K, &u64)| {
            let mut published = published.remove(group).unwrap_or_default();
            published.retain(|detail, _| steps.iter().any(|step| step.detail == *detail));
            let groups = if everybody.contains(group) || is_open {
                Groups::Open
            } else {
                Groups::TooFewInAll { have: most, needs: tiers.whole.into() }
            };
            (group.clone(), Self { respondents: *respondents, published, groups })
        };
        respondents.iter().map(disclosed).collect()
    }
}
