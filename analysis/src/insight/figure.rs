//! A figure with its range, or what is missing for one.
//!
//! In come estimates, or the reason why there is none; out goes what readers get of it: numbers, or a word, counts and a
//! sentence.

use crate::disclosure::{Shown, Withheld};
use crate::estimates::Estimate;
use puls_statistics::Interval;
use puls_statistics::proportion::wilson;
use serde::Serialize;
use std::fmt;

/// A figure with its range, or what is missing for one.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(untagged)]
pub enum Figure {
    /// The figure.
    Known(Number),
    /// What is missing.
    Withheld(Gap),
}

/// A figure, its 95 % range, and the number of people or units that it is of.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Number {
    /// The figure.
    pub value: f64,
    /// The range's lower end.
    pub low: f64,
    /// The range's upper end.
    pub high: f64,
    /// How many answers, or in figures across units how many units, it is made of.
    pub n: u64,
}

/// What is missing for a figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Gap {
    /// The reason, in one word.
    pub withheld: &'static str,
    /// How many there are of what is missing, if that may be told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub have: Option<u64>,
    /// How many are needed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub needs: Option<u64>,
    /// The reason, in a sentence.
    pub why: String,
}

/// The things that may be missing for a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    /// Nobody has answered.
    Answers,
    /// Too few people have answered for it to be published.
    MoreAnswers(Withheld),
    /// There is no earlier wave with a figure to compare with.
    EarlierWave,
    /// Too few people's answers are published.
    People {
        /// How many there are.
        have: u64,
        /// How many are needed.
        needs: u64,
    },
    /// The figures differ hardly, or by no more than chance.
    Variation,
    /// It is told of people alone, and there are only units' figures.
    OfPeople,
    /// There are too few units with a published figure.
    Units {
        /// How many there are.
        have: u64,
        /// How many are needed.
        needs: u64,
    },
    /// Nobody has said how many people there are.
    Headcount,
    /// More people have answered than there are said to be.
    LargerHeadcount {
        /// How many there are said to be.
        headcount: u64,
        /// How many have answered.
        answered: u64,
    },
}

impl Missing {
    /// The reason, in one word.
    fn word(self) -> &'static str {
        match self {
            Self::Answers => "no_answers",
            Self::MoreAnswers(_) => "too_few",
            Self::EarlierWave => "no_earlier_wave",
            Self::People { .. } => "too_few_people",
            Self::Variation => "too_alike",
            Self::OfPeople => "of_people_only",
            Self::Units { .. } => "too_few_units",
            Self::Headcount => "no_headcount",
            Self::LargerHeadcount { .. } => "headcount_too_small",
        }
    }

    /// How many there are of what is missing, and how many are needed.
    fn counts(self) -> (Option<u64>, Option<u64>) {
        match self {
            Self::MoreAnswers(Withheld { have, needs, .. }) => (have, Some(needs)),
            Self::People { have, needs } | Self::Units { have, needs } => (Some(have), Some(needs)),
            Self::LargerHeadcount { headcount, answered } => (Some(headcount), Some(answered)),
            Self::Answers | Self::EarlierWave | Self::Headcount | Self::Variation | Self::OfPeople => {
                (None, None)
            }
        }
    }
}

/// As a sentence.
impl fmt::Display for Missing {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Answers => formatter.write_str("Nobody has answered yet."),
            Self::MoreAnswers(Withheld { in_whole: true, needs, .. }) => {
                write!(formatter, "Groups are shown once the whole wave has {needs} published answers.")
            }
            Self::MoreAnswers(Withheld { have: Some(have), needs, .. }) => {
                write!(formatter, "{have} of the {needs} answers that it needs are there.")
            }
            Self::MoreAnswers(Withheld { have: None, needs, .. }) => {
                write!(formatter, "It needs {needs} answers, and they are published in groups.")
            }
            Self::EarlierWave => formatter.write_str("There is no earlier wave to compare with."),
            Self::People { have, needs } => {
                write!(formatter, "The answers of {have} of the {needs} people that it needs are published.")
            }
            Self::Variation => {
                formatter.write_str("The figures are all alike, or differ by no more than chance explains.")
            }
            Self::OfPeople => formatter.write_str(
                "It takes sums of how each person's answers go together, which only joint lines have.",
            ),
            Self::Units { have, needs } => {
                write!(formatter, "{have} of the {needs} units that it needs have a published figure.")
            }
            Self::Headcount => formatter.write_str("No headcount of these people has been imported."),
            Self::LargerHeadcount { headcount, answered } => {
                write!(formatter, "{answered} people have answered, but the headcount says {headcount}.")
            }
        }
    }
}

impl From<Missing> for Gap {
    fn from(missing: Missing) -> Self {
        let (have, needs) = missing.counts();
        Self { withheld: missing.word(), have, needs, why: missing.to_string() }
    }
}

impl From<Missing> for Figure {
    fn from(missing: Missing) -> Self {
        Self::Withheld(missing.into())
    }
}

impl Figure {
    /// A figure of `n` answers or units.
    pub fn of(Interval { value, low, high }: Interval, n: u64) -> Self {
        Self::Known(Number { value, low, high, n })
    }

    /// A figure that is known for certain.
    pub(super) fn certain(value: f64, n: u64) -> Self {
        Self::of(Interval { value, low: value, high: value }, n)
    }

    /// The figure, or else what is missing.
    pub fn or(interval: Option<Interval>, n: u64, missing: Missing) -> Self {
        interval.map_or_else(|| missing.into(), |interval| Self::of(interval, n))
    }

    /// The share of `headcount` people who are among the `respondents`, with its range. Nobody is followed: it takes a
    /// headcount from elsewhere, and people who answer twice count twice.
    pub fn response_rate(respondents: u64, headcount: Option<u64>) -> Self {
        match headcount {
            None | Some(0) => Missing::Headcount.into(),
            Some(headcount) if headcount < respondents => {
                Missing::LargerHeadcount { headcount, answered: respondents }.into()
            }
            Some(headcount) => Self::or(wilson(respondents, headcount), headcount, Missing::Headcount),
        }
    }

    /// What is shown of an estimate of so many answers; `None` stands for no answer at all.
    pub(crate) fn of_shown(shown: Option<Shown<(Estimate, u64)>>) -> Self {
        match shown {
            None => Missing::Answers.into(),
            Some(Shown::Withheld(withheld)) => Missing::MoreAnswers(withheld).into(),
            Some(Shown::Published((Estimate { value, low, high }, n))) => {
                Self::Known(Number { value, low, high, n })
            }
        }
    }

    /// The figure, if it isn't withheld.
    pub fn known(&self) -> Option<Number> {
        match self {
            Self::Known(number) => Some(*number),
            Self::Withheld(_) => None,
        }
    }

    /// The figure's range, if it isn't withheld.
    pub fn interval(&self) -> Option<Interval> {
        self.known().map(|Number { value, low, high, .. }| Interval { value, low, high })
    }
}
