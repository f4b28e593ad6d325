//! Decides what readers of results get to see. No reader can tell one person's answer from what is shown, nor from how
//! it has changed since they last looked.
//!
//! In come the sums that a collector has received, by version, wave and segment ([`Holdings`]); out go those that may
//! be published ([`Publications`], which the collector keeps), and everything that is published ([`Totals`]).
//! [`SurveyDisclosure`] goes the whole way. Answers are published in *blocks*: sums of at least as many answers as the
//! detail needs, which are published together once and for all. Every figure that anybody is shown is of whole blocks.
//! So no figure, and no calculation with any number of figures, comes to fewer people than a block has, whatever
//! readers ask for, however often, before and after each respondent.
//!
//! - Answers that don't make up a block yet are pending, and in no figure, not even in those of the whole survey.
//! - A group that is too small to be published by itself waits until its answers and those of other groups make up a
//!   block together. These are the groups that differ from it in the last segment alone, or else in the last two
//!   segments, and so on. While a wave is open, such a block needs many answers, since the group may still grow; once
//!   the wave is over, it needs no more than any block.
//! - The more a detail says, the larger its blocks. They are made of whole blocks of the detail before it.
//! - Readers see a group's blocks as the group's only in waves of which enough answers are published in all; in other
//!   waves the blocks count for everybody alone. So the difference between all waves and some of them never comes to a
//!   group in a wave in which the group isn't shown.
//! - While a wave has fewer answers than that, no single group's block is published alone, since it would be all that
//!   is new in the whole. Once such a wave is over, its answers are published as everybody's.
//! - An index is published of the same people as the lines that it is made of. Those who answered the line but have no
//!   index are none, or enough for a block. Otherwise the difference between the two would tell their answers.
//! - Readers get what a block's detail says and nothing more: [`Published`] has the sum of a score's blocks, not the
//!   answers in them.
//!
//! This module alone decides what is published. Everything made from [`Published`] is shown as it is.
//!
//! # Privacy
//! This protects from those who read results, and from nobody else: the collector itself holds the sums. Somebody who
//! answers as made-up people around one real person can fill a block with them, as with any count.
//!
//! # Source
//! Microaggregation with a fixed least group size: Domingo-Ferrer and Mateo-Sanz 2002, "Practical data-oriented
//! microaggregation for statistical disclosure control"; here, answers are grouped in the order in which they arrive.

mod block;
mod detail;
mod disclosed;
mod holdings;
mod ledger;
mod ledgers;
mod publications;
mod published;
mod survey_disclosure;
mod totals;

pub use block::{Block, LineTotals};
pub use detail::{Detail, Step, joint_step, steps};
pub use disclosed::{Disclosed, Groups, WaveLedgers};
pub use holdings::{Holding, Holdings};
pub use ledger::{Entry, Ledger};
pub use publications::{OpenGroups, Publication, Publications};
pub use published::{Published, PublishedScore, Reason, Shown, Spread, Withheld, published_joint};
pub use survey_disclosure::SurveyDisclosure;
pub use totals::{LineShown, Totals};

use puls_core::definition::Tiers;
use puls_core::segment::Segment;
use std::collections::BTreeMap;

/// The least number of answers that are published after a first block, whatever the tiers say.
const STEP: u64 = 5;

/// The rules by which a survey's answers of one wave are published.
#[derive(Debug, Clone, Copy)]
pub struct PublishingRules<'a> {
    /// The names of the survey's segments, in the definition's order.
    pub segments: &'a [&'a str],
    /// The survey's tiers.
    pub tiers: &'a Tiers,
    /// Whether the wave is over.
    pub is_over: bool,
}

impl PublishingRules<'_> {
    /// Finds the pending groups to publish now, and the group that each is published as: itself, or one of all groups
    /// that share its first segments.
    fn due<T: Block>(
        &self,
        step: Step,
        mut pending: BTreeMap<Segment, T>,
        received: u64,
        is_published: impl Fn(&Segment) -> bool,
    ) -> Vec<(Entry, T)> {
        let mut due = Vec::new();
        let is_small = received < self.tiers.whole.into();
        for depth in (0..=self.segments.len()).rev() {
            let names = self.segments.get(..depth).unwrap_or_default();
            if depth > 0 && is_small && (self.is_over || !self.is_of_several(step, &pending, &is_published)) {
                continue;
            }
            for (label, groups) in by_segments(&pending, names) {
                let answered: u64 =
                    groups.iter().filter_map(|group| pending.get(group)).map(Block::answered).sum();
                // A group's first block may be as small as the tier. A later one has to hide what it adds, and so has a
                // block of several groups: it may be the rest of a single one.
                let is_together = depth < self.segments.len();
                let mut fewest = step.fewest.max(if is_together || is_published(&label) { STEP } else { 1 });
                if is_together && !self.is_over {
                    fewest = fewest.max(self.tiers.whole.into());
                }
                if answered >= fewest {
                    due.extend(groups.into_iter().filter_map(|from| {
                        let totals = pending.remove(&from)?;
                        Some((Entry { detail: step.detail, from, of: label.clone() }, totals))
                    }));
                }
            }
        }
        due
    }
}

impl PublishingRules<'_> {
    /// Whether more than one group's block is due, or the block of those without a segment. While a wave has few
    /// answers, a single group's block would be all that is new in the whole, and so show that group.
    fn is_of_several<T: Block>(
        &self,
        step: Step,
        pending: &BTreeMap<Segment, T>,
        is_published: impl Fn(&Segment) -> bool,
    ) -> bool {
        let is_due = |(group, totals): &(&Segment, &T)| {
            totals.answered() >= step.fewest.max(if is_published(group) { STEP } else { 1 })
        };
        let due: Vec<&Segment> = pending.iter().filter(is_due).map(|(group, _)| group).collect();
        due.len() > 1 || due.iter().any(|group| group.iter().next().is_none())
    }
}

/// The groups by their values of the segments with these names.
fn by_segments<T>(pending: &BTreeMap<Segment, T>, names: &[&str]) -> BTreeMap<Segment, Vec<Segment>> {
    let mut groups: BTreeMap<Segment, Vec<Segment>> = BTreeMap::new();
    for group in pending.keys() {
        groups.entry(group.only(names)).or_default().push(group.clone());
    }
    groups
}
