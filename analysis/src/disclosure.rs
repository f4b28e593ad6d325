//! What readers of results get to see, so that none of them can tell one person's answer from what they see, nor
//! from what has changed since they last looked.
//!
//! In come the sums that a collector has received, by version, wave and segment ([`Holdings`]); out go which of them may be published
//! ([`Publications`], for the collector to keep), and what is published ([`Totals`]). [`OfSurvey`] goes the whole way. Answers are
//! published in *blocks*: sums of at least as many answers as the detail takes, which go together once and for all.
//! Every figure that anybody is ever shown is of whole blocks. So no two figures, and no reckoning with any
//! number of them, comes to fewer people than a block has, whatever is asked for, as often as one likes, before
//! and after each respondent.
//!
//! - Answers that aren't a block yet wait, and are in no figure, not in those of the whole either.
//! - A group that is too small to be published by itself waits until its answers can be published together with those of
//!   other groups, as a block of all of them: without its last segment, then without the one before that.
//!   While a wave is open that takes many answers, since the group may still grow; once it is over, it takes no
//!   more than a block does.
//! - The more a detail says, the larger its blocks, which are made of whole blocks of the detail before it.
//! - A group's blocks are the group's only in waves of which enough answers are published in all; in other waves they are
//!   everybody's. So all waves less the others don't come to a group of a wave in which it isn't shown.
//! - As long as a wave has so few answers, no group's block is published alone either: it would be all that is new in the whole. Once
//!   such a wave is over, what there is is everybody's.
//! - An index isn't published of other people than the lines that it is made of, but for at least a block: what these say less what it
//!   says would be the others' answers.
//! - Of a block readers get what its detail says and nothing more: [`Published`] has the sum of a score's blocks, not the answers
//!   that they are made of.
//!
//! What is published is decided here alone. Whatever has been made of it ([`Published`]) is shown as it is.
//!
//! # Privacy
//! It protects from those who read results, and from them alone: the collector itself holds the sums. Somebody
//! who answers with made-up people around one real person can make a block of them, as with any count.
//!
//! # Source
//! Microaggregation with a fixed least size: Domingo-Ferrer and Mateo-Sanz 2002, "Practical data-oriented
//! microaggregation for statistical disclosure control"; here in the order in which answers come.

mod block;
mod detail;
mod disclosed;
mod holdings;
mod ledger;
mod ledgers;
mod of_survey;
mod publications;
mod published;
mod totals;

pub use block::{Block, LineTotals};
pub use detail::{Detail, Step, joint_step, steps};
pub use disclosed::{Disclosed, Groups, OfWave};
pub use holdings::{Holding, Holdings};
pub use ledger::{Entry, Ledger};
pub use of_survey::OfSurvey;
pub use publications::{OpenGroups, Publication, Publications};
pub use published::{Published, PublishedScore, Reason, Shown, Spread, Withheld, published_joint};
pub use totals::{LineShown, Totals};

use puls_core::definition::Tiers;
use puls_core::segment::Segment;
use std::collections::BTreeMap;

/// So many answers are needed after those that are published already, whatever the tiers say.
const STEP: u64 = 5;

/// What decides when a survey's answers of one wave are published.
#[derive(Debug, Clone, Copy)]
pub struct PublishingRules<'a> {
    /// The names of its segments, in the definition's order.
    pub segments: &'a [&'a str],
    /// Its tiers.
    pub tiers: &'a Tiers,
    /// Whether the wave is over.
    pub is_over: bool,
}

impl PublishingRules<'_> {
    /// Which of the groups that are pending are published now, and as what: by themselves as they are, else together with
    /// others that have the same first segments.
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
            for (label, groups) in alike(&pending, names) {
                let answered: u64 =
                    groups.iter().filter_map(|group| pending.get(group)).map(Block::answered).sum();
                // A group's first block may be as small as the tier; later ones have to hide what they add, and what is
                // left of one group never goes as several groups'.
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
    /// Whether more than one group's block is due, or that of those without a segment. As long as a wave has few answers, one group's
    /// block alone would be all that is new in the whole, and so show that group.
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

/// The groups that don't differ in the segments with these names.
fn alike<T>(pending: &BTreeMap<Segment, T>, names: &[&str]) -> BTreeMap<Segment, Vec<Segment>> {
    let mut alike: BTreeMap<Segment, Vec<Segment>> = BTreeMap::new();
    for group in pending.keys() {
        alike.entry(group.only(names)).or_default().push(group.clone());
    }
    alike
}
