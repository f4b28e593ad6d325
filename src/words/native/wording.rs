//! Checks what can be checked of the wording: plural forms, punctuation, lengths, and scales whose halves mirror each
//! other.

use super::{FILES, NativeNumerals, native};
use crate::words::Numerals;
use serde_json::{Map, Value};

const NARROW: char = '\u{202f}';
const NO_BREAK: char = '\u{a0}';

/// A language's strings with their keys. The plural forms of one entry have the same key.
fn strings(file: &str) -> Vec<(String, String)> {
    fn collect(words: &Map<String, Value>, strings: &mut Vec<(String, String)>) {
        for (key, value) in words {
            match value {
                Value::Object(of_full) if key == "full" => collect(of_full, strings),
                Value::Object(forms) => {
                    strings.extend(forms.values().map(|form| (key.clone(), form.as_str().unwrap().into())));
                }
                _ => strings.push((key.clone(), value.as_str().unwrap().into())),
            }
        }
    }
    let mut strings = Vec::new();
    collect(&serde_json::from_str(file).unwrap(), &mut strings);
    strings
}

/// The sentences under each key. The lines of `fields` begin with names of JSON fields, which are cut off.
fn sentences(file: &str) -> Vec<(String, String)> {
    let of_key = |(key, text): (String, String)| -> Vec<(String, String)> {
        if !key.starts_with("fields") {
            return vec![(key, text)];
        }
        let lines = text.trim_start().split('\n');
        lines.map(|line| (key.clone(), line.split_once(": ").unwrap().1.to_owned())).collect()
    };
    strings(file).into_iter().flat_map(of_key).collect()
}

#[test]
fn each_language_has_every_form_that_its_numbers_take() {
    for (language, file) in FILES {
        let words: Map<String, Value> = serde_json::from_str(file).unwrap();
        let full = words["full"].as_object().unwrap();
        let numerals = NativeNumerals(language);
        for (key, forms) in
            words.iter().chain(full).filter(|(key, value)| *key != "full" && value.is_object())
        {
            for number in (0..=200).chain([1_000_000]) {
                let category = numerals.category(number);
                assert!(
                    forms[&category].is_string(),
                    "{language}: {key} has no form for {number}: {category}"
                );
            }
        }
    }
}

#[test]
fn each_language_has_the_places_for_numbers_that_english_has() {
    let places = |text: &str| text.matches("{}").count();
    let english = strings(FILES[0].1);
    for (language, file) in FILES {
        for (key, text) in strings(file) {
            let (_, of_english) = english.iter().find(|(english, _)| *english == key).unwrap();
            assert_eq!(places(&text), places(of_english), "{language}: {key}");
            assert_eq!(text.matches(['{', '}']).count(), 2 * places(&text), "{language}: {key}");
        }
    }
}

#[test]
fn punctuation_is_that_of_the_language() {
    for (language, file) in FILES {
        for (key, text) in sentences(file) {
            let place = format!("{language}: {key}: {text:?}");
            assert!(!text.contains("  ") && text.trim() == text, "{place}");
            for (at, mark) in text.char_indices().filter(|(_, mark)| ";:!?.,؟؛،".contains(*mark)) {
                let before = text[..at].chars().next_back();
                let expected = match (language, mark) {
                    ("fr", ';' | '!' | '?') => Some(NARROW),
                    ("fr", ':') => Some(NO_BREAK),
                    _ => before.filter(|before| !before.is_whitespace()),
                };
                assert_eq!(before, expected, "{place}");
            }
            let foreign = match language {
                "ar" => ";?,\"'’",
                "en" | "nl" => "\"’",
                "fr" => "\"'",
                "ja" => ";:!?.,\"'’ ",
                _ => "\"'’",
            };
            // Even Japanese puts a space before a fraction in figures.
            let said = if language == "ja" { text.replace(" {}/{}", "") } else { text.clone() };
            assert!(!said.contains(|mark| foreign.contains(mark)), "{place}");
            assert!(
                language != "fr" || text.matches("«\u{202f}").count() == text.matches('«').count(),
                "{place}"
            );
            assert!(
                language != "fr" || text.matches("\u{202f}»").count() == text.matches('»').count(),
                "{place}"
            );
        }
        for key in ["destination", "did_you_mean", "was_sent", "will_be_sent"] {
            assert!(
                native(language).get(key).ends_with([':', '：']),
                "{language}: {key} leads on to what it names"
            );
        }
    }
}

