//! The release on the wire: golden texts, what a collector refuses and why, and texts made by chance.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::cast_possible_truncation)]

use proptest::prelude::*;
use puls_core::definition::Definition;
use puls_core::privacy::{Keep, Outcome, prepare};
use puls_core::received::Received;
use puls_core::response::Response;
use puls_core::segment::Segment;
use puls_core::wave::{Period, Wave};
use rand_chacha::ChaCha12Rng;
use rand_core::SeedableRng;
use serde_json::{Value, json};

fn definition() -> Definition {
    Definition::parse(
        r#"{"id": "pulse", "version": 3, "audience": "employee", "languages": ["en"], "title": "Pulse", "wave": "week",
            "segments": {"unit": ["billing", "sales"]}, "privacy": {"kind": "batched", "k": 3, "device": "shared"},
            "items": [{"id": "recommend", "kind": "net_promoter", "text": "?"},
                      {"id": "topic", "kind": "choice", "text": "?", "required": false,
                       "options": [{"id": "a", "text": "A"}, {"id": "b", "text": "B"}]}]}"#,
    )
    .unwrap()
}

/// The release of three people in a fixed wave, with fixed randomness.
fn release() -> String {
    let definition = definition();
    let mut rng = ChaCha12Rng::seed_from_u64(7);
    let mut keep = Keep::default();
    let segment = Segment::new(&definition, [("unit", "billing")]).unwrap();
    for answer in [9, 10, 3] {
        let mut response = Response::new(&definition);
        response.answer(&definition, 0, answer);
        if answer == 3 {
            response.answer(&definition, 1, 1);
        }
        let wave = Wave::of(Period::Week, 20_778);
        let prepared = prepare(&definition, &response, &keep, wave, &segment, &mut rng).unwrap();
        if let Outcome::Release(release) = prepared.outcome {
            return release.json().to_owned();
        }
        keep = prepared.keep;
    }
    unreachable!("three make a batch");
}

#[test]
fn a_release_is_written_as_the_golden_text() {
    assert_eq!(release(), include_str!("wire/batched.json").trim_end());
}

#[test]
fn a_release_reads_back() {
    let definition = definition();
    let received = Received::parse(&release(), |survey, version| {
        assert_eq!((survey, version), ("pulse", 3));
        Some(&definition)
    })
    .unwrap();
    assert_eq!((received.respondents, received.wave.to_string().as_str()), (3, "2026-W47"));
    assert_eq!(received.items[0].1.cells, [0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 1]);
    assert_eq!((received.items[1].1.cells.as_slice(), received.items[1].1.missing), ([0, 1].as_slice(), 2));
}

fn refusal(pointer: &str, value: Value) -> String {
    let definition = definition();
    let mut document: Value = serde_json::from_str(&release()).unwrap();
    *document.pointer_mut(pointer).unwrap() = value;
    let served = |survey: &str, version| (survey == "pulse" && version == 3).then_some(&definition);
    Received::parse(&document.to_string(), served).unwrap_err().to_string()
}

#[test]
fn what_does_not_fit_the_survey_is_refused_with_its_place() {
    let cases = [
        (
            "/format",
            json!("puls-release/2"),
            "format: \"puls-release/2\" is unknown; allowed are puls-release/1",
        ),
        (
            "/survey",
            json!("other"),
            "survey: \"other version 3\" is unknown; allowed are the surveys and versions that this collector serves",
        ),
        ("/version", json!(0), "version: 0 is below 1"),
        ("/id", json!("ABC"), "id: \"ABC\" has a form that isn't allowed; use 32 of 0-9 a-f"),
        ("/wave", json!("2026-11"), "wave: is 2026-11, but the survey says waves such as 2026-W47"),
        (
            "/wave",
            json!("now"),
            "wave: \"now\" has a form that isn't allowed; use a wave such as 2026-W47, 2026-11 or 2026-Q4",
        ),
        (
            "/segment",
            json!({"unit": "hr"}),
            "segment: segment \"unit\" has no value \"hr\"; the survey declares billing, sales",
        ),
        ("/segment", json!({"team": "a"}), "segment: segment \"team\" is unknown; the survey declares unit"),
        (
            "/mechanism",
            json!({"kind": "batched", "k": 4}),
            "mechanism: is {\"kind\":\"batched\",\"k\":4}, but the survey says {\"kind\":\"batched\",\"k\":3}",
        ),
        (
            "/respondents",
            json!(2),
            "respondents: 2 is below 3\nitems.recommend: cells and missing add up to 3, not to the 2 respondents\nitems.topic: cells and missing add up to 3, not to the 2 respondents",
        ),
        (
            "/items/recommend/cells/9",
            json!(2),
            "items.recommend: cells and missing add up to 4, not to the 3 respondents",
        ),
        ("/items/recommend/cells", json!([3]), "items.recommend.cells: has 1 entries; allowed are 11 to 11"),
        ("/items/recommend/cells/0", json!(-1), "items.recommend.cells[0]: -1 is below 0"),
        ("/items/topic", json!(null), "items.topic: expected an object, found null"),
        ("/items", json!({}), "items.recommend: is missing\nitems.topic: is missing"),
    ];
    for (pointer, value, expected) in cases {
        assert_eq!(refusal(pointer, value), expected, "{pointer}");
    }
}

#[test]
fn a_release_too_large_is_refused() {
    let problems = Received::parse(&" ".repeat(16_385), |_, _| None).unwrap_err();
    assert_eq!(problems.to_string(), "16385 bytes is above 16384");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn no_text_makes_the_reader_panic(text in "\\PC{0,200}", at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let definition = definition();
        let _ = Received::parse(&text, |_, _| Some(&definition));
        // A valid release with one byte changed, too.
        let mut bytes = release().into_bytes();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        let _ = Received::parse(&String::from_utf8_lossy(&bytes), |_, _| Some(&definition));
    }
}
