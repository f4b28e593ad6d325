//! What a definition may and may not say: every mistake with its place, the ready-made surveys, and
//! documents made by chance.

use crate::support::documents::{nearly_valid, valid};
use proptest::prelude::*;
use puls_core::definition::Definition;
use serde_json::{Value, json};

fn small() -> Value {
    json!({
        "id": "nps", "version": 1, "audience": "customer", "languages": ["en", "sv"],
        "title": {"en": "Recommend", "sv": "Rekommendera"},
        "items": [
            {"id": "hello", "kind": "notice", "text": "Hello"},
            {"id": "recommend", "kind": "net_promoter", "text": "How likely?", "anchors": {"low": "Not", "high": "Very"}},
            {"id": "ease", "kind": "rating", "text": {"en": "Easy?"}, "scale": {"points": 5}},
            {"id": "topic", "kind": "choice", "text": "What?", "options": [{"id": "a", "text": "A"}, {"id": "b", "text": "B"}]}
        ]
    })
}

/// The problems of a valid definition after `pointer` was set to `value`, or removed.
fn problems_after(pointer: &str, value: Option<Value>) -> String {
    let mut document = small();
    let (parent, field) = pointer.rsplit_once('/').unwrap();
    let parent = document.pointer_mut(parent).unwrap();
    match (parent, value) {
        (Value::Object(fields), Some(value)) => drop(fields.insert(field.into(), value)),
        (Value::Object(fields), None) => drop(fields.remove(field)),
        (Value::Array(entries), Some(value)) => entries[field.parse::<usize>().unwrap()] = value,
        _ => unreachable!(),
    }
    Definition::parse(&document.to_string()).unwrap_err().to_string()
}

#[test]
fn a_valid_definition_reads() {
    let definition = Definition::parse(&valid().to_string()).unwrap();
    assert_eq!(definition.items.len(), 10);
    let lines: Vec<(&str, usize)> = definition.counted().iter().map(|line| (line.id, line.cells)).collect();
    let expected = [
        ("recommend", 11),
        ("ease", 5),
        ("topic", 2),
        ("stars", 5),
        ("agree", 5),
        ("row-1", 5),
        ("row-2", 5),
        ("which", 4),
        ("why", 1),
        ("times", 6),
        ("energy", 9),
        ("clarity", 13),
        ("state", 5),
        ("happy", 2),
    ];
    assert_eq!(lines, expected);
    // Jumps pass over some, conditions and authors leave others out.
    let surely: Vec<&str> =
        definition.counted().iter().filter(|line| !line.may_miss).map(|line| line.id).collect();
    assert_eq!(surely, ["recommend", "ease", "row-1", "row-2", "which", "happy"]);
    assert_eq!(definition.title.get("sv-SE"), "Rekommendera");
    assert_eq!(definition.title.get("ja"), "Recommend");
    assert_eq!(definition.language("SV"), "sv");
}

#[test]
fn each_mistake_is_told_with_its_place_and_what_is_allowed() {
    let cases = [
        ("/items/2/scale/points", Some(json!(12)), "items[2].scale.points: 12 is above 10"),
        ("/items/2/scale/points", Some(json!(1)), "items[2].scale.points: 1 is below 2"),
        (
            "/items/2/scale/points",
            Some(json!(2.5)),
            "items[2].scale.points: expected a whole number, found a number",
        ),
        ("/items/2/scale", None, "items[2].scale: is missing"),
        (
            "/items/1/kind",
            Some(json!("smiley")),
            "items[1].kind: \"smiley\" is unknown; allowed are net_promoter, rating, agreement, choice, notice, matrix, choices, open_text, count",
        ),
        ("/items/1/id", Some(json!("hello")), "items[1]: \"hello\" stands here twice"),
        (
            "/items/1/colour",
            Some(json!(1)),
            "items[1].colour: unknown field; allowed are id, kind, text, required, when, variants, fixed, anchors",
        ),
        (
            "/items/0/required",
            Some(json!(true)),
            "items[0].required: unknown field; allowed are id, kind, text, when, variants, fixed, link",
        ),
        (
            "/items/2/text",
            Some(json!({"sv": "Lätt?"})),
            "items[2].text: lacks \"en\", the first of `languages`",
        ),
        (
            "/items/3/options",
            Some(json!([{"id": "a", "text": "A"}])),
            "items[3].options: has 1 entries; allowed are 2 to 20",
        ),
        ("/items/3/options/1/id", Some(json!("a")), "items[3].options[1]: \"a\" stands here twice"),
        (
            "/items",
            Some(json!([{"id": "a", "kind": "notice", "text": "A"}])),
            "items: has no item that counts answers",
        ),
        ("/items", Some(json!([])), "items: has 0 entries; allowed are 1 to 50"),
        ("/id", Some(json!("Nps!")), "id: \"Nps!\" has a form that isn't allowed; use 1 to 64 of a-z 0-9 -"),
        ("/version", Some(json!("1")), "version: expected a whole number, found a string"),
        ("/audience", Some(json!("pets")), "audience: \"pets\" is unknown; allowed are customer, employee"),
        ("/languages", Some(json!(["en", "en"])), "languages[1]: \"en\" stands here twice"),
        (
            "/languages/1",
            Some(json!("e n")),
            "languages[1]: \"e n\" has a form that isn't allowed; use a BCP 47 tag such as en or pt-BR",
        ),
        ("/title/sv", Some(json!("")), "title.sv: has 0 characters; allowed are 1 to 2000"),
        ("/wave", Some(json!("year")), "wave: \"year\" is unknown; allowed are week, month, quarter"),
        ("/privacy", Some(json!({"kind": "batched", "k": 5})), "privacy.device: is missing"),
        ("/privacy", Some(json!({"kind": "batched", "k": 2, "device": "shared"})), "privacy.k: 2 is below 3"),
        ("/privacy", Some(json!({"kind": "randomised", "epsilon": 8.5})), "privacy.epsilon: 8.5 is above 8"),
        (
            "/privacy",
            Some(json!({"kind": "randomised", "epsilon": 1.00001})),
            "privacy.epsilon: expected a number with at most three decimals, found a number",
        ),
        (
            "/show",
            Some(json!({"trigger": ["delay:+5s"]})),
            "show.trigger[0]: \"delay:+5s\" has a form that isn't allowed; use load, delay:5s, scroll:50%, exit, idle:30s, click:SELECTOR, event:NAME or manual",
        ),
        (
            "/segments",
            Some(json!({"unit": ["a b"]})),
            "segments.unit[0]: \"a b\" has a form that isn't allowed; use 1 to 32 of a-z A-Z 0-9 - _",
        ),
    ];
    for (pointer, value, expected) in cases {
        assert_eq!(problems_after(pointer, value), expected);
    }
}

