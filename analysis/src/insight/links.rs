//! Whether customers notice how employees are.
//!
//! In come the panels of employees' and customers' surveys, and imported outcomes; out go correlations across units, each
//! with how likely so many units are to show one.

use super::{Figure, Measure, Missing, Panel, Slice, SurveyLabel};
use crate::organisation::{Facts, HEADCOUNT, Organisation};
use puls_core::definition::{Audience, Definition};
use puls_core::segment::Segment;
use puls_statistics::rank::{power, spearman};
use puls_statistics::several::holm;
use rand_core::Rng;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// The fewest units in which two measures can be linked.
const FEWEST_UNITS: u64 = 4;

/// The correlation for which the power is told.
const POWER_AT: f64 = 0.6;

/// Pairs of an employees' and a customers' measure in the ready-made surveys, such as the literature on service links.
const SUGGESTED: [(&str, &str, &str, &str); 5] = [
    ("engagement-pulse", "energy", "support-chat", "engagement"),
    ("engagement-pulse", "clarity", "ces", "easy"),
    ("enps", "recommend", "csat", "satisfied:favourable"),
    ("drivers", "autonomy", "support-chat", "competence"),
    ("psychological-safety", "safety", "csat", "satisfied:favourable"),
];

/// How employees' measures go with customers' across units, and both with outcomes.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Links {
    /// The segment by which units are told apart.
    pub by: String,
    /// Employees' measures with customers'.
    pub links: Vec<Link>,
    /// Measures with outcomes that were imported.
    pub outcomes: Vec<Link>,
}

/// How two measures go together across units.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Link {
    /// The one side.
    pub one: Side,
    /// The other side.
    pub other: Side,
    /// Spearman's ρ, −1 to 1, over the units that have both; n is their number.
    pub rho: Figure,
    /// The probability, 0 to 1, of a ρ at least as far from 0 if nothing linked the two, with Holm's allowance for the
    /// number of pairs that are looked at; left out without a ρ.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub p: Option<f64>,
    /// The probability, 0 to 1, that so many units would show a true ρ of 0.6; left out without a ρ.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub power: Option<f64>,
    /// The units, by name.
    pub units: Vec<LinkedUnit>,
    /// What it does and doesn't say.
    pub says: String,
}

/// One side of a link.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(untagged)]
pub enum Side {
    /// A measure of a survey.
    Measured(Box<SurveyMeasure>),
    /// An outcome that was imported, as the mean of its waves.
    Outcome {
        /// The outcome's name.
        outcome: String,
    },
}

/// A measure of a survey.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SurveyMeasure {
    /// The survey.
    #[serde(flatten)]
    pub survey: SurveyLabel,
    /// The measure.
    pub measure: Measure,
}

/// A unit's figures on both sides.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LinkedUnit {
    /// The unit, under its present name.
    pub unit: String,
    /// Its figure on the one side.
    pub one: Figure,
    /// Its figure on the other side.
    pub other: Figure,
}

/// One side, with each unit's figure over all waves.
#[derive(Clone)]
struct Units {
    side: Side,
    audience: Option<Audience>,
    figures: BTreeMap<String, Figure>,
    is_leading: bool,
}

impl Links {
    /// The lines of a survey that links are looked for in.
    pub fn lines(definition: &Definition) -> BTreeSet<String> {
        let (survey, audience) = (definition.id.as_str(), definition.audience);
        let is_suggested = |name: &str| {
            SUGGESTED.iter().any(|(of, one, of_other, other)| match audience {
                Audience::Employee => (*of, *one) == (survey, name),
                Audience::Customer => (*of_other, *other) == (survey, name),
            })
        };
        Measure::lines(definition, |measure| measure.is_leading || is_suggested(&measure.measure))
    }

    /// The links between these surveys, whose units are told apart by the segment `by`: the suggested pairs, or else
    /// each employees' survey with each customers' survey. Permutations are drawn from `rng`.
    pub fn of(panels: &[Panel<'_>], by: &str, rng: &mut impl Rng) -> Self {
        let sides: Vec<Units> = panels.iter().flat_map(|panel| Units::of(panel, by)).collect();
        let of = |audience: Audience| sides.iter().filter(move |side| side.audience == Some(audience));
        let pairs: Vec<(&Units, &Units)> = of(Audience::Employee)
            .flat_map(|one| of(Audience::Customer).map(move |other| (one, other)))
            .collect();
        let chosen = |wanted: fn(&(&Units, &Units)) -> bool| {
            let chosen = pairs.iter().copied().filter(wanted);
            chosen.map(|(one, other)| (one.clone(), other.clone())).collect::<Vec<_>>()
        };
        // Each pair more makes it harder to tell any of them from chance.
        let suggested = chosen(|(one, other)| is_suggested(&one.side, &other.side));
        let leading = || chosen(|(one, other)| one.is_leading && other.is_leading);
        let links = linked(if suggested.is_empty() { leading() } else { suggested }, rng);
        let outcomes = panels.first().map(|panel| Units::outcomes(panel.organisation())).unwrap_or_default();
        let with_outcomes = sides
            .iter()
            .filter(|side| side.is_leading)
            .flat_map(|one| outcomes.iter().map(|outcome| (one.clone(), outcome.clone())));
        Self { by: by.to_owned(), links, outcomes: linked(with_outcomes.collect(), rng) }
    }
}

fn is_suggested(one: &Side, other: &Side) -> bool {
    let name = |side: &Side| match side {
        Side::Measured(of) => (of.survey.survey.clone(), of.measure.measure.clone()),
        Side::Outcome { outcome } => (String::new(), outcome.clone()),
    };
    let ((survey, measure), (other_survey, other_measure)) = (name(one), name(other));
    SUGGESTED.contains(&(&survey, &measure, &other_survey, &other_measure))
}

impl Units {
    /// The measures of a survey that has the segment `by`: the first that leads it, and those in suggested pairs.
    fn of(panel: &Panel<'_>, by: &str) -> Vec<Self> {
        let definition = panel.definition();
        let Some(newest) = panel.waves().last().copied() else { return Vec::new() };
        if !definition.segments.iter().any(|(name, _)| name == by) {
            return Vec::new();
        }
        let units = &panel.organisation().units;
        let unit = |of: &Segment| of.iter().find(|(name, _)| *name == by).map(|(_, unit)| unit.to_owned());
        let groups = |of: &Segment| unit(of).map(|unit| units.present_name(&unit, newest).to_owned());
        let slices = panel.slices(None, |of| groups(of).into_iter().collect());
        let first = panel.measures().iter().position(|measure| measure.is_leading);
        let side = |(index, measure): (usize, &Measure)| Self {
            side: Side::Measured(Box::new(SurveyMeasure { survey: panel.label(), measure: measure.clone() })),
            audience: Some(definition.audience),
            figures: slices
                .iter()
                .map(|(unit, slice)| (unit.clone(), Slice::figure(Some(slice), index)))
                .collect(),
            is_leading: Some(index) == first,
        };
        panel.measures().iter().enumerate().map(side).collect()
    }

