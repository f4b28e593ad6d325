//! What an outcome goes together with, and with which driver most is to be gained.
//!
//! In come a survey's panel and a generator of randomness; out go drivers with their importance. They come from the sums of
//! joint lines, or, without these, from units' figures, which is weaker evidence.

use super::{Figure, Measure, Missing, Panel, Slice, SurveyLabel};
use crate::disclosure::Shown;
use crate::results::covariances;
use puls_core::definition::{self, Counted, Definition};
use puls_core::joint_sums::JointSums;
use puls_core::segment::Segment;
use puls_core::wave::Wave;
use puls_statistics::across::{self, Measured};
use puls_statistics::dominance::dominance;
use rand_core::Rng;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// The fewest people of whose answers drivers are told.
const FEWEST_PEOPLE: u64 = 25;

/// What an outcome depends on, the drivers with which most is to be gained first.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Drivers {
    /// The survey.
    #[serde(flatten)]
    pub survey: SurveyLabel,
    /// The requested segment values, by name.
    pub segment: BTreeMap<String, String>,
    /// The requested wave; `null` for all waves.
    pub wave: Option<String>,
    /// The outcome; left out if the survey has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Measure>,
    /// What the figures are made of.
    pub evidence: Evidence,
    /// R², 0 to 1: the share of the outcome's variance that all drivers explain together.
    pub explained: Figure,
    /// The drivers, those with which most is to be gained first.
    pub drivers: Vec<Driver>,
    /// What they come to, in a sentence.
    pub says: String,
}

/// What figures of drivers are made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Evidence {
    /// How each person's answers go together, from sums over people.
    People,
    /// How units' figures go together. This is weaker: what holds of units needn't hold of the people in them.
    Units,
}

/// One driver of an outcome.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Driver {
    /// The measure.
    #[serde(flatten)]
    pub measure: Measure,
    /// How much it matters: its share of the outcome's variance, 0 to 1. Across fewer than five units for each driver it is
    /// the driver's correlation with the outcome, −1 to 1.
    pub importance: Figure,
    /// In which share of repetitions it would matter most, 0 to 1; left out with a correlation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first: Option<f64>,
    /// Its own figure.
    pub figure: Figure,
    /// Importance, times how far the figure is from the best that there can be, 0 to 1; left out if either is withheld.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gain: Option<f64>,
}

impl Drivers {
    /// The lines of a survey in which the drivers of an `outcome` are looked for; `None` if these are all lines.
    pub fn lines(definition: &Definition, outcome: Option<&str>) -> Option<BTreeSet<String>> {
        let lines = joint_lines(definition);
        place_of(outcome, &lines).map(|_| lines.iter().map(|line| line.id.to_owned()).collect())
    }

    /// What the `outcome` depends on in one wave, or in all of them, among the people with the segment values in
    /// `segment`. Without an `outcome` it is the recommendation, or else the last of the joint lines. Units are told
    /// apart by the segment `by`. Repetitions are drawn from `rng`.
    pub fn of(
        panel: &Panel<'_>,
        outcome: Option<&str>,
        wave: Option<Wave>,
        by: &str,
        segment: BTreeMap<String, String>,
        rng: &mut impl Rng,
    ) -> Self {
        let found = Found::of(panel, outcome, wave, by, &segment, rng);
        let Found { outcome, evidence, explained, mut drivers } = found;
        drivers.sort_by(|one, other| {
            let gain = |driver: &Driver| driver.gain.unwrap_or(f64::NEG_INFINITY);
            gain(other).total_cmp(&gain(one))
        });
        Self {
            survey: panel.label(),
            segment,
            wave: wave.map(|wave| wave.to_string()),
            outcome,
            evidence,
            says: says(&explained, evidence, &drivers),
            explained,
            drivers,
        }
    }
}

/// What was found, before it is put into order.
struct Found {
    outcome: Option<Measure>,
    evidence: Evidence,
    explained: Figure,
    drivers: Vec<Driver>,
}

