//! How a survey's units compare in one wave.
//!
//! In comes a survey's panel; out go each unit's figures, those that allow for chance among them. The unit that most likely
//! needs help comes first.

use super::trend::change;
use super::{Figure, Measure, Missing, Panel, Slice, SurveyLabel};
use crate::organisation::Organisation;
use puls_core::segment::Segment;
use puls_core::wave::Wave;
use puls_statistics::Interval;
use puls_statistics::difference::{mover, standardised, two_sided_p};
use puls_statistics::several::holm;
use puls_statistics::shrinkage::{self, shrunken};
use serde::Serialize;
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// The fewest units that can be compared.
const FEWEST_UNITS: u64 = 2;

/// How a survey's units compare in one wave.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Teams {
    /// The survey.
    #[serde(flatten)]
    pub survey: SurveyLabel,
    /// The segments by which people are told apart, separated by commas.
    pub by: String,
    /// The requested segment values, by name.
    pub segment: BTreeMap<String, String>,
    /// The wave; `null` if nobody has answered yet.
    pub wave: Option<String>,
    /// The requested measures.
    pub measures: Vec<MeasureTeams>,
}

/// How units compare in one measure.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MeasureTeams {
    /// The measure.
    #[serde(flatten)]
    pub measure: Measure,
    /// The figure of all units together.
    pub whole: Figure,
    /// The standard deviation between the units' true figures, so far as it is beyond chance.
    pub between: Figure,
    /// The units, those that most likely need help first.
    pub units: Vec<Team>,
    /// The units that these are part of, by name.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub larger: Vec<LargerUnit>,
}

/// The figures of a unit that others are part of.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LargerUnit {
    /// The unit.
    pub unit: String,
    /// The people in it who are counted.
    pub respondents: u64,
    /// The figure of all of its units together.
    pub figure: Figure,
    /// What it is more than in the wave before.
    pub change: Figure,
}

/// One unit's figures.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Team {
    /// The unit, under its present name; of several segments, their values with ` · ` in between.
    pub unit: String,
    /// The unit that it is part of; left out if it is part of none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part_of: Option<String>,
    /// The people who are counted.
    pub respondents: u64,
    /// The share of the unit's people who have answered, 0 to 1.
    pub response_rate: Figure,
    /// The unit's own figure.
    pub figure: Figure,
    /// Its figure, drawn towards the whole by as much as chance may have moved it. It is the better guess of the two.
    pub shrunken: Figure,
    /// The probability, 0 to 1, that the unit is truly among the lowest quarter of all; left out without a figure.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lowest_quarter: Option<f64>,
    /// What it is more than all units together.
    pub from_whole: Figure,
    /// The probability, 0 to 1, of a difference as large as that by chance alone, with Holm's allowance for the number
    /// of units; left out without a figure.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub p: Option<f64>,
    /// What it is more than in the wave before.
    pub change: Figure,
}

/// A group in a breakdown.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Group {
    All,
    Unit(String),
    /// A unit that others are part of.
    Larger(String),
}

impl Teams {
    /// Compares the values of the segment `by`, or of several that commas separate, in a `wave`, or else in the latest
    /// one, among the people with the segment values in `segment`.
    pub fn of(
        panel: &Panel<'_>,
        wave: Option<Wave>,
        by: &str,
        wanted: impl Fn(&Measure) -> bool,
        segment: BTreeMap<String, String>,
    ) -> Self {
        let wave = wave.or_else(|| panel.latest());
        let of_wave = |wave: Wave| {
            let groups = |of: &Segment| {
                if panel.has(of, &segment, wave) {
                    groups_of(of, by, panel.organisation(), wave)
                } else {
                    Vec::new()
                }
            };
            panel.slices(Some(wave), groups)
        };
        let slices = |wave: Option<Wave>| wave.map(of_wave).unwrap_or_default();
        let earlier = panel.waves().iter().copied().rfind(|other| Some(*other) < wave);
        let compared = Compared { panel, wave, now: slices(wave), before: slices(earlier) };
        let measures = panel.measures().iter().enumerate().filter(|(_, measure)| wanted(measure));
        Self {
            survey: panel.label(),
            by: by.to_owned(),
            wave: wave.map(|wave| wave.to_string()),
            measures: measures.map(|(index, measure)| compared.in_measure(index, measure)).collect(),
            segment,
        }
    }
}

/// Everybody, their unit under its present name, and the units that this is part of.
fn groups_of(of: &Segment, by: &str, Organisation { units, .. }: &Organisation, wave: Wave) -> Vec<Group> {
    let value = |name: &str| of.iter().find(|(known, _)| *known == name).map(|(_, value)| value);
    let present = |by: &str| value(by).map(|unit| units.present_name(unit, wave));
    let names: Option<Vec<&str>> = by.split(',').map(present).collect();
    // A unit of several segments is part of no other one.
    let larger = std::iter::successors(present(by), |unit| units.parent(unit)).skip(1);
    let larger = larger.map(|unit| Group::Larger(unit.to_owned()));
    let unit = names.map(|names| Group::Unit(names.join(" · ")));
    std::iter::once(Group::All).chain(unit).chain(larger).collect()
}

/// The groups of a wave, and of the one before.
struct Compared<'a> {
    panel: &'a Panel<'a>,
    wave: Option<Wave>,
    now: BTreeMap<Group, Slice>,
    before: BTreeMap<Group, Slice>,
}

