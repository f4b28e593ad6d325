//! What readers are shown of one line: for each detail, what it says and no more, or why it is withheld.

use super::{Block, Detail, Disclosed, Groups, LineTotals, Step};
use crate::line::{Form, Line, Sums};
use puls_core::definition::{Counted, Thirds};
use puls_core::joint_sums::JointSums;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// A figure that is published, or the reason why it is withheld.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(untagged)]
pub enum Shown<T> {
    /// The reason. This variant stands first, since serde would read a `Withheld` as an entry of any list.
    Withheld(Withheld),
    /// The figure.
    Published(T),
}

/// Why a figure is withheld.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Withheld {
    /// The reason, in one word.
    pub withheld: Reason,
    /// Whether the whole wave is too small, not just the requested part of it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub in_whole: bool,
    /// How many answers there are. It is left out where it would tell how somebody answered, and where there are enough
    /// answers but they are still pending.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub have: Option<u64>,
    /// The number of answers from which on it is published.
    pub needs: u64,
}

/// The reasons why figures are withheld.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// Too few people answered.
    TooFew,
}

impl<T> Shown<T> {
    /// The figure, if it is published.
    pub fn published(&self) -> Option<&T> {
        match self {
            Self::Published(published) => Some(published),
            Self::Withheld(_) => None,
        }
    }

    /// The reason, if it is withheld.
    pub fn withheld(&self) -> Option<Withheld> {
        match self {
            Self::Published(_) => None,
            Self::Withheld(withheld) => Some(*withheld),
        }
    }

    /// Applies `make` to the figure, if it is published.
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
    /// How many people the line's least detail counts.
    pub respondents: u64,
    /// How many of them answered.
    pub answered: u64,
    /// The line's main figure; `None` if it has none, or if nobody is counted yet.
    pub score: Option<Shown<PublishedScore>>,
    /// How many answers are favourable, neutral and unfavourable; `None` if the line has no such thirds, or if nobody
    /// is counted yet.
    pub favourable: Option<Shown<Thirds<u64>>>,
    /// How often each answer was given; `None` if nobody is counted yet.
    pub points: Option<Shown<LineTotals>>,
}

/// The published sums that a main figure is computed from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PublishedScore {
    /// The sums. For answers of which only the sum is published, the squares are the largest possible.
    pub sums: Sums,
    /// For how many of the answers more than the sum is published.
    pub spread: Spread,
}

/// For how many of a score's answers it is published how far they spread.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spread {
    /// For all of them.
    OfAll,
    /// For some of them.
    OfSome,
    /// For none of them.
    OfNone,
}

impl Published {
    /// What is published of a line, whose `steps` go from the least detail to the most.
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

/// What is published of the joint lines; `None` if nobody is counted yet.
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
    // If a line may go unanswered, the number of its answers would tell whether the latest respondent answered it.
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
    /// Readers know the sum of a score's blocks. They know how far answers spread only for those answers that are
    /// published in a detail that says so.
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
        // Every detail is made of whole blocks of the one before it, so the known answers are among all of the score's.
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

/// The sums of detractors (0 steps), passives (1) and promoters (2).
fn of_classes(Thirds { unfavourable, neutral, favourable }: &Thirds<u64>) -> Sums {
    Sums {
        answered: unfavourable + neutral + favourable,
        sum: neutral + 2 * favourable,
        squares: neutral + 4 * favourable,
    }
}

impl<T> Shown<Option<T>> {
    /// `None` if it is published but empty.
    pub(crate) fn transpose(self) -> Option<Shown<T>> {
        match self {
            Self::Published(published) => published.map(Shown::Published),
            Self::Withheld(withheld) => Some(Shown::Withheld(withheld)),
        }
    }
}
