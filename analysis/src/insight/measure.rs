//! Which figures of a survey are compared: those of which more is better.
//!
//! In comes a definition; out go its measures, and each measure's figure of what is published of its line.

use super::Figure;
use crate::disclosure::{LineShown, Published, Shown};
use crate::estimates::{Estimate, answered, share_of, share_within};
use crate::line::Line;
use crate::results::{Favourable, ScoreFigure, filled};
use puls_core::definition::{self, Counted, Definition, Derived, DerivedKind, Item, Source};
use serde::Serialize;
use std::collections::BTreeSet;

/// One figure of a line of a survey, of which more is better.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Measure {
    /// Names the measure in requests: the line's id, followed by `:favourable` for the share of favourable answers.
    pub measure: String,
    /// The line's id.
    pub line: String,
    /// The question or the statement; for a derived measure its id.
    pub text: String,
    /// What kind of figure it is.
    pub kind: MeasureKind,
    /// The lowest it can be.
    pub min: f64,
    /// The highest it can be.
    pub max: f64,
    /// How it is read from the line.
    #[serde(skip)]
    form: Line,
    /// Of which of the line's cells a share is; `None` for other measures.
    #[serde(skip)]
    cell: Option<usize>,
    /// Whether it leads the survey: recommendation, indices and shares, or else the first question's last measure.
    #[serde(skip)]
    pub is_leading: bool,
}

/// The kinds of measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum MeasureKind {
    /// −100 to 100.
    NetPromoterScore,
    /// From 1 to the number of points.
    Mean,
    /// From 0 on; the highest answer means "or more".
    MeanNumber,
    /// The mean of indices, 0 to 100.
    Index,
    /// The share of favourable answers, 0 to 1: the top two of five points, or the top three of seven.
    Favourable,
    /// The share, 0 to 1, of people of whom a condition holds, or who are engaged.
    Share,
}

/// The cell of a share that counts those of whom the condition holds.
const YES: usize = 1;

impl Measure {
    /// All measures of a survey, in the order of its lines, with texts in `language`.
    ///
    /// Of a line where the highest answer counts against what the survey asks about only the share of favourable
    /// answers is a measure. Answers without an order have none.
    pub fn all(definition: &Definition, language: &str) -> Vec<Self> {
        let counted = definition.counted();
        let mut measures: Vec<Self> =
            counted.iter().flat_map(|line| Self::of_line(definition, line, language)).collect();
        if !measures.iter().any(|measure| measure.is_leading) {
            // A survey without a recommendation or a derived measure is led by its first question.
            let first = measures.first().map(|measure| measure.line.clone());
            let mut leading = measures.iter_mut().filter(|measure| Some(&measure.line) == first.as_ref());
            if let Some(last) = leading.next_back() {
                last.is_leading = true;
            }
        }
        measures
    }

    /// The lines of the measures that are `wanted`.
    pub fn lines(definition: &Definition, wanted: impl Fn(&Self) -> bool) -> BTreeSet<String> {
        Self::all(definition, "").into_iter().filter(wanted).map(|measure| measure.line).collect()
    }

    fn of_line(definition: &Definition, counted: &Counted<'_>, language: &str) -> Vec<Self> {
        let form = Line::of(definition, counted);
        let text = match counted.source {
            Source::Item(Item { text, .. }) => filled(definition, text, language),
            Source::Statement(_, statement) => filled(definition, &statement.text, language),
            Source::Derived(derived) => derived.id.clone(),
        };
        let measure = |kind: MeasureKind, (min, max): (f64, f64)| Self {
            measure: match kind {
                MeasureKind::Favourable => format!("{}:favourable", counted.id),
                _ => counted.id.to_owned(),
            },
            line: counted.id.to_owned(),
            text: text.clone(),
            kind,
            min,
            max,
            form: form.clone(),
            cell: None,
            is_leading: matches!(
                kind,
                MeasureKind::NetPromoterScore | MeasureKind::Index | MeasureKind::Share
            ),
        };
        let score = MeasureKind::of_score(counted).filter(|_| !counted.is_reversed());
        let score = score.and_then(|kind| Some(measure(kind, form.range()?)));
        let is_net_promoter = counted.measure == definition::Measure::NetPromoterScore;
        let has_favourable = form.thirds.is_some() && !is_net_promoter;
        let favourable = has_favourable.then(|| measure(MeasureKind::Favourable, (0.0, 1.0)));
        let cell = match counted.source {
            Source::Derived(Derived { kind: DerivedKind::Share { .. }, .. }) => Some(YES),
            Source::Derived(Derived { kind: DerivedKind::Class { .. }, .. }) => {
                DerivedKind::CLASSES.iter().position(|class| *class == "engaged")
            }
            _ => None,
        };
        let share = cell.map(|_| Self { cell, ..measure(MeasureKind::Share, (0.0, 1.0)) });
        [score, favourable, share].into_iter().flatten().collect()
    }

    /// The measure's figure, from what is shown of its line: `None` if nobody is counted on that.
    pub(super) fn figure(&self, shown: Option<&LineShown>) -> Figure {
        let figure = shown.and_then(|shown| match self.kind {
            MeasureKind::Favourable => Favourable::of(&self.form, shown)
                .map(|shown| shown.map(|favourable| (favourable.favourable, favourable.of))),
            MeasureKind::Share => self.share(shown),
            _ => ScoreFigure::of(&self.form, shown)
                .map(|figure| figure.map(|figure| (figure.estimate, self.answered(shown)))),
        });
        Figure::of_shown(figure)
    }

    fn answered(&self, shown: &LineShown) -> u64 {
        match shown {
            LineShown::Reports(totals) => answered(&totals.counts, totals.respondents, self.form.noise),
            LineShown::Published(published) => published.answered,
        }
    }

    fn share(&self, shown: &LineShown) -> Option<Shown<(Estimate, u64)>> {
        let cell = self.cell?;
        match shown {
            LineShown::Reports(totals) => {
                let share = share_within(&self.form, &totals.counts, cell..cell + 1)?;
                Some(Shown::Published((share, self.answered(shown))))
            }
            LineShown::Published(Published { points, .. }) => points
                .as_ref()?
                .map(|totals| {
                    let of = totals.counts.total();
                    Some((share_of(*totals.counts.cells().get(cell)?, of)?, of))
                })
                .transpose(),
        }
    }
}

impl MeasureKind {
    /// The kind of a line's main figure; `None` if its only figures are shares.
    fn of_score(counted: &Counted<'_>) -> Option<Self> {
        match counted.measure {
            definition::Measure::NetPromoterScore => Some(Self::NetPromoterScore),
            definition::Measure::Mean => Some(Self::Mean),
            definition::Measure::Number => Some(Self::MeanNumber),
            definition::Measure::Index => Some(Self::Index),
            definition::Measure::Shares | definition::Measure::Several => None,
        }
    }
}
