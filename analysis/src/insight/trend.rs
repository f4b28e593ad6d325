//! How a survey's measures develop from wave to wave.
//!
//! In comes a survey's panel; out go each wave's figures, their changes, and marks where a figure changes beyond chance.

use super::{Figure, Measure, Missing, Panel, Slice, SurveyLabel};
use crate::results::Revision;
use puls_core::wave::{Period, Wave};
use puls_statistics::difference::mover;
use puls_statistics::trend::{self, Series};
use serde::Serialize;
use std::collections::BTreeMap;
use std::ops::Range;

/// The most waves that a trend goes back: two years of weeks.
const MOST_WAVES: usize = 104;

/// How a survey's measures develop from wave to wave.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Trend {
    /// The survey.
    #[serde(flatten)]
    pub survey: SurveyLabel,
    /// The requested segment values, by name.
    pub segment: BTreeMap<String, String>,
    /// The waves, oldest first, those without an answer in between included.
    pub waves: Vec<WaveLabel>,
    /// The requested measures.
    pub measures: Vec<MeasureTrend>,
    /// The changes of these waves' figures that no release of an open wave made, oldest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub revisions: Vec<Revision>,
}

/// A wave, and who answered in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WaveLabel {
    /// The wave, such as `2026-Q4`.
    pub wave: String,
    /// Its first day, such as `2026-10-01`.
    pub first_day: String,
    /// Its last day.
    pub last_day: String,
    /// Whether it still goes on, so that its figures may change.
    pub is_open: bool,
    /// The people who are counted.
    pub respondents: u64,
}

/// How one measure develops.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MeasureTrend {
    /// The measure.
    #[serde(flatten)]
    pub measure: Measure,
    /// The measure's figure in each wave.
    pub figures: Vec<WaveFigure>,
    /// Where it changed beyond chance, oldest first.
    pub marks: Vec<Mark>,
    /// How it developed, in a sentence.
    pub says: String,
}

/// A measure's figure in one wave.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WaveFigure {
    /// The figure.
    pub figure: Figure,
    /// What it is more than in the last wave before that has a figure. If the same people answered in both waves, the
    /// range is rather too wide.
    pub change: Figure,
}

/// A change beyond chance.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Mark {
    /// The first wave after the change.
    pub since: String,
    /// The wave in which there were enough answers to tell.
    pub noticed: String,
    /// Whether it went up or down.
    pub direction: Direction,
    /// The level before.
    pub before: Figure,
    /// The level since then.
    pub after: Figure,
    /// The difference between the two.
    pub change: Figure,
}

/// Which way a measure went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// More than before.
    Up,
    /// Less than before.
    Down,
}

impl Trend {
    /// The trend of the measures that are `wanted`, of the people with the segment values in `segment`.
    pub fn of(
        panel: &Panel<'_>,
        wanted: impl Fn(&Measure) -> bool,
        segment: BTreeMap<String, String>,
    ) -> Self {
        let waves = all_waves(panel.waves());
        let slice = |wave: &Wave| panel.slice_of(Some(*wave), |of| panel.has(of, &segment, *wave));
        let slices: Vec<Option<Slice>> = waves.iter().map(slice).collect();
        let label = |(wave, slice): (&Wave, &Option<Slice>)| {
            let respondents = slice.as_ref().map_or(0, |slice| slice.respondents);
            WaveLabel::of(*wave, panel.is_open(*wave), respondents)
        };
        let measures = panel.measures().iter().enumerate().filter(|(_, measure)| wanted(measure));
        let measures = measures.map(|(index, measure)| {
            let figure = |slice: &Option<Slice>| Slice::figure(slice.as_ref(), index);
            MeasureTrend::of(measure, &waves, slices.iter().map(figure).collect())
        });
        Self {
            survey: panel.label(),
            waves: waves.iter().zip(&slices).map(label).collect(),
            measures: measures.collect(),
            segment,
            revisions: panel.revisions().to_vec(),
        }
    }
}