    /// The outcomes that were imported, each unit's as the mean of its waves.
    fn outcomes(Organisation { facts, .. }: &Organisation) -> Vec<Self> {
        let names: BTreeSet<&str> =
            facts.iter().map(|fact| fact.measure).filter(|name| *name != HEADCOUNT).collect();
        names.into_iter().map(|name| Self::outcome(facts, name)).collect()
    }

    fn outcome(facts: &Facts, name: &str) -> Self {
        let mut values: BTreeMap<String, Vec<f64>> = BTreeMap::new();
        for fact in facts.iter().filter(|fact| fact.measure == name) {
            values.entry(fact.unit.to_owned()).or_default().push(fact.value);
        }
        // Each is divided by itself, since the sum of the largest is infinite.
        let mean = |values: &Vec<f64>| values.iter().map(|value| value / values.len() as f64).sum();
        let figure = |(unit, values): (&String, &Vec<f64>)| {
            (unit.clone(), Figure::certain(mean(values), values.len() as u64))
        };
        Self {
            side: Side::Outcome { outcome: name.to_owned() },
            audience: None,
            figures: values.iter().map(figure).collect(),
            is_leading: true,
        }
    }
}

/// The links of these pairs, with p values that allow for their number.
fn linked(pairs: Vec<(Units, Units)>, rng: &mut impl Rng) -> Vec<Link> {
    let mut links: Vec<Link> = pairs.into_iter().map(|(one, other)| Link::of(one, other, rng)).collect();
    let adjusted = holm(&links.iter().filter_map(|link| link.p).collect::<Vec<_>>());
    let known = links.iter_mut().filter(|link| link.p.is_some());
    known.zip(adjusted).for_each(|(link, p)| link.p = Some(p));
    links.iter_mut().for_each(Link::say);
    links
}

impl Link {
    fn of(one: Units, other: Units, rng: &mut impl Rng) -> Self {
        let names: BTreeSet<&String> = one.figures.keys().chain(other.figures.keys()).collect();
        let figure = |units: &Units, unit: &str| {
            units.figures.get(unit).cloned().unwrap_or_else(|| Missing::Answers.into())
        };
        let unit = |unit: &String| LinkedUnit {
            unit: unit.clone(),
            one: figure(&one, unit),
            other: figure(&other, unit),
        };
        let units: Vec<LinkedUnit> = names.into_iter().map(unit).collect();
        let known =
            units.iter().filter_map(|unit| Some((unit.one.known()?.value, unit.other.known()?.value)));
        let known: Vec<(f64, f64)> = known.collect();
        let n = known.len() as u64;
        let found = spearman(&known, rng);
        let missing = match n {
            ..FEWEST_UNITS => Missing::Units { have: n, needs: FEWEST_UNITS },
            _ => Missing::Variation,
        };
        Self {
            rho: Figure::or(found.as_ref().map(|found| found.rho), n, missing),
            p: found.as_ref().map(|found| found.p),
            power: found.map(|_| power(n, POWER_AT)),
            one: one.side,
            other: other.side,
            units,
            says: String::new(),
        }
    }

    /// Says what it comes to, once its p value is final.
    fn say(&mut self) {
        self.says = match (&self.rho, self.p, self.power) {
            (Figure::Withheld(gap), ..) => gap.why.clone(),
            (Figure::Known(rho), Some(p), _) if p < 0.05 => {
                let way = if rho.value < 0.0 { "lower" } else { "higher" };
                format!(
                    "Where the one is higher, the other tends to be {way}, by more than chance explains. It doesn't say \
                     which causes which."
                )
            }
            (Figure::Known(rho), _, power) => format!(
                "Chance may explain it. {} units would show a true correlation of {POWER_AT} in about {:.0} of 100 cases.",
                rho.n,
                100.0 * power.unwrap_or(0.0)
            ),
        };
    }
}