#[test]
fn all_mistakes_are_told_at_once() {
    let problems = Definition::parse(r#"{"id": 1, "items": [{}], "colour": 2}"#).unwrap_err();
    let places: Vec<&str> = problems.iter().map(|problem| problem.place.as_str()).collect();
    for place in ["colour", "id", "version", "audience", "languages", "title", "items[0].kind"] {
        assert!(places.contains(&place), "{place} is not among {places:?}");
    }
}

#[test]
fn what_is_not_json_or_too_large_is_told() {
    assert_eq!(Definition::parse("{\n oops").unwrap_err().to_string(), "not valid JSON at line 2, column 2");
    assert_eq!(Definition::parse(&" ".repeat(65_537)).unwrap_err().to_string(), "65537 bytes is above 65536");
    assert_eq!(Definition::parse("[]").unwrap_err().to_string(), "expected an object, found a list");
}

#[test]
fn the_ready_made_surveys_read_in_all_three_languages() {
    for entry in std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../surveys")).unwrap() {
        let path = entry.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        let definition =
            Definition::parse(&text).unwrap_or_else(|problems| panic!("{}:\n{problems}", path.display()));
        assert_eq!(definition.languages, ["en", "sv", "da"]);
        let [en, sv, da] = ["en", "sv", "da"].map(|language| definition.title.get(language));
        assert!(en != sv && sv != da && en != da);
        assert_eq!(path.file_stem().unwrap().to_str(), Some(definition.id.as_str()));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn nothing_makes_the_reader_panic(document in nearly_valid()) {
        if let Err(problems) = Definition::parse(&document.to_string()) {
            prop_assert!(problems.iter().count() > 0);
        }
    }

    #[test]
    fn no_text_makes_the_reader_panic(text in "\\PC{0,200}") {
        let _ = Definition::parse(&text);
    }
}

#[cfg(feature = "schema")]
mod schema {
    use super::*;
    use std::sync::LazyLock;

    static VALIDATOR: LazyLock<jsonschema::Validator> =
        LazyLock::new(|| jsonschema::validator_for(&puls_core::definition::schema().to_value()).unwrap());

    #[test]
    fn the_written_schema_is_that_of_the_types() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../www/survey.schema.json");
        let written: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        assert!(
            written == puls_core::definition::schema().to_value(),
            "www/survey.schema.json is out of date; write it anew with `cargo xtask schema`"
        );
    }

    #[test]
    fn schema_and_reader_take_everything_there_is() {
        VALIDATOR.validate(&valid()).unwrap();
        Definition::parse(&valid().to_string()).unwrap();
    }

    #[test]
    fn schema_and_reader_take_the_ready_made_surveys() {
        for entry in std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../surveys")).unwrap() {
            let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
            VALIDATOR.validate(&serde_json::from_str(&text).unwrap()).unwrap();
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]

        /// The schema may be milder than the reader, never stricter.
        #[test]
        fn what_the_reader_takes_the_schema_takes(document in nearly_valid()) {
            if Definition::parse(&document.to_string()).is_ok() {
                prop_assert!(VALIDATOR.is_valid(&document), "{document}");
            }
        }
    }
}
