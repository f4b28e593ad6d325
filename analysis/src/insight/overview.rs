//! All surveys on one screen.
//!
//! In come the panels of all surveys; out go their leading figures, who is engaged, and which teams need help first.

use super::{
    Figure, Mark, Measure, MeasureTrend, Panel, Slice, SurveyLabel, Team, Teams, Trend, UNIT, WaveLabel,
};
use crate::organisation::Organisation;
use puls_core::definition::{Definition, DerivedKind, Source};
use puls_core::segment::Segment;
use puls_core::wave::Wave;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// The most measures of one survey that lead it.
const MOST_MEASURES: usize = 3;

/// The most teams that are said to need help first.
const MOST_TEAMS: usize = 3;

/// The share of people who are engaged, as far as studies tell: a line to read one's own figures against, and no goal.
const REFERENCES: [Reference; 2] =
    [Reference { of: "employees", engaged: 0.30 }, Reference { of: "managers", engaged: 0.43 }];

/// All surveys on one screen: the leading figures, who is engaged, and which teams need help first.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Overview {
    /// The surveys that have answers.
    pub surveys: Vec<Headline>,
    /// Energy and clarity, in the surveys that measure them.
    pub engagement: Vec<Engagement>,
    /// The teams that most likely need help first, each in one survey's first measure; at most three.
    pub help_first: Vec<Help>,
}

/// The leading figures of one survey.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Headline {
    /// The survey.
    #[serde(flatten)]
    pub survey: SurveyLabel,
    /// The newest wave that has a published figure, or else the newest one.
    pub wave: WaveLabel,
    /// How many of the wave's respondents are sample data.
    pub sample: u64,
    /// The share of people who have answered in the wave, 0 to 1, if the headcount of every unit is known.
    pub response_rate: Figure,
    /// The leading measures: recommendation, indices and shares, or else the first question; at most three.
    pub measures: Vec<LeadingFigure>,
}

/// One of a survey's leading figures.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LeadingFigure {
    /// The measure.
    #[serde(flatten)]
    pub measure: Measure,
    /// Its figure in the wave.
    pub figure: Figure,
    /// What it is more than in the last wave before that has a figure.
    pub change: Figure,
    /// Its last change beyond chance; left out if there was none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mark: Option<Mark>,
    /// How it developed, in a sentence.
    pub says: String,
}

/// Energy and clarity of the people who answered a survey.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Engagement {
    /// The survey.
    #[serde(flatten)]
    pub survey: SurveyLabel,
    /// The wave.
    pub wave: String,
    /// Everybody, then each value of the segment `role`, if the survey has it.
    pub groups: Vec<EngagedGroup>,
    /// Shares to read these figures against.
    pub references: Vec<Reference>,
}

/// The energy and clarity of one group.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EngagedGroup {
    /// The value of the segment `role`; left out for everybody.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// Whether people want to: 0 to 100.
    pub energy: Figure,
    /// Whether people know what to do: 0 to 100.
    pub clarity: Figure,
    /// The share, 0 to 1, of people of whom both are high.
    pub engaged: Figure,
}

/// A share of engaged people elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Reference {
    /// `employees` or `managers`.
    pub of: &'static str,
    /// The share, 0 to 1.
    pub engaged: f64,
}

/// A team that likely needs help.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Help {
    /// The survey's id.
    pub survey: String,
    /// The measure.
    pub measure: Measure,
    /// The team's figures.
    #[serde(flatten)]
    pub team: Team,
    /// Why it is here, in a sentence.
    pub says: String,
}

impl Overview {
    /// The lines of a survey that its part of the overview is made of.
    pub fn lines(definition: &Definition) -> BTreeSet<String> {
        let mut lines = Measure::lines(definition, |measure| measure.is_leading);
        lines.extend(Engagement::lines(definition).into_iter().flatten().map(str::to_owned));
        lines
    }

