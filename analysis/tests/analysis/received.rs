//! A release as the collector receives it: what it refuses and why, and texts made by chance.

use proptest::prelude::*;

use crate::support::documents::nearly_valid;
use crate::support::ways::walked;
use crate::support::{NPS, pulse, survey, survey_with};
use puls_analysis::received::Received;
use puls_core::definition::Definition;
use puls_core::privacy::{Keep, Outcome};
use rand_chacha::ChaCha12Rng;
use rand_core::SeedableRng;
use serde_json::{Value, json};

/// The release of three people, as the widget writes it.
fn release() -> &'static str {
    include_str!("../../../core/tests/wire/batched.json")
}

#[test]
fn a_release_reads_back() {
    let definition = pulse();
    let received = Received::parse(release(), |survey, version| {
        assert_eq!((survey, version), ("pulse", 3));
        Some(&definition)
    })
    .unwrap();
    assert_eq!((received.respondents, received.wave.to_string().as_str()), (3, "2026-W47"));
    assert_eq!(received.items[0].1.cells(), [0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 1]);
    assert_eq!((received.items[1].1.cells(), received.items[1].1.missing()), ([0, 1].as_slice(), 2));
}

fn refusal(pointer: &str, value: Value) -> String {
    let definition = pulse();
    let mut document: Value = serde_json::from_str(release()).unwrap();
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

/// What is said of a release of this survey with these items and respondents.
fn published(definition: &Definition, respondents: u64, items: Value) -> String {
    let mechanism: Value = serde_json::from_str(&definition.privacy.to_string()).unwrap();
    let document = json!({
        "format": "puls-release/1", "id": "0".repeat(32), "survey": "s", "version": 1, "wave": "2026-11",
        "segment": {}, "mechanism": mechanism, "respondents": respondents, "items": items
    });
    let received = Received::parse(&document.to_string(), |_, _| Some(definition));
    received.map_or_else(|problems| problems.to_string(), |_| String::new())
}

const SEVERAL: &str = r#"{"id": "a", "kind": "choices", "text": "?", "required": false,
    "options": [{"id": "x", "text": "X"}, {"id": "y", "text": "Y"}]},
    {"id": "b", "kind": "choices", "text": "?",
    "options": [{"id": "x", "text": "X"}, {"id": "y", "text": "Y"}]}"#;

