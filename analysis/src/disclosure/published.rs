//! What readers are shown of one line: of each detail what it says, and no more, or the reason why it isn't shown.

use super::{Block, Detail, Disclosed, Groups, LineTotals, Step};
use crate::line::{Form, Line, Sums};
use puls_core::definition::{Counted, Thirds};
use puls_core::joint_sums::JointSums;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// Something that is published, or why it isn't.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Shown<T> {
    /// It isn't. First, since a list would take anything for one of its entries.
    Withheld(Withheld),
    /// This is it.
    Published(T),
}

/// Why something isn't published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withheld {
    /// In one word.
    pub withheld: Reason,
    /// Whether it is the whole that is too small, and not the part that was asked for.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub in_whole: bool,
    /// How many answers there are; left out where that would tell how somebody answered, and where they are still pending
    /// to be put together.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub have: Option<u64>,
    /// From how many answers on it is published.
    pub needs: u64,
}

/// Why figures aren't published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// Too few people answered.
    TooFew,
}

impl<T> Shown<T> {
    /// What is published, if it is.
    pub fn published(&self) -> Option<&T> {
        match self {
            Self::Published(published) => Some(published),
            Self::Withheld(_) => None,
        }
    }

    /// Why it isn't published, if it isn't.
    pub fn withheld(&self) -> Option<Withheld> {
        match self {
            Self::Published(_) => None,
            Self::Withheld(withheld) => Some(*withheld),
        }
    }

    /// The same, made into something else where it is published.
    pub(crate) fn map<U>(&self, make: impl FnOnce(&T) -> U) -> Shown<U> {
        match self {
            Self::Published(published) => Shown::Published(make(published)),
            Self::Withheld(withheld) => Shown::Withheld(*withheld),
        }
    }
}

/// What is published of one line.
#[derive(Debug, Clone, PartialEq)]
pub struct Published {
    /// How many people the least detail is of.
    pub respondents: u64,
    /// How many of these answered.
    pub answered: u64,
    /// The line's main figure; `None` where it has none, and as long as nobody is counted.
    pub score: Option<Shown<PublishedScore>>,
    /// How many answers are favourable and so on; `None` where that isn't usual, and as long as nobody is counted.
    pub favourable: Option<Shown<Thirds<u64>>>,
    /// How often each answer was given; `None` as long as nobody is counted.
    pub points: Option<Shown<LineTotals>>,
}

/// What a main figure is made of, as far as it is published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PublishedScore {
    /// The sums, with the largest squares that those answers can have of which the sum alone is published.
    pub sums: Sums,
    /// Of which answers more than the sum is published.
    pub spread: Spread,
}

/// Of which answers it is published how far they spread.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spread {
    /// Of all that the score is of.
    OfAll,
    /// Of some of them.
    OfSome,
    /// Of none.
    OfNone,
}

impl Published {
    /// What of a line is published, in steps from the least detail to the most.
    pub fn of(counted: &Counted<'_>, line: &Line, steps: &[Step], disclosed: &Disclosed<LineTotals>) -> Self {
        let at = |detail: Detail| {
            let step = steps.iter().find(|step| step.detail == detail)?;
            (disclosed.respondents > 0).then(|| published(counted, *step, disclosed))
        };
        let least = steps.first().and_then(|step| disclosed.published.get(&step.detail));
        let (points, favourable) = (at(Detail::Points), at(Detail::Favourable));
        let thirds =
            favourable.and_then(|published| published.map(|totals| thirds(line, totals)).transpose());
        let score = at(Detail::Score).and_then(|published| {
            published
                .map(|totals| PublishedScore::of(line, totals, thirds.as_ref(), points.as_ref()))
                .transpose()
        });
        Self {
            respondents: least.map_or(0, Block::respondents),
            answered: least.map_or(0, Block::answered),
            score,
            favourable: thirds,
            points,
        }
    }
}

/// What of the joint lines is published; `None` as long as nobody is counted.
pub fn published_joint(step: Step, disclosed: &Disclosed<JointSums>) -> Option<Shown<JointSums>> {
    let withheld = || withheld(step, disclosed, None);
    let published = disclosed.published.get(&step.detail).cloned();
    (disclosed.respondents > 0)
        .then(|| published.map_or_else(|| Shown::Withheld(withheld()), Shown::Published))
}

fn published(counted: &Counted<'_>, step: Step, disclosed: &Disclosed<LineTotals>) -> Shown<LineTotals> {
    if let Some(totals) = disclosed.published.get(&step.detail) {
        return Shown::Published(totals.clone());
    }
    // How many of them answered a line that not everybody has to answer says something of the latest one.
    let is_certain = !counted.may_miss && !counted.sampled;
    Shown::Withheld(withheld(step, disclosed, is_certain.then_some(disclosed.respondents)))
}

fn withheld<T>(step: Step, disclosed: &Disclosed<T>, have: Option<u64>) -> Withheld {
    let of = |needs: u64, have: Option<u64>, in_whole: bool| Withheld {
        withheld: Reason::TooFew,
        in_whole,
        have: have.filter(|have| *have < needs),
        needs,
    };
    match disclosed.groups {
        Groups::TooFewInAll { have, needs } => of(needs, Some(have), true),
        Groups::Open => of(step.fewest, have, false),
    }
}

fn thirds(line: &Line, totals: &LineTotals) -> Option<Thirds<u64>> {
    let sum = |cells: Range<usize>| totals.counts.cells().get(cells).unwrap_or_default().iter().sum();
    line.thirds.clone().map(|thirds| thirds.map(sum))
}

impl PublishedScore {
    /// Of a score's blocks readers know the sum. How far the answers spread they know only of those answers that are
    /// published in a detail which says it.
    fn of(
        line: &Line,
        totals: &LineTotals,
        thirds: Option<&Shown<Thirds<u64>>>,
        points: Option<&Shown<LineTotals>>,
    ) -> Option<Self> {
        let all = line.sums(&totals.counts)?;
        let known = match line.form {
            Form::Recommendation | Form::Classes => thirds.and_then(Shown::published).map(of_classes),
            _ => points.and_then(Shown::published).and_then(|points| line.sums(&points.counts)),
        }
        .unwrap_or_default();
        // A detail is made of whole blocks of the one before it, so that these are among all.
        let rest = all.answered.saturating_sub(known.answered);
        let rest = line.widest_sums(rest, all.sum.saturating_sub(known.sum))?;
        let spread = match (known.answered, rest.answered) {
            (_, 0) => Spread::OfAll,
            (0, _) => Spread::OfNone,
            _ => Spread::OfSome,
        };
        Some(Self { sums: known.and(rest), spread })
    }
}

/// The sums of detractors, passives and promoters.
fn of_classes(Thirds { unfavourable, neutral, favourable }: &Thirds<u64>) -> Sums {
    Sums {
        answered: unfavourable + neutral + favourable,
        sum: neutral + 2 * favourable,
        squares: neutral + 4 * favourable,
    }
}

impl<T> Shown<Option<T>> {
    /// `None` where it is published and there is nothing in it.
    pub(crate) fn transpose(self) -> Option<Shown<T>> {
        match self {
            Self::Published(published) => published.map(Shown::Published),
            Self::Withheld(withheld) => Some(Shown::Withheld(withheld)),
        }
    }
}
