//! A survey's results as the collector serves them and the results page shows them.

mod joint;
mod labels;

pub use joint::{JointResult, Withheld};

use crate::definition::{Counted, Definition, Item, Measure, Mechanism, Source};
use crate::estimate::{Estimate, Noise, answered, mean, net_promoter_score, shares, shares_of_several};
use crate::language::Text;
use crate::pieces::Pieces;
use crate::privacy::released_cells;
use crate::summary::Counts;
use labels::labels;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a collector holds of one survey for one choice of wave and segment.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Totals {
    /// People counted.
    pub respondents: u64,
    /// How many of them are sample data.
    pub sample: u64,
    /// What is held of each line, by its id; of joint lines' products by [`Definition::joint_sums`]' name.
    pub items: BTreeMap<String, LineTotals>,
}

/// What a collector holds of one line of a survey.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LineTotals {
    /// People counted on it: fewer than in all where an earlier version of the survey lacked it.
    pub respondents: u64,
    /// Their counts.
    pub counts: Counts,
}

/// A survey's results.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Results {
    /// The survey's id.
    pub survey: String,
    /// Its current version.
    pub version: u32,
    /// Its title.
    pub title: String,
    /// `customer` or `employee`.
    pub audience: String,
    /// The wave asked for; all of them when `null`.
    pub wave: Option<String>,
    /// The waves that have answers, oldest first.
    pub waves: Vec<String>,
    /// The segment values asked for, by name.
    pub segment: BTreeMap<String, String>,
    /// How answers were protected.
    pub mechanism: StatedMechanism,
    /// People counted.
    pub respondents: u64,
    /// How many of them are sample data.
    pub sample: u64,
    /// The lines that are counted, in the survey's order: items, statements, derived measures.
    pub items: Vec<ItemResult>,
    /// How answers go together, where the survey has joint lines.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub joint: Option<Box<JointResult>>,
}

/// A mechanism as results and releases state it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
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
        /// Fewest respondents in a release.
        k: u32,
    },
    /// Posted line by line to an endpoint that is trusted.
    Direct,
    /// Split between two aggregators.
    Sealed,
}

/// One line's results.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ItemResult {
    /// The line's id.
    pub id: String,
    /// The question or the statement; of a derived measure its id.
    pub text: String,
    /// What is counted.
    #[serde(default)]
    pub kind: ResultKind,
    /// The question that a statement belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part_of: Option<String>,
    /// How many answered it.
    pub answered: u64,
    /// Whether that is an estimate, since the lack of an answer was randomised.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub estimated: bool,
    /// How many have no answer: they weren't asked, didn't come to it, or skipped it.
    pub missing: u64,
    /// The totals as they stand; randomised ones are not counts of answers.
    pub counts: Vec<u64>,
    /// The line's main figure; `null` where there is none but shares, and as long as nobody has answered.
    pub score: Option<Score>,
    /// The share of each answer; empty as long as nobody has answered.
    pub distribution: Vec<Share>,
}

/// What a line counts, as far as it matters for reading its figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ResultKind {
    /// One answer each.
    #[default]
    Answer,
    /// Any number of answers each: shares add up to more or less than 1.
    Several,
    /// Something that follows from several answers.
    Derived,
}

/// An item's main figure.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Score {
    /// What it is.
    pub measure: ScoreMeasure,
    /// The figure with its interval.
    #[serde(flatten)]
    pub estimate: Estimate,
    /// The lowest it can be.
    pub min: f64,
    /// The highest it can be.
    pub max: f64,
}

/// The kinds of main figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ScoreMeasure {
    /// −100 to 100.
    NetPromoterScore,
    /// From 1 to the number of points.
    Mean,
    /// From 0 on; the highest answer means "or more".
    MeanNumber,
    /// The mean of indices, 0 to 100.
    Index,
}

/// The share of those who answered that gave one answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Share {
    /// The answer.
    pub label: String,
    /// 0 to 1.
    #[serde(flatten)]
    pub estimate: Estimate,
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
                .map(|line| ItemResult::of(definition, line, totals, language))
                .collect(),
            joint: JointResult::of(definition, totals).map(Box::new),
        }
    }
}

impl StatedMechanism {
    fn of(definition: &Definition) -> Self {
        match definition.privacy {
            Mechanism::Direct => Self::Direct,
            Mechanism::Sealed(_) => Self::Sealed,
            Mechanism::Randomised { epsilon, .. } => {
                let item_epsilon = crate::privacy::line_epsilon(definition, epsilon);
                Self::Randomised { epsilon: epsilon.value(), item_epsilon }
            }
            Mechanism::Batched { k } => Self::Batched { k },
        }
    }
}

impl ItemResult {
    fn of(definition: &Definition, line: &Counted<'_>, totals: &Totals, language: &str) -> Self {
        let cells = released_cells(definition, line);
        let noise = Noise::of(definition, line);
        let empty = || LineTotals { respondents: 0, counts: Counts::empty(cells) };
        let LineTotals { respondents, counts } = totals.items.get(line.id).cloned().unwrap_or_else(empty);
        let answered = answered(&counts, respondents, noise);
        let shares = match line.measure {
            Measure::Several => shares_of_several(&counts, respondents, noise),
            _ => shares(&counts, noise),
        };
        let labelled = if let Noise::Wave { .. } = noise { line.cells } else { cells };
        let labels = labels(definition, line, labelled, language).into_iter();
        let text = |text: &Text| filled(definition, text, language);
        Self {
            id: line.id.to_owned(),
            text: match line.source {
                Source::Item(item) => text(&item.text),
                Source::Statement(_, statement) => text(&statement.text),
                Source::Derived(derived) => derived.id.clone(),
            },
            kind: ResultKind::of(line),
            part_of: match line.source {
                Source::Statement(Item { text: of, .. }, _) => Some(text(of)),
                _ => None,
            },
            answered,
            estimated: noise.hides_missing(),
            missing: respondents.saturating_sub(answered),
            score: Score::of(line, &counts, noise),
            distribution: labels.zip(shares).map(|(label, estimate)| Share { label, estimate }).collect(),
            counts: counts.cells,
        }
    }
}

impl ResultKind {
    fn of(line: &Counted<'_>) -> Self {
        match line.source {
            Source::Derived(_) => Self::Derived,
            _ if line.is_multiple() => Self::Several,
            _ => Self::Answer,
        }
    }
}

impl Score {
    fn of(line: &Counted<'_>, counts: &Counts, noise: Noise) -> Option<Self> {
        let last = line.cells.saturating_sub(1) as f64;
        let (measure, min, max) = match line.measure {
            Measure::NetPromoterScore => (ScoreMeasure::NetPromoterScore, -100.0, 100.0),
            Measure::Mean => (ScoreMeasure::Mean, 1.0, 1.0 + last),
            Measure::Number => (ScoreMeasure::MeanNumber, 0.0, last),
            Measure::Index => (ScoreMeasure::Index, 0.0, 100.0),
            Measure::Shares | Measure::Several => return None,
        };
        let estimate = match line.measure {
            Measure::NetPromoterScore => net_promoter_score(counts, noise),
            _ => mean(counts, (min, max), noise),
        };
        Some(Self { measure, estimate: estimate?, min, max })
    }
}

/// A text with the definition's own words for its pieces: results are of all pages.
fn filled(definition: &Definition, text: &Text, language: &str) -> String {
    Pieces::default().fill(definition, text, language)
}