    /// The overview of the surveys that these `panels` are of; teams are told apart by the segment `by`.
    pub fn of(panels: &[Panel<'_>], by: &str) -> Self {
        let (mut surveys, mut engagement, mut help_first) = (Vec::new(), Vec::new(), Vec::new());
        for panel in panels {
            let Some((headline, wave)) = Headline::of(panel) else { continue };
            engagement.extend(Engagement::of(panel, wave));
            help_first.extend(Help::of(panel, wave, by, &headline));
            surveys.push(headline);
        }
        help_first.sort_by(|one: &Help, other| {
            let place = |help: &Help| help.team.lowest_quarter.unwrap_or(0.0);
            place(other).total_cmp(&place(one))
        });
        help_first.truncate(MOST_TEAMS);
        Self { surveys, engagement, help_first }
    }
}

impl Headline {
    /// `None` if nobody has answered the survey.
    fn of(panel: &Panel<'_>) -> Option<(Self, Wave)> {
        let trend = Trend::of(panel, |measure| measure.is_leading, BTreeMap::new());
        let measures = trend.measures.get(..MOST_MEASURES).unwrap_or(&trend.measures);
        let has_figure = |at: &usize| {
            measures
                .iter()
                .any(|measure| measure.figures.get(*at).is_some_and(|of| of.figure.known().is_some()))
        };
        let last = trend.waves.len().checked_sub(1)?;
        let at = (0..trend.waves.len()).rfind(has_figure).unwrap_or(last);
        let label = trend.waves.get(at)?.clone();
        let wave = Wave::parse(&label.wave)?;
        let leading = |of: &MeasureTrend| {
            let figure = of.figures.get(at)?.clone();
            Some(LeadingFigure {
                measure: of.measure.clone(),
                figure: figure.figure,
                change: figure.change,
                mark: of.marks.last().cloned(),
                says: of.says.clone(),
            })
        };
        let sample = panel.slice_of(Some(wave), |_| true).map_or(0, |slice| slice.sample);
        let response_rate = Figure::response_rate(label.respondents, headcount(panel, wave));
        let measures = measures.iter().filter_map(leading).collect();
        Some((Self { survey: trend.survey, wave: label, sample, response_rate, measures }, wave))
    }
}

/// How many people a survey's units have; `None` if that isn't known of each of them, or if there are none.
fn headcount(panel: &Panel<'_>, wave: Wave) -> Option<u64> {
    let Organisation { units, .. } = panel.organisation();
    let (_, values) = panel.definition().segments.iter().find(|(name, _)| name == UNIT)?;
    let present: BTreeSet<&str> = values.iter().map(|unit| units.present_name(unit, wave)).collect();
    present.into_iter().map(|unit| panel.headcount(unit, wave)).sum()
}

impl Engagement {
    /// The class of a survey, energy and clarity; `None` if the survey has no such class.
    fn lines(definition: &Definition) -> Option<[&str; 3]> {
        let counted = definition.counted();
        let (class, energy, clarity) = counted.iter().find_map(|line| match line.source {
            Source::Derived(derived) => match derived.kind {
                DerivedKind::Class { energy, clarity, .. } => Some((line.id, energy, clarity)),
                _ => None,
            },
            _ => None,
        })?;
        Some([class, energy.of(&counted)?.id, clarity.of(&counted)?.id])
    }

    /// `None` if the survey has no class made of energy and clarity.
    fn of(panel: &Panel<'_>, wave: Wave) -> Option<Self> {
        let place = |id: &str| panel.measures().iter().position(|measure| measure.measure == id);
        let [Some(class), Some(energy), Some(clarity)] = Self::lines(panel.definition())?.map(place) else {
            return None;
        };
        let role =
            |of: &Segment| of.iter().find(|(name, _)| *name == "role").map(|(_, role)| role.to_owned());
        let groups = |of: &Segment| std::iter::once(None).chain(role(of).map(Some)).collect();
        let group = |(role, slice): (Option<String>, Slice)| EngagedGroup {
            role,
            energy: Slice::figure(Some(&slice), energy),
            clarity: Slice::figure(Some(&slice), clarity),
            engaged: Slice::figure(Some(&slice), class),
        };
        Some(Self {
            survey: panel.label(),
            wave: wave.to_string(),
            groups: panel.slices(Some(wave), groups).into_iter().map(group).collect(),
            references: REFERENCES.to_vec(),
        })
    }
}

impl Help {
    /// The teams of a survey that most likely need help, by its first leading measure.
    fn of(panel: &Panel<'_>, wave: Wave, by: &str, headline: &Headline) -> Vec<Self> {
        let Some(LeadingFigure { measure, .. }) = headline.measures.first() else { return Vec::new() };
        let teams = Teams::of(panel, Some(wave), by, |other| other == measure, BTreeMap::new());
        let likely = teams.measures.into_iter().flat_map(|compared| compared.units);
        let likely = likely.filter(|team| team.lowest_quarter.is_some_and(|probability| probability >= 0.5));
        let help = |team: Team| Self {
            survey: panel.definition().id.clone(),
            measure: measure.clone(),
            says: format!(
                "{} is among the lowest quarter of the teams with a probability of {:.0} %.",
                team.unit,
                100.0 * team.lowest_quarter.unwrap_or(0.0)
            ),
            team,
        };
        likely.take(MOST_TEAMS).map(help).collect()
    }
}