/// The last waves up to the newest one of which something was received, those in between without an answer included.
fn all_waves(received: &[Wave]) -> Vec<Wave> {
    let (Some(first), Some(last)) = (received.first(), received.last()) else { return Vec::new() };
    let before = |wave: &Wave| {
        let before = Wave::of(last.period(), wave.first_day().plus(-1).days_since_1970());
        (before.first_day() >= first.first_day()).then_some(before)
    };
    let mut waves: Vec<Wave> = std::iter::successors(Some(*last), before).take(MOST_WAVES).collect();
    waves.reverse();
    waves
}

impl WaveLabel {
    fn of(wave: Wave, is_open: bool, respondents: u64) -> Self {
        Self {
            wave: wave.to_string(),
            first_day: wave.first_day().to_string(),
            last_day: wave.last_day().to_string(),
            is_open,
            respondents,
        }
    }
}

impl MeasureTrend {
    fn of(measure: &Measure, waves: &[Wave], figures: Vec<Figure>) -> Self {
        let intervals: Vec<_> = figures.iter().map(Figure::interval).collect();
        let series = Series {
            figures: &intervals,
            waves_per_year: waves.first().map_or(1, |wave| waves_per_year(wave.period())),
            bounds: (measure.min, measure.max),
        };
        let found = series.marks();
        let since = || found.iter().map(|mark| mark.since);
        let levels = std::iter::once(0).chain(since()).zip(since().skip(1).chain([waves.len()]));
        let marks: Vec<Mark> = found
            .iter()
            .zip(levels)
            .filter_map(|(mark, (first, end))| Mark::of(mark, first..end, waves, &figures))
            .collect();
        let with_change =
            |at: usize, figure: &Figure| WaveFigure { figure: figure.clone(), change: change(&figures, at) };
        Self {
            measure: measure.clone(),
            says: says(&marks, &intervals),
            marks,
            figures: figures.iter().enumerate().map(|(at, figure)| with_change(at, figure)).collect(),
        }
    }
}

/// How many waves a year has.
fn waves_per_year(period: Period) -> u32 {
    match period {
        Period::Week => 52,
        Period::Month => 12,
        Period::Quarter => 4,
    }
}

/// What the figure of a wave is more than the last one before it.
pub(super) fn change(figures: &[Figure], at: usize) -> Figure {
    let Some(later) = figures.get(at).and_then(Figure::known) else {
        return figures.get(at).cloned().unwrap_or_else(|| Missing::Answers.into());
    };
    let earlier = figures.iter().take(at).rev().find_map(Figure::interval);
    let later_interval = figures.get(at).and_then(Figure::interval);
    let change = earlier.zip(later_interval).map(|(earlier, later)| mover(later, earlier));
    Figure::or(change, later.n, Missing::EarlierWave)
}

impl Mark {
    /// `levels` are the waves of both levels, before the mark and since then.
    fn of(mark: &trend::Mark, levels: Range<usize>, waves: &[Wave], figures: &[Figure]) -> Option<Self> {
        let name = |at: usize| waves.get(at).map(Wave::to_string);
        let count = |figures: &[Figure]| figures.iter().filter_map(Figure::known).map(|known| known.n).sum();
        let after = count(figures.get(mark.since..levels.end)?);
        Some(Self {
            since: name(mark.since)?,
            noticed: name(mark.noticed)?,
            direction: if mark.difference.value < 0.0 { Direction::Down } else { Direction::Up },
            before: Figure::of(mark.from, count(figures.get(levels.start..mark.since)?)),
            after: Figure::of(mark.to, after),
            change: Figure::of(mark.difference, after),
        })
    }
}

/// What a trend comes to, in a sentence.
fn says(marks: &[Mark], figures: &[Option<puls_statistics::Interval>]) -> String {
    match (marks.last(), figures.iter().flatten().count()) {
        (None, 0) => "No wave has a published figure yet.".to_owned(),
        (None, 1) => "A trend needs a second wave.".to_owned(),
        (None, _) => "Nothing has changed by more than chance explains.".to_owned(),
        (Some(Mark { direction, since, .. }), _) => {
            let way = match direction {
                Direction::Up => "up",
                Direction::Down => "down",
            };
            format!("It has gone {way} since {since}, by more than chance explains.")
        }
    }
}
