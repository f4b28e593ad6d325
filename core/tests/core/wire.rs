//! The release on the wire, as the golden text has it.

use crate::support::{answered, outcome, pulse, survey_with};
use puls_core::privacy::{Keep, Outcome};
use puls_core::segment::Segment;
use rand_chacha::ChaCha12Rng;
use rand_core::SeedableRng;

/// The release of three people in a fixed wave, with fixed randomness.
fn release() -> String {
    let definition = pulse();
    let mut rng = ChaCha12Rng::seed_from_u64(7);
    let mut keep = Keep::default();
    let segment = Segment::new(&definition.segments, [("unit", "billing")]).unwrap();
    for answers in [&[9][..], &[10], &[3, 1]] {
        let response = answered(&definition, answers);
        let prepared = outcome(&definition, &response, &keep, &segment, &mut rng).unwrap();
        if let Outcome::Release(release) = prepared.outcome {
            return release.json().to_owned();
        }
        keep = prepared.keep;
    }
    unreachable!("three make a batch");
}

#[test]
fn a_release_is_written_as_the_golden_text() {
    assert_eq!(release(), include_str!("../wire/batched.json").trim_end());
}

#[test]
fn derived_measures_are_counted_like_items() {
    let fields = r#""items": [{"id": "a", "kind": "agreement", "text": "?", "scale": {"points": 5}},
            {"id": "b", "kind": "agreement", "text": "?", "scale": {"points": 5}}],
        "privacy": {"kind": "batched", "k": 3, "device": "shared"},
        "derived": {"both": {"kind": "index", "items": ["a", "b"]},
            "glad": {"kind": "share", "when": {"item": "a", "at_least": 4}},
            "state": {"kind": "class", "energy": "both", "clarity": "both"}}"#;
    let definition = survey_with(fields);
    let mut rng = ChaCha12Rng::seed_from_u64(7);
    let mut keep = Keep::default();
    for cells in [[4, 4], [4, 1], [0, 0]] {
        let response = answered(&definition, &cells);
        let prepared = outcome(&definition, &response, &keep, &Segment::default(), &mut rng).unwrap();
        if let Outcome::Release(release) = &prepared.outcome {
            let items = release.json().split_once("\"items\"").unwrap().1;
            for line in [
                r#""both": {"cells": [1,0,0,0,0,1,0,0,1], "missing": 0}"#,
                r#""glad": {"cells": [1,2], "missing": 0}"#,
                r#""state": {"cells": [1,0,0,1,1], "missing": 0}"#,
            ] {
                assert!(items.contains(line), "{line} is not in {items}");
            }
            return;
        }
        keep = prepared.keep;
    }
    unreachable!("three make a batch");
}
