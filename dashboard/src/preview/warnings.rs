//! Warnings: what an author should think about, though it is no mistake.

use super::precision::{self, Precision};
use crate::figure::decimal;
use puls_core::definition::{Definition, Mechanism};
use puls_core::doubts::{Doubt, doubts};
use puls_core::privacy::line_epsilon;
use serde_json::Value;

/// The margin, as a share of a figure's range, from which on it hides most differences.
const WIDE: f64 = 0.1;
/// The most places that a warning lists.
const LISTED: usize = 4;

/// A warning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Warning {
    /// The warning, in words.
    pub(crate) text: String,
    /// The places in the definition.
    pub(crate) places: Vec<String>,
}

impl From<Doubt> for Warning {
    fn from(Doubt { place, text }: Doubt) -> Self {
        let mut letters = text.chars();
        let sentence = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).chain(['.']);
        Self { text: sentence.collect(), places: vec![place.to_owned()] }
    }
}

/// All warnings about a definition; `text` is what it was read from.
pub(crate) fn of(definition: &Definition, text: &str) -> Vec<Warning> {
    let json = serde_json::from_str(text).unwrap_or_default();
    let mut warnings = Vec::new();
    warnings.extend(thin(definition));
    warnings.extend(doubts(definition).into_iter().map(Warning::from));
    warnings.extend(
        definition.languages.iter().skip(1).filter_map(|language| lacking(definition, &json, language)),
    );
    warnings
}

/// Warns of figures that are inexact because ε is split over many lines.
fn thin(definition: &Definition) -> Option<Warning> {
    let Mechanism::Randomised { epsilon, .. } = definition.privacy else { return None };
    let lines = definition.counted();
    let known = lines.iter().filter_map(|line| Some((line.id, precision::of(definition, line)?)));
    let (id, Precision { text, .. }) = known
        .filter(|(_, precision)| precision.share > WIDE)
        .max_by(|(_, one), (_, other)| one.share.total_cmp(&other.share))?;
    let part = decimal(line_epsilon(definition, epsilon), 2);
    let text = format!(
        "ε is {epsilon}, of which each answer has {part}. After {} respondents {id} is known to {text} only; how exact \
         the others get stands beside each screen. Ask less, offer fewer answers, or raise ε.",
        precision::RESPONDENTS,
    );
    Some(Warning { text, places: vec!["privacy".to_owned()] })
}

/// Warns of texts that fall back to the survey's first language.
fn lacking(definition: &Definition, json: &Value, language: &str) -> Option<Warning> {
    let first = definition.languages.first()?;
    let mut places = Vec::new();
    look_for_texts(json, String::new(), (first, language), &mut places);
    let (found, text) = match places.len() {
        0 => return None,
        1 => ("1 text lacks".to_owned(), "it stands"),
        more => (format!("{more} texts lack"), "they stand"),
    };
    places.truncate(LISTED);
    Some(Warning { text: format!("{found} “{language}”: {text} in “{first}” there."), places })
}

/// Finds the texts without `language`. Every object with the first language as a key is a text in several languages, or
/// the words of one.
fn look_for_texts(json: &Value, place: String, (first, language): (&str, &str), found: &mut Vec<String>) {
    match json {
        Value::Object(fields)
            if fields.get(first).is_some_and(|text| text.is_string() || text.is_array()) =>
        {
            let has = fields.keys().any(|tag| tag.eq_ignore_ascii_case(language));
            found.extend((!has).then_some(place));
        }
        Value::Object(fields) => {
            for (name, value) in fields {
                let dot = if place.is_empty() { "" } else { "." };
                look_for_texts(value, format!("{place}{dot}{name}"), (first, language), found);
            }
        }
        Value::Array(entries) => {
            for (index, value) in entries.iter().enumerate() {
                look_for_texts(value, format!("{place}[{index}]"), (first, language), found);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn warned(more: &str) -> Vec<Warning> {
        let text = format!(
            r#"{{"id": "s", "version": 1, "audience": "customer", "languages": ["en", "sv"], "title": "S",
                "items": [{{"id": "recommend", "kind": "net_promoter", "text": {{"en": "?", "sv": "?"}}}}, {more}}}"#
        );
        of(&Definition::parse(&text).unwrap(), &text)
    }

    #[test]
    fn a_plain_survey_needs_no_second_thought() {
        assert_eq!(warned(r#"{"id": "bye", "kind": "notice", "text": "Bye"}]"#), []);
    }

    #[test]
    fn texts_that_lack_a_language_are_found() {
        let [warning] = &warned(
            r#"{"id": "bye", "kind": "notice", "text": {"en": "Bye"}}], "thanks": {"title": {"en": "Thanks"}}"#,
        )[..] else {
            panic!("one warning");
        };
        assert_eq!(warning.text, "2 texts lack “sv”: they stand in “en” there.");
        assert_eq!(warning.places, ["items[1].text", "thanks.title"]);
    }

    #[test]
    fn many_answers_and_fine_segments_are_thought_about() {
        let options: Vec<String> =
            (0..12).map(|option| format!(r#"{{"id": "o{option}", "text": "?"}}"#)).collect();
        let values: Vec<String> = (0..30).map(|value| format!("\"v{value}\"")).collect();
        let found = warned(&format!(
            r#"{{"id": "why", "kind": "choice", "text": "?", "options": [{}]}}],
                "segments": {{"unit": [{}], "shift": ["early", "mid", "late"]}}"#,
            options.join(","),
            values.join(","),
        ));
        let places: Vec<&str> =
            found.iter().flat_map(|warning| &warning.places).map(String::as_str).collect();
        assert_eq!(places, ["privacy", "segments"]);
        assert!(
            found[0].text.contains("of which each answer has 1.00. After 300 respondents why is known"),
            "{found:?}"
        );
        assert!(
            found[1].text.contains("make 90 groups: 300 respondents are fewer than 4 in each"),
            "{found:?}"
        );
    }
}
