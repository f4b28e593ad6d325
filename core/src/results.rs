//! A survey's results as the collector serves them and the results page shows them.

use crate::definition::{Definition, Item, ItemKind, Measure, Mechanism};
use crate::estimate::{Estimate, Noise, mean, net_promoter_score, shares};
use crate::privacy::released_cells;
use crate::summary::Counts;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a collector holds of one survey for one choice of wave and segment.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Totals {
    /// People counted.
    pub respondents: u64,
    /// How many of them are sample data.
    pub sample: u64,
    /// Counts by item.
    pub items: BTreeMap<String, Counts>,
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
    /// The counted items, in the survey's order.
    pub items: Vec<ItemResult>,
}

/// A mechanism as results and releases state it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum StatedMechanism {
    /// Randomised before it left the page.
    Randomised {
        /// ε of a whole release.
        epsilon: f64,
        /// ε of each item in it.
        item_epsilon: f64,
    },
    /// Added up on a shared device.
    Batched {
        /// Fewest respondents in a release.
        k: u32,
    },
}

/// One item's results.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ItemResult {
    /// The item's id.
    pub id: String,
    /// The question.
    pub text: String,
    /// How many answered it.
    pub answered: u64,
    /// How many left it unanswered.
    pub missing: u64,
    /// The totals as they stand; randomised ones are not counts of answers.
    pub counts: Vec<u64>,
    /// The item's main figure; `null` for a choice, and as long as nobody has answered.
    pub score: Option<Score>,
    /// The share of each answer; empty as long as nobody has answered.
    pub distribution: Vec<Share>,
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
            title: definition.title.get(language).to_owned(),
            audience: definition.audience.name().to_owned(),
            wave,
            waves,
            segment,
            mechanism: StatedMechanism::of(definition),
            respondents: totals.respondents,
            sample: totals.sample,
            items: definition
                .counted()
                .map(|item| ItemResult::of(definition, item, totals, language))
                .collect(),
        }
    }
}

impl StatedMechanism {
    fn of(definition: &Definition) -> Self {
        match definition.privacy {
            Mechanism::Randomised { epsilon } => {
                let item_epsilon = crate::privacy::item_epsilon(definition, epsilon);
                Self::Randomised { epsilon: epsilon.value(), item_epsilon }
            }
            Mechanism::Batched { k } => Self::Batched { k },
        }
    }
}

impl ItemResult {
    fn of(definition: &Definition, item: &Item, totals: &Totals, language: &str) -> Self {
        let cells = released_cells(&definition.privacy, &item.kind);
        let noise = Noise::of(definition, cells);
        let counts = totals.items.get(&item.id).cloned().unwrap_or_else(|| Counts::empty(cells));
        let labels = labels(item, cells, language);
        let shares = shares(&counts.cells, noise).into_iter();
        Self {
            id: item.id.clone(),
            text: item.text.get(language).to_owned(),
            answered: counts.answered(),
            missing: counts.missing,
            score: Score::of(item, &counts.cells, noise),
            distribution: labels
                .into_iter()
                .zip(shares)
                .map(|(label, estimate)| Share { label, estimate })
                .collect(),
            counts: counts.cells,
        }
    }
}

impl Score {
    fn of(item: &Item, cells: &[u64], noise: Noise) -> Option<Self> {
        match item.kind.measure() {
            Measure::NetPromoterScore => {
                let estimate = net_promoter_score(cells, noise)?;
                Some(Self { measure: ScoreMeasure::NetPromoterScore, estimate, min: -100.0, max: 100.0 })
            }
            Measure::Mean => {
                let estimate = mean(cells, noise)?;
                Some(Self { measure: ScoreMeasure::Mean, estimate, min: 1.0, max: cells.len() as f64 })
            }
            Measure::Shares | Measure::Nothing => None,
        }
    }
}

fn labels(item: &Item, cells: usize, language: &str) -> Vec<String> {
    match &item.kind {
        ItemKind::NetPromoter(_) if cells == 3 => {
            ["Detractors (0–6)", "Passives (7–8)", "Promoters (9–10)"].map(str::to_owned).into()
        }
        ItemKind::NetPromoter(_) => (0..cells).map(|answer| answer.to_string()).collect(),
        ItemKind::Choice(choice) => {
            choice.options.iter().map(|option| option.text.get(language).to_owned()).collect()
        }
        ItemKind::Rating(_) | ItemKind::Notice(_) => (1..=cells).map(|point| point.to_string()).collect(),
    }
}
