use super::block::add;
use super::{Block, Detail, Ledger, Step};
use puls_core::definition::Tiers;
use puls_core::segment::Segment;
use std::collections::BTreeMap;

/// What is published over some waves of a line, or of the joint lines, to somebody who asks for everybody or for one group.
#[derive(Debug, Clone)]
pub struct Disclosed<T> {
    /// People counted, whether their answers are published or pending.
    pub respondents: u64,
    /// What is published in each detail.
    pub published: BTreeMap<Detail, T>,
    /// Whether anything of a group is published at all.
    pub groups: Groups,
}

/// Whether anything of the group that is asked for is published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Groups {
    /// Everybody was asked for, or in one of the waves enough answers are published in all.
    Open,
    /// In none of the waves.
    TooFewInAll {
        /// How many there are in the wave that has most.
        have: u64,
        /// How many it takes.
        needs: u64,
    },
}

/// What is published of a line, or of the joint lines, in one wave.
#[derive(Debug)]
pub struct OfWave<'a, T> {
    /// In each version that had it.
    pub versions: Vec<&'a Ledger<T>>,
    /// Whether its groups have been published before.
    pub is_open: bool,
}

impl<T: Block> OfWave<'_, T> {
    /// Whether its groups may be published by now: enough answers are published in all.
    pub fn opens(&self, steps: &[Step], tiers: &Tiers) -> bool {
        self.in_all(steps) >= tiers.whole.into()
    }

    fn in_all(&self, steps: &[Step]) -> u64 {
        let least = steps.first().map_or(Detail::Points, |step| step.detail);
        self.versions.iter().map(|ledger| ledger.published_of_all(least)).sum()
    }
}

impl<T: Block> Disclosed<T> {
    /// What is published of a survey's line in these waves. `filter` is the group that is asked for, of which so many `respondents`
    /// are counted.
    pub fn of<'a>(
        waves: impl Iterator<Item = OfWave<'a, T>>,
        steps: &[Step],
        tiers: &Tiers,
        filter: &Segment,
        respondents: u64,
    ) -> Self
    where
        T: 'a,
    {
        let fits = |of: &Segment| filter.iter().all(|pair| of.iter().any(|other| other == pair));
        let is_group = filter.iter().next().is_some();
        let (mut published, mut most, mut is_open) = (BTreeMap::new(), 0, false);
        for wave in waves {
            most = most.max(wave.in_all(steps));
            is_open |= wave.is_open;
            for Step { detail, .. } in steps {
                let mut sum = published.remove(detail);
                let blocks =
                    wave.versions.iter().filter_map(|ledger| ledger.published(*detail, wave.is_open, fits));
                blocks.for_each(|block| add(&mut sum, &block));
                published.extend(sum.map(|sum| (*detail, sum)));
            }
        }
        let groups = if is_group && !is_open {
            Groups::TooFewInAll { have: most, needs: tiers.whole.into() }
        } else {
            Groups::Open
        };
        Self { respondents, published, groups }
    }
}