impl Found {
    /// Of people, if the outcome is one of the survey's joint lines; across units otherwise.
    fn of(
        panel: &Panel<'_>,
        outcome: Option<&str>,
        wave: Option<Wave>,
        by: &str,
        segment: &BTreeMap<String, String>,
        rng: &mut impl Rng,
    ) -> Self {
        let newest = wave.or(panel.waves().last().copied());
        let fits = |of: &Segment| newest.is_some_and(|newest| panel.has(of, segment, newest));
        let slice = panel.slice_of(wave, fits);
        let joint = JointLines::of(panel);
        match place_of(outcome, &joint.lines) {
            Some(outcome) => joint.found(outcome, slice.as_ref(), rng),
            None => {
                let units = &panel.organisation().units;
                let unit = |of: &Segment| {
                    let (_, unit) = of.iter().find(|(name, _)| *name == by).filter(|_| fits(of))?;
                    Some(units.present_name(unit, newest?).to_owned())
                };
                let units = panel.slices(wave, |of| unit(of).into_iter().collect());
                AcrossUnits { panel, slice, units: units.into_values().collect() }.found(outcome, rng)
            }
        }
    }
}

fn joint_lines(definition: &Definition) -> Vec<Counted<'_>> {
    let counted = definition.counted();
    definition.joint.lines().iter().filter_map(|line| line.of(&counted).copied()).collect()
}

/// The place of the outcome among joint `lines`: that of the wanted measure's line, or without one the recommendation, or
/// else the last line.
fn place_of(wanted: Option<&str>, lines: &[Counted<'_>]) -> Option<usize> {
    let line = wanted.map(|wanted| wanted.split(':').next().unwrap_or_default());
    let is_recommendation = |of: &Counted<'_>| of.measure == definition::Measure::NetPromoterScore;
    match line {
        Some(line) => lines.iter().position(|of| of.id == line),
        None => lines.iter().position(is_recommendation).or(lines.len().checked_sub(1)),
    }
}

/// The measures of a survey's joint lines, in the order of these lines.
struct JointLines<'a> {
    lines: Vec<Counted<'a>>,
    /// The index of each line's measure among the panel's; `None` if the line has none.
    measures: Vec<Option<usize>>,
    panel: &'a Panel<'a>,
}

impl<'a> JointLines<'a> {
    fn of(panel: &'a Panel<'a>) -> Self {
        let lines = joint_lines(panel.definition());
        let measure =
            |line: &Counted<'_>| panel.measures().iter().position(|measure| measure.line == line.id);
        Self { measures: lines.iter().map(measure).collect(), lines, panel }
    }

    fn found(&self, outcome: usize, slice: Option<&Slice>, rng: &mut impl Rng) -> Found {
        let sums = slice.and_then(|slice| slice.joint.as_ref()).and_then(Shown::published);
        let n = sums.map_or(0, JointSums::respondents);
        let lines: Vec<&Counted<'_>> = self.lines.iter().collect();
        let enough = sums.filter(|_| n >= FEWEST_PEOPLE);
        let found = enough.and_then(|sums| dominance(&covariances(&lines, sums), outcome, n as f64, rng));
        let missing = match n {
            ..FEWEST_PEOPLE => Missing::People { have: n, needs: FEWEST_PEOPLE },
            _ => Missing::Variation,
        };
        let drivers = found.iter().flat_map(|found| &found.drivers).filter_map(|driver| {
            let index = (*self.measures.get(driver.variable)?)?;
            Driver::of(self.panel, slice, index, Figure::of(driver.share, n), Some(driver.first))
        });
        let measure = self.measures.get(outcome).copied().flatten();
        Found {
            outcome: measure.and_then(|index| self.panel.measures().get(index).cloned()),
            evidence: Evidence::People,
            explained: Figure::or(found.as_ref().map(|found| found.r_squared), n, missing),
            drivers: drivers.collect(),
        }
    }
}

/// The figures of units, from which weaker evidence comes.
struct AcrossUnits<'a> {
    panel: &'a Panel<'a>,
    /// Everybody's figures.
    slice: Option<Slice>,
    units: Vec<Slice>,
}

