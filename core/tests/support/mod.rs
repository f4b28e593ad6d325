//! What the tests of releases share: a survey, somebody's answers, and what comes of them.

#![allow(dead_code, reason = "each test uses some of it")]

pub(crate) mod documents;
pub(crate) mod matching;

use puls_core::definition::Definition;
use puls_core::path::{Path, Plan};
use puls_core::privacy::{Keep, Outcome, PrepareError, Prepared, prepare};
use puls_core::read::Json;
use puls_core::received::Received;
use puls_core::response::Response;
use puls_core::segment::Segment;
use puls_core::summary::Counts;
use puls_core::wave::Wave;
use rand_core::TryCryptoRng;

pub(crate) const NPS: &str = r#"{"id": "recommend", "kind": "net_promoter", "text": "?"}"#;

/// Counts of a line that has so many cells.
pub(crate) fn counts(cells: &[u64], missing: u64) -> Counts {
    Counts::of(cells.len(), cells.to_vec(), missing).unwrap()
}

/// A survey with these fields besides those that all have.
pub(crate) fn survey_with(fields: &str) -> Definition {
    let text = format!(
        r#"{{"id": "s", "version": 1, "audience": "customer", "languages": ["en"], "title": "S",
            "segments": {{"unit": ["a", "b"]}}, {fields}}}"#
    );
    Definition::parse(&text).unwrap_or_else(|problems| panic!("{problems}"))
}

pub(crate) fn survey(privacy: &str, items: &str) -> Definition {
    survey_with(&format!(r#""privacy": {privacy}, "items": [{items}]"#))
}

/// A response with these cells on the first lines.
pub(crate) fn answered(definition: &Definition, cells: &[usize]) -> Response {
    let mut response = Response::new(definition);
    for (line, cell) in cells.iter().enumerate() {
        response.tap(definition, line, *cell);
    }
    response
}

/// A response with these answers, one bit a cell, on the first lines.
pub(crate) fn given(definition: &Definition, answers: &[Option<u32>]) -> Response {
    let mut response = Response::new(definition);
    for (line, cells) in answers.iter().enumerate() {
        response.answer(definition, line, *cells);
    }
    response
}

/// What a response comes to along the given order.
pub(crate) fn outcome<R: TryCryptoRng>(
    definition: &Definition,
    response: &Response,
    keep: &Keep,
    segment: &Segment,
    rng: &mut R,
) -> Result<Prepared, PrepareError<R::Error>> {
    outcome_in(definition, response, keep, segment, Wave::of(definition.wave, 20_778), rng)
}

/// The same in another wave.
pub(crate) fn outcome_in<R: TryCryptoRng>(
    definition: &Definition,
    response: &Response,
    keep: &Keep,
    segment: &Segment,
    wave: Wave,
    rng: &mut R,
) -> Result<Prepared, PrepareError<R::Error>> {
    let plan = Plan::given(definition);
    let path = Path::of(definition, &plan, segment, response);
    prepare(&path, keep.clone(), wave, rng)
}

pub(crate) fn prepared<R: TryCryptoRng>(
    definition: &Definition,
    response: &Response,
    keep: &Keep,
    rng: &mut R,
) -> Prepared {
    outcome(definition, response, keep, &Segment::default(), rng).unwrap_or_else(|_| panic!("not prepared"))
}

pub(crate) fn released(definition: &Definition, prepared: &Prepared) -> Received {
    match &prepared.outcome {
        Outcome::Release(release) => Received::parse(release.json(), |_, _| Some(definition))
            .unwrap_or_else(|problems| panic!("{problems} in {}", release.json())),
        _ => panic!("nothing was released"),
    }
}

pub(crate) fn through_json(keep: &Keep, definition: &Definition) -> Keep {
    let json: Json = serde_json::from_str::<serde_json::Value>(&keep.to_string()).unwrap().into();
    Keep::from_json(&json, definition)
}