/// About how wide a text is, in letters. A character of an East Asian script is as wide as two.
fn width(text: &str) -> usize {
    text.chars().map(|character| if character >= '\u{3000}' { 2 } else { 1 }).sum()
}

#[test]
fn buttons_have_room_for_their_words() {
    for (language, _) in FILES {
        let width = |key: &str| width(&native(language).get(key));
        for key in ["back", "close", "go_on", "next", "next_person", "send", "skip", "start"] {
            assert!(width(key) <= 17, "{language}: {key}");
        }
        // These buttons stand beside each other on the first screen.
        let foot: usize = ["what_is_sent", "not_now", "never", "send"].into_iter().map(width).sum();
        assert!(foot <= 56, "{language}: {foot} letters in the foot");
        for point in 1..=5 {
            assert!(width(&format!("smiley_{point}")) <= 14, "{language}: the face {point}");
        }
    }
}

#[test]
fn what_stands_side_by_side_is_told_apart() {
    let numbered = |name: &str, points: u8| (1..=points).map(|point| format!("{name}_{point}")).collect();
    let named = |keys: &[&str]| keys.iter().map(|key| (*key).to_owned()).collect();
    let groups: [Vec<String>; 5] = [
        numbered("agreement", 7),
        numbered("smiley", 5),
        named(&["thumb_down", "thumb_up"]),
        named(&["back", "next", "skip", "send", "go_on", "next_person"]),
        named(&["failed_title", "spent_title"]),
    ];
    for (language, _) in FILES {
        let words = native(language);
        for group in &groups {
            let mut said: Vec<String> = group.iter().map(|key| words.get(key)).collect();
            said.sort();
            said.dedup();
            assert_eq!(said.len(), group.len(), "{language}: {said:?}");
        }
        // "Nothing is sent yet" must not read like "nothing could be sent".
        let failed = words.get("failed_title") + ".";
        assert!(!words.get("nothing_yet").starts_with(&failed), "{language}: {failed}");
    }
}

/// Which words for agreeing become which words for disagreeing, by language. Words that only the ends of a scale have
/// come first.
const MIRRORED: [(&str, &[(&str, &str)]); 12] = [
    ("en", &[("agree", "disagree")]),
    ("ar", &[("أوافق", "أعارض")]),
    ("da", &[("enig", "uenig")]),
    ("de", &[("voll und ganz zu", "überhaupt nicht zu"), ("zu", "nicht zu")]),
    ("es", &[("de acuerdo", "en desacuerdo")]),
    ("fi", &[("samaa", "eri")]),
    ("fr", &[("tout à fait d’accord", "pas du tout d’accord"), ("d’accord", "pas d’accord")]),
    ("ja", &[("そう思う", "そう思わない")]),
    ("nb", &[("enig", "uenig")]),
    ("nl", &[("eens", "oneens")]),
    ("pl", &[("zgadzam", "nie zgadzam")]),
    ("sv", &[("bra", "dåligt")]),
];

#[test]
fn scales_of_agreement_have_two_sides_that_mirror_each_other() {
    for ((language, pairs), (listed, _)) in MIRRORED.into_iter().zip(FILES) {
        assert_eq!(language, listed);
        let point = |point: usize| native(language).get(&format!("agreement_{point}")).to_lowercase();
        for (above, below) in [(7, 1), (6, 2), (5, 3)] {
            let (agree, disagree) = pairs.iter().find(|(agree, _)| point(above).contains(agree)).unwrap();
            assert_eq!(point(above).replace(agree, disagree), point(below), "{language}");
        }
    }
}

#[test]
fn what_else_the_server_sees_is_said() {
    for (language, _) in FILES {
        assert!(native(language).get("nothing_else").contains("IP"), "{language}");
    }
}
