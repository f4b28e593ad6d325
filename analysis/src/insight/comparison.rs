//! Where figures stand among others.
//!
//! In come a survey's panel and the imported reference distributions; out go percentiles: of everybody's figure among the
//! survey's earlier waves, of each unit's among all units, and of both in the references.

use super::{Figure, Measure, MeasureKind, Missing, Number, Panel, Slice, SurveyLabel};
use crate::organisation::{Benchmark, BenchmarkMeasure};
use puls_core::wave::Wave;
use puls_statistics::percentile::{Reference, percentile};
use serde::Serialize;
use std::collections::BTreeMap;

/// Where surveys' leading figures stand among others.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Comparisons {
    /// The surveys that have answers.
    pub surveys: Vec<SurveyComparison>,
}

/// Where one survey's leading figures stand among others.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SurveyComparison {
    /// The survey.
    #[serde(flatten)]
    pub survey: SurveyLabel,
    /// The newest wave that has a published figure.
    pub wave: String,
    /// The measures that lead the survey.
    pub measures: Vec<MeasureComparison>,
}

/// Where one measure stands among others.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MeasureComparison {
    /// The measure.
    #[serde(flatten)]
    pub measure: Measure,
    /// Where everybody's figure stands.
    pub whole: Place,
    /// Where each unit's figure stands, by the unit's name.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub units: Vec<UnitPlace>,
}

/// Where a figure stands among others.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Place {
    /// The figure.
    pub figure: Figure,
    /// Its percentile, 0 to 100, among the survey's own earlier waves; n is their number.
    pub among_waves: Figure,
    /// Its percentile in each reference distribution that was imported for the measure.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub references: Vec<ReferencePlace>,
}

/// Where a unit's figure stands among others.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UnitPlace {
    /// The unit.
    pub unit: String,
    /// Its percentile, 0 to 100, among all units; n is their number.
    pub among_units: Figure,
    /// Where it stands otherwise.
    #[serde(flatten)]
    pub place: Place,
}

/// A percentile in a reference distribution.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReferencePlace {
    /// The distribution's id.
    pub id: String,
    /// What it is of.
    pub title: String,
    /// Where it is from.
    pub source: String,
    /// The percentile, 0 to 100; n is the number of figures in the distribution.
    pub percentile: Figure,
}

impl Comparisons {
    /// Compares the surveys that these `panels` are of; units are told apart by the segment `by`.
    pub fn of(panels: &[Panel<'_>], by: &str) -> Self {
        Self { surveys: panels.iter().filter_map(|panel| SurveyComparison::of(panel, by)).collect() }
    }
}

impl SurveyComparison {
    /// `None` if nobody has answered.
    fn of(panel: &Panel<'_>, by: &str) -> Option<Self> {
        let wave = panel.latest()?;
        let units = &panel.organisation().units;
        let of_wave = |wave: Wave| {
            panel.slices(Some(wave), |of| {
                let unit = of.iter().find(|(name, _)| *name == by);
                let unit = unit.map(|(_, unit)| Some(units.present_name(unit, wave).to_owned()));
                std::iter::once(None).chain(unit).collect()
            })
        };
        let earlier = panel.waves().iter().filter(|other| **other < wave);
        let slices =
            Slices { panel, now: of_wave(wave), earlier: earlier.map(|wave| of_wave(*wave)).collect() };
        let leading = panel.measures().iter().enumerate().filter(|(_, measure)| measure.is_leading);
        Some(Self {
            survey: panel.label(),
            wave: wave.to_string(),
            measures: leading.map(|(index, measure)| slices.comparison(index, measure)).collect(),
        })
    }
}

/// Everybody's slice, and that of each unit by its name, in the newest wave and in those before.
struct Slices<'a> {
    panel: &'a Panel<'a>,
    now: BTreeMap<Option<String>, Slice>,
    earlier: Vec<BTreeMap<Option<String>, Slice>>,
}

impl Slices<'_> {
    /// Compares the measure with this `index`.
    fn comparison(&self, index: usize, measure: &Measure) -> MeasureComparison {
        let units = || self.now.iter().filter_map(|(unit, slice)| Some((unit.as_ref()?, slice)));
        let figures: Vec<f64> = units()
            .filter_map(|(_, slice)| Slice::figure(Some(slice), index).known())
            .map(|known| known.value)
            .collect();
        let unit = |(unit, slice): (&String, &Slice)| UnitPlace {
            among_units: among_others(&Slice::figure(Some(slice), index), &figures),
            place: self.place(&Some(unit.clone()), index, measure),
            unit: unit.clone(),
        };
        MeasureComparison {
            measure: measure.clone(),
            whole: self.place(&None, index, measure),
            units: units().map(unit).collect(),
        }
    }

    /// Where the figure of everybody, or of a unit, stands.
    fn place(&self, unit: &Option<String>, index: usize, measure: &Measure) -> Place {
        let figure = Slice::figure(self.now.get(unit), index);
        let earlier = self.earlier.iter().filter_map(|slices| Slice::figure(slices.get(unit), index).known());
        let earlier: Vec<f64> = earlier.map(|known| known.value).collect();
        let named = match measure.kind {
            MeasureKind::Favourable => BenchmarkMeasure::Favourable,
            _ => BenchmarkMeasure::Score,
        };
        let benchmarks = &self.panel.organisation().benchmarks;
        let references = benchmarks.of(&self.panel.definition().id, &measure.line, named);
        Place {
            among_waves: match figure {
                Figure::Known(_) if earlier.is_empty() => Missing::EarlierWave.into(),
                _ => among_others(&figure, &earlier),
            },
            references: references.map(|reference| ReferencePlace::of(reference, &figure)).collect(),
            figure,
        }
    }
}

impl ReferencePlace {
    fn of(benchmark: &Benchmark, figure: &Figure) -> Self {
        let quantiles: Vec<(f64, f64)> =
            benchmark.quantiles.iter().map(|quantile| (quantile.percent, quantile.value)).collect();
        Self {
            id: benchmark.id.clone(),
            title: benchmark.title.clone(),
            source: benchmark.source.clone(),
            percentile: place(figure, Reference::Quantiles(&quantiles), Some(benchmark.n.into())),
        }
    }
}

/// The percentile of a figure among `others`, of which it may be one.
fn among_others(figure: &Figure, others: &[f64]) -> Figure {
    match place(figure, Reference::Values(others), None) {
        Figure::Known(number) => Figure::Known(Number { n: others.len() as u64, ..number }),
        withheld => withheld,
    }
}

/// The percentile of a figure in a reference that was made of a sample of so many figures.
fn place(figure: &Figure, reference: Reference<'_>, sample: Option<u64>) -> Figure {
    match figure.interval() {
        None => figure.clone(),
        Some(interval) => {
            Figure::or(percentile(interval, reference, sample), sample.unwrap_or(0), Missing::Variation)
        }
    }
}
