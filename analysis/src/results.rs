//! A survey's results as the collector serves them and the results page shows them.

mod item;
mod joint_result;
mod labels;

pub use crate::disclosure::{LineShown, Reason, Shown, Totals, Withheld};
pub(crate) use item::ScoreFigure;
pub use item::{Favourable, ItemResult, ResultKind, Score, ScoreMeasure, Share};
pub use joint_result::JointResult;
pub(crate) use joint_result::covariances;

use puls_core::definition::{Definition, Mechanism};
use puls_core::language::Text;
use puls_core::pieces::Pieces;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A survey's results.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Results {
    /// The survey's id.
    pub survey: String,
    /// Its current version.
    pub version: u32,
    /// Its title.
    pub title: String,
    /// `customer` or `employee`.
    pub audience: String,
    /// The requested wave; `null` for all waves.
    #[cfg_attr(feature = "openapi", schema(required))]
    pub wave: Option<String>,
    /// The waves that have answers, oldest first.
    pub waves: Vec<String>,
    /// The requested segment values, by name.
    pub segment: BTreeMap<String, String>,
    /// How answers are protected.
    pub mechanism: StatedMechanism,
    /// The people who are counted.
    pub respondents: u64,
    /// How many of them are sample data.
    pub sample: u64,
    /// The lines that are counted, in the survey's order: items, statements, derived measures.
    pub items: Vec<ItemResult>,
    /// How answers go together, if the survey has joint lines.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub joint: Option<Box<JointResult>>,
    /// The changes of the requested waves' figures that no release of an open wave made, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub revisions: Vec<Revision>,
}

/// A change of a wave's figures that no release of an open wave made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Revision {
    /// The wave.
    pub wave: String,
    /// The version of the survey.
    pub version: u32,
    /// The day of the change, such as `2026-11-30`.
    pub day: String,
    /// What changed the figures, in one word.
    pub kind: String,
    /// Why they were changed, in words.
    pub reason: String,
}

/// A mechanism as results and releases state it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum StatedMechanism {
    /// Randomised before it left the page.
    Randomised {
        /// ε of a whole release.
        epsilon: f64,
        /// ε of each line in it.
        item_epsilon: f64,
    },
    /// Added up on a shared device.
    Batched {
        /// How many respondents a release sums up.
        k: u32,
    },
    /// Posted line by line to an endpoint that respondents trust.
    Direct,
    /// Split between two aggregators.
    Sealed,
}

impl Results {
    /// Estimates from `totals`, with texts in `language`.
    pub fn of(
        definition: &Definition,
        totals: &Totals,
        wave: Option<String>,
        waves: Vec<String>,
        segment: BTreeMap<String, String>,
        language: &str,
    ) -> Self {
        Self {
            survey: definition.id.clone(),
            version: definition.version,
            title: filled(definition, &definition.title, language),
            audience: definition.audience.name().to_owned(),
            wave,
            waves,
            segment,
            mechanism: StatedMechanism::of(definition),
            respondents: totals.respondents,
            sample: totals.sample,
            items: definition
                .counted()
                .iter()
                .map(|line| ItemResult::of(definition, line, totals.lines.get(line.id), language))
                .collect(),
            joint: JointResult::of(definition, totals.joint.as_ref()).map(Box::new),
            revisions: Vec::new(),
        }
    }
}

impl StatedMechanism {
    fn of(definition: &Definition) -> Self {
        match definition.privacy {
            Mechanism::Direct => Self::Direct,
            Mechanism::Sealed(_) => Self::Sealed,
            Mechanism::Randomised { epsilon, .. } => {
                let item_epsilon = puls_core::privacy::line_epsilon(definition, epsilon);
                Self::Randomised { epsilon: epsilon.value(), item_epsilon }
            }
            Mechanism::Batched { k } => Self::Batched { k },
        }
    }
}

/// A text, filled with the definition's own words: pages may give other words for its pieces, and results are of all
/// pages.
pub(crate) fn filled(definition: &Definition, text: &Text, language: &str) -> String {
    Pieces::default().fill(definition, text, language)
}
