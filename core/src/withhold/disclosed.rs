use super::block::add;
use super::{Block, Detail, Ledger, Step};
use crate::definition::Tiers;
use crate::segment::Segment;
use std::collections::BTreeMap;

/// What is told over some waves of a line, or of the joint lines, to somebody who asks for everybody or for one group.
#[derive(Debug, Clone)]
pub struct Disclosed<T> {
    /// People counted, whether their answers are told or still wait.
    pub respondents: u64,
    /// What is told in each detail.
    pub told: BTreeMap<Detail, T>,
    /// Whether anything of a group is told at all.
    pub groups: Groups,
}

/// Whether anything of the group that is asked for is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Groups {
    /// Everybody was asked for, or in one of the waves enough answers are told in all.
    Open,
    /// In none of the waves.
    TooFewInAll {
        /// How many there are in the wave that has most.
        have: u64,
        /// How many it takes.
        needs: u64,
    },
}

impl<T: Block> Disclosed<T> {
    /// What is told of a survey's line, whose ledgers these are: for each wave, those of the versions that had it. `filter` is the
    /// group that is asked for, of which so many `respondents` are counted.
    pub fn of<'a>(
        waves: impl Iterator<Item = Vec<&'a Ledger<T>>>,
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
        let (mut told, mut most, needs) = (BTreeMap::new(), 0, u64::from(tiers.whole));
        for ledgers in waves {
            let least = steps.first().map_or(Detail::Points, |step| step.detail);
            let in_all: u64 = ledgers.iter().map(|ledger| ledger.told_of_all(least)).sum();
            most = most.max(in_all);
            for Step { detail, .. } in steps {
                let mut sum = told.remove(detail);
                let blocks = ledgers.iter().filter_map(|ledger| ledger.told(*detail, in_all >= needs, fits));
                blocks.for_each(|block| add(&mut sum, &block));
                told.extend(sum.map(|sum| (*detail, sum)));
            }
        }
        let is_closed = is_group && most < needs;
        let groups = if is_closed { Groups::TooFewInAll { have: most, needs } } else { Groups::Open };
        Self { respondents, told, groups }
    }
}
