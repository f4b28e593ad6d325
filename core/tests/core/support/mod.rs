//! What the tests of releases share: a survey, somebody's answers, and what comes of them.

#![allow(
    dead_code,
    reason = "the tests of `puls-analysis` and a measurement have it, too, and use some of it"
)]

pub(crate) mod documents;
pub(crate) mod matching;
pub(crate) mod ways;

use puls_core::definition::{Definition, LineIndex};
use puls_core::path::{Path, Plan};
use puls_core::privacy::{Keep, Outcome, PrepareError, Prepared, prepare};
use puls_core::read::Json;
use puls_core::response::{Cell, Response};
use puls_core::segment::Segment;
use puls_core::summary::Counts;
use puls_core::wave::Wave;
use puls_documents::{Document, batched, choice, net_promoter, survey as documented};
use rand_core::TryCryptoRng;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

pub(crate) const NPS: &str = r#"{"id": "recommend", "kind": "net_promoter", "text": "?"}"#;

/// Counts of a line that has so many cells.
pub(crate) fn counts(cells: &[u64], missing: u64) -> Counts {
    Counts::of(cells.len(), cells.to_vec(), missing).unwrap()
}

/// The definition in a document without mistakes.
pub(crate) fn read(document: &Document) -> Definition {
    Definition::parse(&document.to_string()).unwrap_or_else(|problems| panic!("{problems}"))
}

/// A document with these fields besides those that all have.
pub(crate) fn document(fields: &str) -> Document {
    let fields: Map<String, Value> = serde_json::from_str(&format!("{{{fields}}}")).unwrap();
    let document = documented("s").with("segments", json!({"unit": ["a", "b"]}));
    fields.into_iter().fold(document, |document, (field, value)| document.with(&field, value))
}

/// A survey with these fields besides those that all have.
pub(crate) fn survey_with(fields: &str) -> Definition {
    read(&document(fields))
}

pub(crate) fn survey(privacy: &str, items: &str) -> Definition {
    survey_with(&format!(r#""privacy": {privacy}, "items": [{items}]"#))
}

/// A response with these cells on the first lines.
pub(crate) fn answered(definition: &Definition, cells: &[usize]) -> Response {
    let mut response = Response::new(definition);
    for (line, cell) in cells.iter().enumerate() {
        response.tap(definition, LineIndex(line), Cell(*cell));
    }
    response
}

/// A response with these answers, one bit a cell, on the first lines.
pub(crate) fn given(definition: &Definition, answers: &[Option<u32>]) -> Response {
    let mut response = Response::new(definition);
    for (line, cells) in answers.iter().enumerate() {
        response.answer(definition, LineIndex(line), *cells);
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

/// What a release's text says, taken at its word: to hold it against a definition is up to whoever receives it.
pub(crate) struct Released {
    pub(crate) id: String,
    pub(crate) segment: Segment,
    pub(crate) respondents: u64,
    /// By line, in the order of the text.
    pub(crate) items: Vec<(String, Counts)>,
}

impl Released {
    pub(crate) fn read(json: &str) -> Self {
        let release: Value = serde_json::from_str(json).unwrap();
        let segment: BTreeMap<String, String> = serde_json::from_value(release["segment"].clone()).unwrap();
        let item = |(line, item): (&String, &Value)| {
            let cells: Vec<u64> = serde_json::from_value(item["cells"].clone()).unwrap();
            (line.clone(), counts(&cells, item["missing"].as_u64().unwrap()))
        };
        Self {
            id: release["id"].as_str().unwrap().to_owned(),
            segment: segment.into_iter().collect(),
            respondents: release["respondents"].as_u64().unwrap(),
            items: release["items"].as_object().unwrap().iter().map(item).collect(),
        }
    }
}

/// The text that leaves the page.
pub(crate) fn text(prepared: &Prepared) -> &str {
    match &prepared.outcome {
        Outcome::Release(release) => release.json(),
        _ => panic!("nothing was released"),
    }
}

pub(crate) fn released(prepared: &Prepared) -> Released {
    Released::read(text(prepared))
}

pub(crate) fn through_json(keep: &Keep, definition: &Definition) -> Keep {
    let json: Json = serde_json::from_str::<Value>(&keep.to_string()).unwrap().into();
    Keep::from_json(&json, definition)
}

/// The survey of the golden batch in `tests/wire/`.
pub(crate) fn pulse() -> Definition {
    let pulse = documented("pulse")
        .with("version", 3)
        .item(net_promoter("recommend"))
        .item(choice("topic", [("a", "A"), ("b", "B")]).optional())
        .with("segments", json!({"unit": ["billing", "sales"]}))
        .privacy(batched(3))
        .with("wave", "week");
    read(&pulse)
}

/// Scales, of which some go together, beside items that are none.
pub(crate) const SCALES_AND_OTHERS: &str = r#"[{"id": "recommend", "kind": "net_promoter", "text": "?"},
    {"id": "ease", "kind": "rating", "text": "?", "scale": {"points": 5}, "reverse": true},
    {"id": "topic", "kind": "choice", "text": "?", "options": [{"id": "a", "text": "A"}, {"id": "b", "text": "B"}]},
    {"id": "rows", "kind": "matrix", "text": "?", "scale": {"points": 5}, "required": false,
     "statements": [{"id": "clarity", "text": "?"}, {"id": "help", "text": "?"}]},
    {"id": "calls", "kind": "count", "text": "?", "most": 4}]"#;