#[test]
fn of_several_answers_each_is_held_against_those_who_answered() {
    let definition = survey(r#"{"kind": "batched", "k": 3, "device": "shared"}"#, SEVERAL);
    let items = |a: Value, b: Value| json!({"a": a, "b": b});
    let all = json!({"cells": [3, 3], "missing": 0});
    assert_eq!(published(&definition, 3, items(json!({"cells": [2, 2], "missing": 1}), all.clone())), "");
    assert_eq!(
        published(&definition, 3, items(json!({"cells": [3, 0], "missing": 1}), all)),
        "items.a: a cell has 3, but only 2 answered"
    );
    assert_eq!(
        published(
            &definition,
            3,
            items(json!({"cells": [0, 0], "missing": 3}), json!({"cells": [0, 0], "missing": 1}))
        ),
        "items.b: is left unanswered, but the survey says it is required"
    );
    // Reported apart from one another, an answer and the lack of one may both be there.
    let definition = survey(r#"{"kind": "randomised"}"#, SEVERAL);
    let one = json!({"cells": [1, 0], "missing": 0});
    assert_eq!(published(&definition, 1, items(json!({"cells": [1, 1], "missing": 1}), one.clone())), "");
    assert_eq!(
        published(&definition, 1, items(json!({"cells": [1, 2], "missing": 0}), one)),
        "items.a.cells[1]: 2 is above 1\nitems.a: a cell has 2, but only 1 answered"
    );
}

#[test]
fn only_what_may_be_missing_is_missing() {
    let count =
        |id: &str, more: &str| format!(r#"{{"id": "{id}", "kind": "count", "text": "?", "most": 1{more}}}"#);
    let items = format!(
        "{}, {}, {}",
        count("a", ""),
        count("b", r#", "when": {"item": "a", "is": 1}"#),
        count("c", r#", "required": false"#)
    );
    let definition = survey(r#"{"kind": "randomised"}"#, &items);
    let missing = json!({"cells": [0, 0], "missing": 1});
    let items = json!({"a": missing, "b": missing, "c": missing});
    assert_eq!(
        published(&definition, 1, items),
        "items.a: is left unanswered, but the survey says it is required"
    );
    let sampled = survey_with(&format!(r#""sample": 1, "items": [{}, {}]"#, count("a", ""), count("b", "")));
    let there = json!({"cells": [1, 0], "missing": 0});
    assert_eq!(published(&sampled, 1, json!({"a": missing, "b": there})), "");
}

#[test]
fn a_release_too_large_is_refused() {
    let problems = Received::parse(&" ".repeat(65_537), |_, _| None::<&Definition>).unwrap_err();
    assert_eq!(problems.to_string(), "65537 bytes is above 65536");
}

#[test]
fn a_direct_release_of_two_lines_or_none_is_refused() {
    let ease = r#"{"id": "ease", "kind": "rating", "text": "?", "scale": {"points": 5}, "required": false}"#;
    let definition = survey(r#"{"kind": "direct", "trust": "endpoint"}"#, &format!("{NPS}, {ease}"));
    let release = |items: &str| {
        let text = format!(
            r#"{{"format": "puls-release/1", "id": "{}", "survey": "s", "version": 1, "wave": "2026-11",
                "segment": {{}}, "mechanism": {{"kind": "direct"}}, "respondents": 1, "items": {{{items}}}}}"#,
            "0".repeat(32)
        );
        Received::parse(&text, |_, _| Some(&definition)).map_err(|problems| problems.to_string())
    };
    let ease = r#""ease": {"cells": [0, 1, 0, 0, 0], "missing": 0}"#;
    let score = r#""recommend": {"cells": [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1], "missing": 0}"#;
    assert!(release(ease).is_ok());
    assert_eq!(release("").unwrap_err(), "items: has 0 entries; allowed are 1 to 1");
    assert_eq!(release(&format!("{ease}, {score}")).unwrap_err(), "items: has 2 entries; allowed are 1 to 1");
    assert_eq!(
        release(r#""speed": {}"#).unwrap_err(),
        "items.speed: unknown field; allowed are recommend, ease"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn no_text_makes_the_reader_panic(text in "\\PC{0,200}", at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let definition = pulse();
        let _ = Received::parse(&text, |_, _| Some(&definition));
        // A valid release with one byte changed, too.
        let mut bytes = release().as_bytes().to_vec();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        let _ = Received::parse(&String::from_utf8_lossy(&bytes), |_, _| Some(&definition));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    /// Whatever survey can be read, and whatever is tapped in it: what comes of it is a release that fits the survey.
    #[test]
    fn every_way_ends_in_a_release_that_fits(document in nearly_valid(), seed in any::<u64>(), batched in any::<bool>()) {
        let mut document = document;
        if batched && document.is_object() {
            document["privacy"] = json!({"kind": "batched", "k": 3, "device": "shared"});
        }
        let Ok(definition) = Definition::parse(&document.to_string()) else { return Ok(()) };
        let mut rng = ChaCha12Rng::seed_from_u64(seed);
        let mut keep = Keep::default();
        for _ in 0..3 {
            let prepared = walked(&definition, keep, &mut rng);
            if let Outcome::Release(release) = &prepared.outcome {
                let received = Received::parse(release.json(), |_, _| Some(&definition));
                prop_assert!(received.is_ok(), "{}\n{}", received.unwrap_err(), release.json());
            }
            keep = prepared.keep;
        }
    }
}
