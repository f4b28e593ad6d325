//! Joint lines: which there can be, and sums of their products on the wire.

use crate::support::{SCALES_AND_OTHERS, document, given, outcome, survey_with};
use puls_core::definition::Definition;
use puls_core::privacy::{Keep, Outcome};
use puls_core::segment::Segment;
use rand_chacha::ChaCha12Rng;
use rand_core::SeedableRng;
use serde_json::json;

fn joint(fields: &str) -> Definition {
    survey_with(&format!(r#""items": {SCALES_AND_OTHERS}, {fields}"#))
}

fn batched(k: usize) -> Definition {
    joint(&format!(
        r#""privacy": {{"kind": "batched", "k": {k}, "device": "shared"}}, "joint": ["ease", "clarity", "recommend"]"#
    ))
}

fn refusal(fields: &str) -> String {
    let both = json!({"both": {"kind": "index", "items": ["ease", "clarity"]}});
    let document = document(&format!(r#""items": {SCALES_AND_OTHERS}, {fields}"#)).with("derived", both);
    Definition::parse(&document.to_string()).unwrap_err().to_string()
}

#[test]
fn what_is_told_of_one_person_carries_no_products_and_only_scales_have_some() {
    let joint = r#""joint": ["ease", "clarity"]"#;
    let alone =
        "joint: needs privacy batched or sealed: the products of one person's answers tell these answers";
    assert_eq!(refusal(joint), alone);
    assert_eq!(refusal(&format!(r#"{joint}, "privacy": {{"kind": "direct", "trust": "endpoint"}}"#)), alone);
    let batched = r#""privacy": {"kind": "batched", "device": "shared"}"#;
    for (joint, expected) in [
        (r#"["ease"]"#, "joint: has 1 entries; allowed are 2 to 12"),
        (r#"["ease", "clarity", "ease"]"#, "joint[2]: \"ease\" stands here twice"),
        (
            r#"["ease", "topic"]"#,
            "joint[1]: \"topic\" is unknown; allowed are recommend, ease, clarity, help, calls",
        ),
        (
            r#"["ease", "both"]"#,
            "joint[1]: \"both\" is unknown; allowed are recommend, ease, clarity, help, calls",
        ),
        (r#"["ease", 2]"#, "joint[1]: expected a string, found a number"),
        (r#""ease""#, "joint: expected a list, found a string"),
    ] {
        assert_eq!(refusal(&format!(r#"{batched}, "joint": {joint}"#)), expected);
    }
}

/// The release of three people, of whom one skipped a joint line.
fn release(definition: &Definition) -> String {
    let mut rng = ChaCha12Rng::seed_from_u64(7);
    let mut keep = Keep::default();
    for cells in [[9, 1, 0, 3, 2, 0], [10, 0, 1, 4, 4, 1], [3, 4, 1, 0, 0, 4]] {
        let mut person = cells.map(Some);
        if person[0] == Some(3) {
            person[3] = None;
        }
        let answers: Vec<Option<u32>> = person.iter().map(|cell| cell.map(|cell| 1 << cell)).collect();
        let response = given(definition, &answers);
        let prepared = outcome(definition, &response, &keep, &Segment::default(), &mut rng).unwrap();
        if let Outcome::Release(release) = prepared.outcome {
            return release.json().to_owned();
        }
        keep = prepared.keep;
    }
    unreachable!("three make a batch");
}

#[test]
fn a_release_is_written_as_the_golden_text() {
    assert_eq!(release(&batched(3)), include_str!("../wire/joint.json").trim_end());
}
