//! What can be held of the wording of the ready-made surveys: languages, punctuation, scales with two equal ends, and what
//! shared devices say and keep to themselves.

use serde_json::Value;
use std::fs;

const LANGUAGES: [&str; 3] = ["en", "sv", "da"];
/// How each language says the ends of a scale that begins at nothing, and those of one with two poles.
const ENDS: [[(&str, &str); 2]; 3] = [
    [("Not at all", "Extremely"), ("Very", "Very")],
    [("Inte alls", "Extremt"), ("Mycket", "Mycket")],
    [("Slet ikke", "Yderst"), ("Meget", "Meget")],
];
/// The sizes of batches in words.
const SIZES: [(u64, [&str; 3]); 4] = [
    (4, ["four", "fyra", "fire"]),
    (5, ["five", "fem", "fem"]),
    (10, ["ten", "tio", "ti"]),
    (25, ["twenty-five", "tjugofem", "femogtyve"]),
];

fn surveys() -> Vec<(String, Value)> {
    let folder = fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../surveys")).unwrap();
    let read = |path| serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let surveys: Vec<(String, Value)> = folder
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.file_stem().unwrap().to_str().unwrap().to_owned(), read(path)))
        .collect();
    assert_eq!(surveys.len(), 12);
    surveys
}

/// All objects and lists of a document, with their places.
fn walk<'a>(place: String, value: &'a Value, found: &mut Vec<(String, &'a Value)>) {
    match value {
        Value::Object(fields) => {
            fields.iter().for_each(|(name, value)| walk(format!("{place}.{name}"), value, found))
        }
        Value::Array(entries) => {
            entries
                .iter()
                .enumerate()
                .for_each(|(index, value)| walk(format!("{place}[{index}]"), value, found));
        }
        _ => {}
    }
    found.push((place, value));
}

fn places(surveys: &[(String, Value)]) -> Vec<(String, &Value)> {
    let mut found = Vec::new();
    surveys.iter().for_each(|(id, survey)| walk(id.clone(), survey, &mut found));
    found
}

fn items(survey: &Value) -> &[Value] {
    survey["items"].as_array().unwrap()
}

fn text<'a>(text: &'a Value, language: &str) -> &'a str {
    text[language].as_str().unwrap()
}

#[test]
fn every_text_is_there_in_each_language_and_well_punctuated() {
    for (place, value) in places(&surveys()).into_iter().filter(|(_, value)| value.get("en").is_some()) {
        let languages: Vec<&String> = value.as_object().unwrap().keys().collect();
        assert_eq!(languages.len(), LANGUAGES.len(), "{place}: {languages:?}");
        for language in LANGUAGES {
            let Some(text) = value[language].as_str() else {
                assert!(value[language].is_array(), "{place}: {language}");
                continue;
            };
            assert!(text.trim() == text && !text.contains("  "), "{place}: {text}");
            assert!(
                [" .", " ,", " ;", " :", " !", " ?"].iter().all(|wrong| !text.contains(wrong)),
                "{place}: {text}"
            );
            // English has one apostrophe, the straight one, and the others have none.
            let foreign: &[char] = if language == "en" { &['"', '’'] } else { &['"', '’', '\''] };
            assert!(!text.contains(foreign), "{place}: {text}");
        }
    }
}

#[test]
fn statements_are_sentences_and_questions_are_questions() {
    let end = |place: &str, value: &Value, mark: char| {
        for language in LANGUAGES {
            assert!(text(value, language).ends_with(mark), "{place}: {}", text(value, language));
        }
    };
    for (id, survey) in surveys() {
        for item in items(&survey) {
            let is_sentence = ["agreement", "notice"].contains(&item["kind"].as_str().unwrap());
            end(&id, &item["text"], if is_sentence { '.' } else { '?' });
            let statements = item["statements"].as_array().into_iter().flatten();
            statements.for_each(|statement| end(&id, &statement["text"], '.'));
        }
    }
}

#[test]
fn both_ends_of_a_scale_are_equally_far_out() {
    for (place, anchors) in
        places(&surveys()).into_iter().filter(|(_, value)| value.get("low").is_some_and(Value::is_object))
    {
        for (language, ends) in LANGUAGES.into_iter().zip(ENDS) {
            let (low, high) = (text(&anchors["low"], language), text(&anchors["high"], language));
            let of_both =
                |(least, most): (&str, &str)| Some((low.strip_prefix(least)?, high.strip_prefix(most)?));
            let [from_nothing, of_two_poles] = ends.map(of_both);
            let is_fair = from_nothing.is_some_and(|(low, high)| low == high)
                || of_two_poles.is_some_and(|(low, high)| low != high);
            assert!(is_fair, "{place}: {low}, {high}");
        }
    }
}

#[test]
fn labels_mirror_each_other_and_fit_below_a_face() {
    for (place, labels) in places(&surveys()).into_iter().filter(|(place, _)| place.ends_with(".labels")) {
        for (language, [_, (very, _)]) in LANGUAGES.into_iter().zip(ENDS) {
            let labels: Vec<&str> =
                labels.as_array().unwrap().iter().map(|label| text(label, language)).collect();
            assert!(
                labels.iter().flat_map(|label| label.split(' ')).all(|word| word.chars().count() <= 12),
                "{place}: {labels:?}"
            );
            match *labels {
                ["No", "Yes"] | ["Nej", "Ja"] => {}
                [worst, bad, _, good, best] => {
                    assert_eq!(worst, format!("{very} {}", bad.to_lowercase()), "{place}");
                    assert_eq!(best, format!("{very} {}", good.to_lowercase()), "{place}");
                }
                _ => panic!("{place}: {labels:?}"),
            }
        }
    }
}

#[test]
fn a_question_has_one_wording_whatever_was_answered_before() {
    for (place, variant) in places(&surveys()).into_iter().filter(|(place, _)| place.contains(".variants[")) {
        if let Some(when) = variant.get("when") {
            assert!(
                when.get("segment").is_some(),
                "{place}: an answer that leads the next one can't be told from it"
            );
        }
    }
}

/// Otherwise nobody could set the outcome of `drivers` beside the score of `enps`.
#[test]
fn recommending_a_workplace_is_asked_in_the_same_words_everywhere() {
    let surveys = surveys();
    let asked = |id: &str| {
        let (_, survey) = surveys.iter().find(|(survey, _)| survey == id).unwrap();
        let item = items(survey).iter().find(|item| item["id"] == "recommend").unwrap();
        (item["text"].clone(), item["anchors"].clone())
    };
    assert_eq!(asked("drivers"), asked("enps"));
}

#[test]
fn shared_devices_say_first_when_they_send_and_in_the_end_nothing_of_the_answers() {
    for (id, survey) in surveys().into_iter().filter(|(_, survey)| survey["privacy"]["kind"] == "batched") {
        let (_, sizes) = SIZES.iter().find(|(k, _)| survey["privacy"]["k"] == *k).unwrap();
        let first = &items(&survey)[0];
        assert_eq!(first["kind"], "notice", "{id}");
        for (language, size) in LANGUAGES.into_iter().zip(sizes) {
            assert!(text(&first["text"], language).contains(&format!(" {size} ")), "{id}: {language}");
        }
        // The next person, or whoever looks, sees the last screen.
        assert!(survey["thanks"].is_object(), "{id}");
    }
}
