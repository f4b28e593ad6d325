use super::Totals;
use crate::definition::{Counted, Definition};
use crate::withhold::{Detail, LineTotals, Step};
use serde::{Deserialize, Serialize};

/// Something that is told, or why it isn't.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Told<T> {
    /// It isn't. First, since a list would take anything for one of its entries.
    Withheld(Withheld),
    /// This is it.
    Told(T),
}

/// Why something isn't told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withheld {
    /// In one word.
    pub withheld: Reason,
    /// Whether it is the whole that is too small, and not the part that was asked for.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub in_whole: bool,
    /// How many answers there are; left out where that would tell how somebody answered, and where they still wait
    /// to be put together.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub have: Option<u64>,
    /// From how many answers on it is told.
    pub needs: u64,
}

/// Why figures aren't told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// Too few people answered.
    TooFew,
}

impl<T> Told<T> {
    /// What is told, if it is.
    pub fn told(&self) -> Option<&T> {
        match self {
            Self::Told(told) => Some(told),
            Self::Withheld(_) => None,
        }
    }

    /// Why it isn't told, if it isn't.
    pub fn withheld(&self) -> Option<Withheld> {
        match self {
            Self::Told(_) => None,
            Self::Withheld(withheld) => Some(*withheld),
        }
    }

    pub(super) fn map<U>(&self, make: impl FnOnce(&T) -> U) -> Told<U> {
        match self {
            Self::Told(told) => Told::Told(make(told)),
            Self::Withheld(withheld) => Told::Withheld(*withheld),
        }
    }

    /// `None` where it is told and there is nothing to tell.
    pub(super) fn and_then<U>(&self, make: impl FnOnce(&T) -> Option<U>) -> Option<Told<U>> {
        match self {
            Self::Told(told) => make(told).map(Told::Told),
            Self::Withheld(withheld) => Some(Told::Withheld(*withheld)),
        }
    }
}

/// Totals of a part, and of the whole that it belongs to.
#[derive(Clone, Copy)]
pub(super) struct Within<'a> {
    pub(super) part: &'a Totals,
    /// `None` where the part is the whole.
    pub(super) whole: Option<&'a Totals>,
}

impl Within<'_> {
    /// What is told of the part at a step, if that is enough to be shown. How large the whole is goes by its `least`
    /// detail, of which the most is told.
    pub(super) fn told(
        &self,
        definition: &Definition,
        line: &Counted<'_>,
        step: Step,
        least: Detail,
    ) -> Told<LineTotals> {
        let totals = self.part_of(line, step.detail);
        let respondents = self.part.items.get(line.id).map_or(0, |totals| totals.respondents);
        let withheld = |needs: u64, have: Option<u64>, in_whole: bool| {
            let have = have.filter(|have| *have < needs);
            Told::Withheld(Withheld { withheld: Reason::TooFew, in_whole, have, needs })
        };
        if step.fewest == 0 || respondents == 0 {
            return Told::Told(totals);
        }
        if let (Some(whole), Some(tiers)) = (self.whole, definition.tiers()) {
            let answered = whole.items.get(line.id).map_or(0, |whole| whole.at(least).answered());
            if answered < tiers.whole.into() {
                return withheld(tiers.whole.into(), Some(answered), true);
            }
        }
        if totals.answered() < step.fewest {
            // How many of them answered a line that not everybody has to answer says something of the latest one.
            let is_certain = !line.may_miss && !line.sampled;
            return withheld(step.fewest, is_certain.then_some(respondents), false);
        }
        Told::Told(totals)
    }

    /// What is told of the part in some detail, however little that is.
    pub(super) fn part_of(&self, line: &Counted<'_>, detail: Detail) -> LineTotals {
        self.part.items.get(line.id).map(|totals| totals.at(detail)).unwrap_or_default()
    }
}
