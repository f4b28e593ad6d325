mod figures;

use super::labels::labels;
use super::{LineShown, filled};
use crate::disclosure::Shown;
use crate::estimates::Estimate;
use crate::line::Line;
use figures::Figures;
pub(crate) use figures::ScoreFigure;
use puls_core::definition::{Counted, Definition, Item, Measure, Source};
use puls_core::language::Text;
use serde::{Deserialize, Serialize};

/// One line's results.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ItemResult {
    /// The line's id.
    pub id: String,
    /// The question or the statement; for a derived measure its id.
    pub text: String,
    /// What the line counts.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(required))]
    pub kind: ResultKind,
    /// The question that a statement belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part_of: Option<String>,
    /// How many people answered it, as far as that is published.
    pub answered: u64,
    /// Whether `answered` is an estimate, because "no answer" was randomised.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub estimated: bool,
    /// How many people have no answer: they weren't asked, didn't get to the question, or skipped it.
    pub missing: u64,
    /// The line's totals. If answers are randomised, these are counts of reports, not of answers. Empty if they are
    /// withheld.
    pub counts: Vec<u64>,
    /// The line's main figure; `null` if its only figures are shares, or if nobody has answered yet.
    #[cfg_attr(feature = "openapi", schema(required))]
    pub score: Option<Shown<Score>>,
    /// How many answers are favourable, neutral and unfavourable; left out if the line has no such thirds, or if nobody
    /// has answered yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub favourable: Option<Shown<Favourable>>,
    /// The share of each answer; empty if nobody has answered yet.
    pub distribution: Shown<Vec<Share>>,
    /// The number of answers in `counts` and `distribution`, if some answers in `answered` are still pending there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub distribution_of: Option<u64>,
}

/// The kinds of line that have to be told apart to read their figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ResultKind {
    /// Each respondent gives one answer.
    #[default]
    Answer,
    /// Each respondent gives any number of answers, so shares don't add up to 1.
    Several,
    /// A measure that follows from several answers.
    Derived,
}

/// An item's main figure.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Score {
    /// What kind of figure it is.
    pub measure: ScoreMeasure,
    /// The figure with its interval.
    #[serde(flatten)]
    pub estimate: Estimate,
    /// The lowest it can be.
    pub min: f64,
    /// The highest it can be.
    pub max: f64,
    /// Whether the interval assumes the widest spread that answers with this figure can have, because too few have
    /// answered to publish how far they really spread.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub spread_withheld: bool,
}

/// The kinds of main figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
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
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Favourable {
    /// The number of answers.
    pub of: u64,
    /// The share of favourable answers: the top two of five points, the top three of seven, or promoters.
    pub favourable: Estimate,
    /// The share of neutral answers: the middle point, or passives.
    pub neutral: Estimate,
    /// The share of all other answers.
    pub unfavourable: Estimate,
}

/// One answer, and its share among those who answered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Share {
    /// The answer, in words.
    pub label: String,
    /// Its share, 0 to 1.
    #[serde(flatten)]
    pub estimate: Estimate,
}

impl ItemResult {
    /// The results of a line from what is `shown` of it; `None` if nobody is counted on it.
    pub(super) fn of(
        definition: &Definition,
        counted: &Counted<'_>,
        shown: Option<&LineShown>,
        language: &str,
    ) -> Self {
        let line = Line::of(definition, counted);
        let figures = shown.map(|shown| Figures::of(&line, shown)).unwrap_or_default();
        let labels = labels(definition, counted, line.form.answers(), language);
        let text = |text: &Text| filled(definition, text, language);
        let Figures { respondents, answered, score, favourable, counts, shares, distribution_of } = figures;
        Self {
            id: counted.id.to_owned(),
            text: match counted.source {
                Source::Item(item) => text(&item.text),
                Source::Statement(_, statement) => text(&statement.text),
                Source::Derived(derived) => derived.id.clone(),
            },
            kind: ResultKind::of(counted),
            part_of: match counted.source {
                Source::Statement(Item { text: of, .. }, _) => Some(text(of)),
                _ => None,
            },
            answered,
            estimated: line.noise.hides_missing(),
            missing: respondents.saturating_sub(answered),
            score: score.and_then(|published| Score::of(counted, &line, published)),
            favourable,
            distribution_of,
            counts,
            distribution: shares.map(|shares| distribution(&labels, shares)),
        }
    }
}

/// The share of each answer, with its label.
fn distribution(labels: &[String], shares: &[Estimate]) -> Vec<Share> {
    let share = |(label, estimate): (&String, &Estimate)| Share { label: label.clone(), estimate: *estimate };
    labels.iter().zip(shares).map(share).collect()
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
    /// `None` if the line's only figures are shares.
    fn of(counted: &Counted<'_>, line: &Line, published: Shown<ScoreFigure>) -> Option<Shown<Self>> {
        let measure = match counted.measure {
            Measure::NetPromoterScore => ScoreMeasure::NetPromoterScore,
            Measure::Mean => ScoreMeasure::Mean,
            Measure::Number => ScoreMeasure::MeanNumber,
            Measure::Index => ScoreMeasure::Index,
            Measure::Shares | Measure::Several => return None,
        };
        let (min, max) = line.range()?;
        Some(published.map(|ScoreFigure { estimate, spread_withheld }| Self {
            measure,
            estimate: *estimate,
            min,
            max,
            spread_withheld: *spread_withheld,
        }))
    }
}
