//! Randomised lines that may lack an answer, have several, or are drawn: what is reported of them stays
//! within ε.

use crate::support::{given, prepared, released, survey_with, through_json};
use puls_core::definition::Definition;
use puls_core::privacy::{Keep, line_epsilon};
use puls_core::read::Decimal;
use puls_core::response::Response;
use rand_chacha::ChaCha12Rng;
use rand_core::SeedableRng;
use std::collections::BTreeMap;

#[test]
fn epsilon_is_split_over_the_lines_that_can_have_an_answer() {
    let rating = |id: &str, more: &str| {
        format!(r#"{{"id": "{id}", "kind": "rating", "text": "?", "scale": {{"points": 3}}{more}}}"#)
    };
    let matrix = r#"{"id": "m", "kind": "matrix", "text": "?", "scale": {"points": 5},
        "statements": [{"id": "x", "text": "X"}, {"id": "y", "text": "Y"}, {"id": "z", "text": "Z"}]}"#;
    let part = |fields: &str| {
        let definition = survey_with(fields);
        (8.0 / line_epsilon(&definition, Decimal::thousandths(8000))).round() as u32
    };
    let (a, b) = (rating("a", ""), rating("b", r#", "fixed": true"#));
    assert_eq!(part(&format!(r#""items": [{a}, {matrix}]"#)), 4);
    let derived = r#""derived": {"all": {"kind": "index", "items": ["x", "y", "z"]}}"#;
    assert_eq!(part(&format!(r#""items": [{a}, {matrix}], {derived}"#)), 5);
    // One of the others, of which the matrix has the most lines, and the fixed one.
    assert_eq!(part(&format!(r#""items": [{a}, {b}, {matrix}], "sample": 1"#)), 4);
}

/// All that is reported for one answer, and how often, over many devices.
fn reports(definition: &Definition, answer: Option<u32>, devices: u64) -> BTreeMap<String, f64> {
    let mut reports = BTreeMap::new();
    for seed in 0..devices {
        let mut rng = ChaCha12Rng::seed_from_u64(seed);
        let response = given(definition, &[answer]);
        let release = released(&prepared(definition, &response, &Keep::default(), &mut rng));
        let (_, counts) = &release.items[0];
        *reports.entry(format!("{:?} {}", counts.cells(), counts.missing())).or_default() +=
            1.0 / devices as f64;
    }
    reports
}

#[test]
fn no_report_is_more_than_e_to_the_epsilon_times_as_likely_from_one_answer_as_from_another() {
    let choices = r#"{"id": "a", "kind": "choices", "text": "?", "required": false,
        "options": [{"id": "x", "text": "X"}, {"id": "y", "text": "Y"}]}"#;
    let text = r#"{"id": "a", "kind": "open_text", "text": "?", "required": false,
        "themes": [{"id": "x", "text": "X", "words": {"en": ["x"]}}, {"id": "y", "text": "Y", "words": {"en": ["y"]}}]}"#;
    let count = r#"{"id": "a", "kind": "count", "text": "?", "most": 1, "required": false}"#;
    let no_theme = [None, Some(0), Some(0b11)];
    for (item, answers) in
        [(choices, [None, Some(1), Some(0b11)]), (text, no_theme), (count, [None, Some(1), Some(2)])]
    {
        let fields = format!(r#""privacy": {{"kind": "randomised", "epsilon": 1}}, "items": [{item}]"#);
        let definition = survey_with(&fields);
        let all = answers.map(|answer| reports(&definition, answer, 3_000));
        for one in &all {
            for other in &all {
                for (report, likely) in one {
                    // Four standard errors of the frequencies, of which the smallest is about 0.065.
                    assert!(
                        *likely < 1_f64.exp() * other[report] * 1.35,
                        "{item} {report}: {one:?} {other:?}"
                    );
                }
            }
        }
    }
}

#[test]
fn the_size_does_not_tell_a_skip_and_repeating_tells_nothing_new() {
    let fields = r#""privacy": {"kind": "randomised", "epsilon": 2}, "items": [
        {"id": "a", "kind": "rating", "text": "?", "scale": {"points": 5}, "required": false},
        {"id": "b", "kind": "choices", "text": "?", "required": false, "when": {"item": "a", "at_least": 3},
         "options": [{"id": "x", "text": "X"}, {"id": "y", "text": "Y"}]},
        {"id": "c", "kind": "count", "text": "?", "most": 3}],
        "routing": [{"after": "a", "when": {"item": "a", "is": 1}, "go": "end"}]"#;
    let definition = survey_with(fields);
    let mut sizes = BTreeMap::new();
    for answers in [[None, None, Some(1)], [Some(1), None, None], [Some(16), Some(3), Some(8)]] {
        let mut rng = ChaCha12Rng::seed_from_u64(9);
        let response: Response = given(&definition, &answers);
        let first = prepared(&definition, &response, &Keep::default(), &mut rng);
        let again = prepared(&definition, &response, &through_json(&first.keep, &definition), &mut rng);
        assert_eq!(released(&first).items, released(&again).items);
        // The same draws leave the same trace, whatever was answered.
        sizes.entry(first.keep.to_string()).or_insert(0);
        if let puls_core::privacy::Outcome::Release(release) = &first.outcome {
            assert_eq!(
                *sizes.entry("release".to_owned()).or_insert(release.json().len()),
                release.json().len()
            );
        }
    }
    assert_eq!(sizes.len(), 2);
}