impl AcrossUnits<'_> {
    /// The outcome is the wanted measure, or else the first that leads the survey. Every other line has one driver: the
    /// line's first measure.
    fn found(&self, wanted: Option<&str>, rng: &mut impl Rng) -> Found {
        let measures = self.panel.measures();
        let outcome = measures.iter().position(|measure| match wanted {
            Some(wanted) => measure.measure == wanted,
            None => measure.is_leading,
        });
        let line = |index: usize| measures.get(index).map(|measure| &measure.line);
        let is_driver = |index: &usize| {
            let is_first = index.checked_sub(1).and_then(line) != line(*index);
            is_first && outcome.is_some_and(|outcome| line(outcome) != line(*index))
        };
        let indices: Vec<usize> = (0..measures.len()).filter(is_driver).collect();
        let drivers = outcome.map(|outcome| self.drivers(outcome, &indices, rng)).unwrap_or_default();
        let outcome = outcome.and_then(|index| measures.get(index).cloned());
        Found { outcome, evidence: Evidence::Units, explained: Missing::OfPeople.into(), drivers }
    }

    /// The importance of each driver: what it explains where there are enough units, or else its correlation with the
    /// outcome.
    fn drivers(&self, outcome: usize, drivers: &[usize], rng: &mut impl Rng) -> Vec<Driver> {
        let all: Vec<usize> = drivers.iter().copied().chain([outcome]).collect();
        let units = self.measured(&all);
        let are_enough = units.len() >= across::UNITS_PER_DRIVER * drivers.len();
        let found = are_enough.then(|| across::dominance(&units, drivers.len(), rng)).flatten();
        let n = units.len() as u64;
        let driver = |(place, index): (usize, &usize)| match &found {
            Some(found) => {
                let found = found.get(place)?;
                self.driver(*index, Figure::of(found.share, n), Some(found.first))
            }
            None => self.driver(*index, self.correlation(outcome, *index, rng), None),
        };
        drivers.iter().enumerate().filter_map(driver).collect()
    }

    fn correlation(&self, outcome: usize, driver: usize, rng: &mut impl Rng) -> Figure {
        let units = self.measured(&[driver, outcome]);
        let pairs: Vec<[Measured; 2]> = units.into_iter().filter_map(|unit| unit.try_into().ok()).collect();
        let (have, needs) = (pairs.len() as u64, across::FEWEST_UNITS as u64);
        let missing = if have < needs { Missing::Units { have, needs } } else { Missing::Variation };
        Figure::or(across::correlation(&pairs, rng), have, missing)
    }

    fn driver(&self, index: usize, importance: Figure, first: Option<f64>) -> Option<Driver> {
        Driver::of(self.panel, self.slice.as_ref(), index, importance, first)
    }

    /// These measures of the units that have a figure of each.
    fn measured(&self, indices: &[usize]) -> Vec<Vec<Measured>> {
        let measured = |slice: &Slice, index: usize| {
            let figure = Slice::figure(Some(slice), index).interval()?;
            Some(Measured { value: figure.value, variance: figure.standard_error().powi(2) })
        };
        let unit = |slice: &Slice| indices.iter().map(|index| measured(slice, *index)).collect();
        self.units.iter().filter_map(unit).collect()
    }
}

impl Driver {
    /// The measure with this `index` as a driver, whose own figure is in `slice`.
    fn of(
        panel: &Panel<'_>,
        slice: Option<&Slice>,
        index: usize,
        importance: Figure,
        first: Option<f64>,
    ) -> Option<Self> {
        let measure = panel.measures().get(index)?.clone();
        let figure = Slice::figure(slice, index);
        let room = figure.known().map(|known| (measure.max - known.value) / (measure.max - measure.min));
        let gain = importance.known().zip(room).map(|(importance, room)| importance.value.max(0.0) * room);
        Some(Self { measure, importance, first, figure, gain })
    }
}

/// What the drivers come to, in a sentence.
fn says(explained: &Figure, evidence: Evidence, drivers: &[Driver]) -> String {
    let first = drivers.first().filter(|driver| driver.gain.is_some());
    match (first, evidence, explained) {
        (Some(driver), Evidence::People, _) => format!(
            "Most is to be gained with {}: it matters, and there is room. It doesn't say what causes what.",
            driver.measure.line
        ),
        (Some(driver), Evidence::Units, _) => format!(
            "Across units, most may be to be gained with {}. This is weak evidence: what holds of units needn't hold of \
             the people in them.",
            driver.measure.line
        ),
        (None, _, Figure::Withheld(gap)) => gap.why.clone(),
        (None, _, Figure::Known(_)) => "No driver has a published figure yet.".to_owned(),
    }
}
