use super::query::{MOST_MISTAKES, Query, mistake, refuse};
use crate::problem::{Mistake, Problem};
use puls_analysis::insight::Measure;
use puls_core::definition::Definition;
use puls_core::segment::Segment;
use puls_core::wave::Wave;
use std::collections::{BTreeMap, BTreeSet};

/// 2026-11-21 in days since 1970. Messages name its wave as an example.
const EXAMPLE_DAY: i32 = 20_778;

/// What a request chooses of a survey.
pub(super) struct Choice {
    pub(super) wave: Option<String>,
    pub(super) language: String,
    pub(super) segment: BTreeMap<String, String>,
    /// Names of segments, separated by commas.
    pub(super) by: Option<String>,
    /// The name of a measure.
    pub(super) outcome: Option<String>,
    /// Names of measures; the leading ones if it is `None`.
    pub(super) measures: Option<Vec<String>>,
}

impl Choice {
    /// Reads the parameters, and refuses names and values that the survey doesn't have. Besides segment values, a route
    /// has those of the `parameters` wave, lang, by, outcome and measure.
    pub(super) fn read(
        query: &Query,
        definition: &Definition,
        parameters: &[&'static str],
    ) -> Result<Self, Problem> {
        let segments = definition.segments.iter().map(|(name, _)| format!("segment.{name}"));
        let names: Vec<String> = parameters.iter().map(|name| (*name).to_owned()).chain(segments).collect();
        let known: Vec<&str> = names.iter().map(String::as_str).collect();
        query.only(&known, &names.join(", "))?;
        let mut errors = Vec::new();
        let choice = Self {
            wave: query.one("wave").map(|wave| read_wave(wave, definition, &mut errors)),
            language: definition.language(query.one("lang").unwrap_or_default()).to_owned(),
            segment: read_segment(query, definition, &mut errors),
            by: query.one("by").map(|by| read_by(by, definition, &mut errors)),
            outcome: query.one("outcome").map(|name| {
                check_measures("outcome", &[name], definition, &mut errors);
                name.to_owned()
            }),
            measures: query.one("measure").map(|names| {
                let names: Vec<&str> = names.split(',').collect();
                check_measures("measure", &names, definition, &mut errors);
                names.into_iter().map(str::to_owned).collect()
            }),
        };
        refuse(errors)?;
        Ok(choice)
    }

    /// The segment by which people are told apart, where it has to be a single one.
    pub(super) fn single_by(&self) -> Result<Option<&str>, Problem> {
        let is_several = self.by.as_deref().is_some_and(|by| by.contains(','));
        let several = || mistake("by", "takes one segment here".to_owned());
        refuse(is_several.then(several).into_iter().collect())?;
        Ok(self.by.as_deref())
    }

    /// Whether it chooses a measure.
    pub(super) fn has(&self, measure: &Measure) -> bool {
        match &self.measures {
            None => measure.is_leading,
            Some(names) => names.contains(&measure.measure),
        }
    }
}

fn read_wave(wave: &str, definition: &Definition, errors: &mut Vec<Mistake>) -> String {
    if Wave::parse(wave).is_none_or(|wave| wave.period() != definition.wave) {
        let example = Wave::of(definition.wave, EXAMPLE_DAY);
        errors
            .push(mistake("wave", format!("{wave:?} is unknown; the survey's waves are such as {example}")));
    }
    wave.to_owned()
}

fn read_segment(
    query: &Query,
    definition: &Definition,
    errors: &mut Vec<Mistake>,
) -> BTreeMap<String, String> {
    let mut segment = BTreeMap::new();
    for (parameter, value) in query.iter() {
        let Some(name) = parameter.strip_prefix("segment.") else { continue };
        match Segment::new(&definition.segments, [(name, value)]) {
            Ok(_) => drop(segment.insert(name.to_owned(), value.to_owned())),
            Err(error) => errors.push(mistake(parameter, error.to_string())),
        }
    }
    segment
}

/// Reads the names of segments, which commas separate.
fn read_by(by: &str, definition: &Definition, errors: &mut Vec<Mistake>) -> String {
    let names: Vec<&str> = definition.segments.iter().map(|(name, _)| name.as_str()).collect();
    let declared = if names.is_empty() { "none".to_owned() } else { names.join(", ") };
    let chosen: Vec<&str> = by.split(',').collect();
    for by in chosen.iter().filter(|by| !names.contains(by)).take(MOST_MISTAKES) {
        errors.push(mistake("by", format!("segment {by:?} is unknown; the survey declares {declared}")));
    }
    if errors.is_empty() && chosen.iter().collect::<BTreeSet<_>>().len() < chosen.len() {
        errors.push(mistake("by", "names a segment twice".to_owned()));
    }
    by.to_owned()
}

/// Notes the names that no measure of the survey has.
fn check_measures(parameter: &str, names: &[&str], definition: &Definition, errors: &mut Vec<Mistake>) {
    let known = Measure::all(definition, "");
    let known: Vec<&str> = known.iter().map(|measure| measure.measure.as_str()).collect();
    let allowed = known.join(", ");
    for name in names.iter().filter(|name| !known.contains(name)).take(MOST_MISTAKES) {
        errors.push(mistake(parameter, format!("{name:?} is unknown; the survey's measures are {allowed}")));
    }
}