/// A unit before it is compared with the others.
struct Unit<'a> {
    name: &'a str,
    respondents: u64,
    figure: Figure,
    change: Figure,
}

/// What comes of comparing a unit with the others.
struct Comparison {
    shrunken: shrinkage::Unit,
    /// What the unit is more than the whole, and the adjusted p value.
    from_whole: Option<(Interval, f64)>,
}

impl Compared<'_> {
    /// Compares the units in the measure with this `index`.
    fn in_measure(&self, index: usize, measure: &Measure) -> MeasureTeams {
        let whole = Slice::figure(self.now.get(&Group::All), index);
        let units: Vec<Unit<'_>> = self.units(index, |group| match group {
            Group::Unit(name) => Some(name),
            _ => None,
        });
        let larger = self.units(index, |group| match group {
            Group::Larger(name) => Some(name),
            _ => None,
        });
        let known: Vec<Interval> = units.iter().filter_map(|unit| unit.figure.interval()).collect();
        let shrinkage = shrunken(&known, (measure.min, measure.max)).filter(|_| known.len() > 1);
        let (between, shrunken) = shrinkage.map(|found| (found.between, found.units)).unzip();
        let mut comparisons = shrunken
            .unwrap_or_default()
            .into_iter()
            .zip(differences(&known, whole.interval()))
            .map(|(shrunken, from_whole)| Comparison { shrunken, from_whole });
        let lack = Missing::Units { have: known.len() as u64, needs: FEWEST_UNITS };
        let team = |unit: Unit<'_>| {
            let compared = unit.figure.known().and_then(|known| Some((known.n, comparisons.next()?)));
            self.team(unit, compared, lack)
        };
        let mut units: Vec<Team> = units.into_iter().map(team).collect();
        units.sort_by(|one, other| other.need().partial_cmp(&one.need()).unwrap_or(Ordering::Equal));
        MeasureTeams {
            measure: measure.clone(),
            whole,
            between: Figure::or(between, known.len() as u64, lack),
            units,
            larger: larger.into_iter().map(LargerUnit::from).collect(),
        }
    }

    /// The groups that have a name, with their figures in the measure with this `index`.
    fn units(&self, index: usize, name: impl Fn(&Group) -> Option<&str>) -> Vec<Unit<'_>> {
        let named = self.now.iter().filter_map(|(group, slice)| Some((name(group)?, group, slice)));
        let unit = |(name, group, slice): (_, &Group, &Slice)| {
            let figures = [&self.before, &self.now].map(|slices| Slice::figure(slices.get(group), index));
            let change = change(&figures, 1);
            let [_, figure] = figures;
            Unit { name, respondents: slice.respondents, figure, change }
        };
        named.map(unit).collect()
    }

    /// `compared` is what comes of comparing the unit, and how many answers its figure is of. If it couldn't be compared,
    /// the reason is `lack`, or else that it has no figure.
    fn team(&self, unit: Unit<'_>, compared: Option<(u64, Comparison)>, lack: Missing) -> Team {
        let Unit { name, respondents, figure, change } = unit;
        let Organisation { units, .. } = self.panel.organisation();
        let headcount = self.wave.and_then(|wave| self.panel.headcount(name, wave));
        let (n, compared) = compared.unzip();
        let missing = if figure.known().is_some() { Figure::from(lack) } else { figure.clone() };
        let found = |interval: Option<Interval>| {
            let found = interval.zip(n).map(|(interval, n)| Figure::of(interval, n));
            found.unwrap_or_else(|| missing.clone())
        };
        let from_whole = compared.as_ref().and_then(|compared| compared.from_whole);
        Team {
            unit: name.to_owned(),
            part_of: units.parent(name).map(str::to_owned),
            respondents,
            response_rate: Figure::response_rate(respondents, headcount),
            shrunken: found(compared.as_ref().map(|compared| compared.shrunken.figure)),
            lowest_quarter: compared.as_ref().and_then(|compared| compared.shrunken.lowest_quarter),
            from_whole: found(from_whole.map(|(difference, _)| difference)),
            p: from_whole.map(|(_, p)| p),
            figure,
            change,
        }
    }
}

/// What each unit is more than the whole, with p values that allow for the number of units. A unit is part of the whole,
/// so the ranges are rather too wide.
fn differences(units: &[Interval], whole: Option<Interval>) -> Vec<Option<(Interval, f64)>> {
    let Some(whole) = whole else { return vec![None; units.len()] };
    let p_value = |unit: &Interval| standardised(*unit, whole).map_or(1.0, two_sided_p);
    let adjusted = holm(&units.iter().map(p_value).collect::<Vec<_>>());
    units.iter().zip(adjusted).map(|(unit, p)| Some((mover(*unit, whole), p))).collect()
}

impl From<Unit<'_>> for LargerUnit {
    fn from(Unit { name, respondents, figure, change }: Unit<'_>) -> Self {
        Self { unit: name.to_owned(), respondents, figure, change }
    }
}

impl Team {
    /// How far up it stands in the list: first by the probability that it is among the lowest, then by how low its figure
    /// is. Units without a figure come last.
    fn need(&self) -> (bool, f64, f64) {
        let figure = self.shrunken.known().or(self.figure.known());
        (figure.is_some(), self.lowest_quarter.unwrap_or(0.0), figure.map_or(0.0, |figure| -figure.value))
    }
}
