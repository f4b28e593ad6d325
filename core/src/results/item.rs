use super::filled;
use super::labels::labels;
use super::told::{Told, Within};
use crate::definition::{Counted, Definition, Item, Measure, Source};
use crate::estimate::{
    Estimate, Noise, answered, mean, net_promoter_score, share_within, shares, shares_of_several,
};
use crate::language::Text;
use crate::privacy::released_cells;
use crate::summary::Counts;
use crate::withhold::{Detail, LineTotals, steps};
use serde::{Deserialize, Serialize};

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
    /// How many answered it, as far as that is told.
    pub answered: u64,
    /// Whether that is an estimate, since the lack of an answer was randomised.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub estimated: bool,
    /// How many have no answer: they weren't asked, didn't come to it, or skipped it.
    pub missing: u64,
    /// The totals as they stand; randomised ones are not counts of answers. Empty where they are withheld.
    pub counts: Vec<u64>,
    /// The line's main figure; `null` where there is none but shares, and as long as nobody has answered.
    pub score: Option<Told<Score>>,
    /// How many answers are favourable; left out where that isn't usual, and as long as nobody has answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub favourable: Option<Told<Favourable>>,
    /// The share of each answer; empty as long as nobody has answered.
    pub distribution: Told<Vec<Share>>,
    /// How many answers counts and distribution are of, where some of those who answered still wait.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub distribution_of: Option<u64>,
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

/// How many answers are favourable, neutral and unfavourable, as shares of 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Favourable {
    /// Of how many answers.
    pub of: u64,
    /// The top two of five points, the top three of seven, or promoters.
    pub favourable: Estimate,
    /// The point in the middle, or passives.
    pub neutral: Estimate,
    /// The rest.
    pub unfavourable: Estimate,
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

impl ItemResult {
    pub(super) fn of(
        definition: &Definition,
        line: &Counted<'_>,
        totals: Within<'_>,
        language: &str,
    ) -> Self {
        let noise = Noise::of(definition, line);
        let steps = steps(definition, line);
        let least = steps.first().map_or(Detail::Points, |step| step.detail);
        let told = |detail| {
            let step = steps.iter().find(|step| step.detail == detail)?;
            Some(totals.told(definition, line, *step, least))
        };
        let first = totals.part_of(line, least);
        let counted = |totals: &LineTotals| answered(&totals.counts, totals.respondents, noise);
        let text = |text: &Text| filled(definition, text, language);
        let points = told(Detail::Points).unwrap_or(Told::Told(LineTotals::default()));
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
            answered: counted(&first),
            estimated: noise.hides_missing(),
            missing: first.respondents.saturating_sub(counted(&first)),
            score: told(Detail::Score)
                .and_then(|told| told.and_then(|totals| Score::of(line, &totals.counts, noise))),
            favourable: told(Detail::Favourable)
                .and_then(|told| told.and_then(|totals| Favourable::of(line, totals, noise))),
            distribution_of: points.told().map(counted).filter(|of| *of != counted(&first)),
            counts: points.told().map(|totals| totals.counts.cells.clone()).unwrap_or_default(),
            distribution: points.map(|totals| distribution(definition, line, totals, language)),
        }
    }
}

/// The share of each answer, with its words.
fn distribution(
    definition: &Definition,
    line: &Counted<'_>,
    LineTotals { respondents, counts }: &LineTotals,
    language: &str,
) -> Vec<Share> {
    let noise = Noise::of(definition, line);
    let shares = match line.measure {
        Measure::Several => shares_of_several(counts, *respondents, noise),
        _ => shares(counts, noise),
    };
    let cells = if let Noise::Wave { .. } = noise { line.cells } else { released_cells(definition, line) };
    let labels = labels(definition, line, cells, language).into_iter();
    labels.zip(shares).map(|(label, estimate)| Share { label, estimate }).collect()
}

impl Favourable {
    /// `None` where the classes are the very answers that are told of.
    fn of(line: &Counted<'_>, LineTotals { counts, .. }: &LineTotals, noise: Noise) -> Option<Self> {
        let thirds = line.thirds().filter(|_| counts.cells.len() == line.cells)?;
        let [unfavourable, neutral, favourable] = thirds.map(|cells| share_within(counts, cells, noise));
        let of = counts.total();
        Some(Self { of, favourable: favourable?, neutral: neutral?, unfavourable: unfavourable? })
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
