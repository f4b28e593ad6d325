//! Other people's programs agree on the mechanisms: `vectors/README.md` says which, and how they were asked.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::cast_possible_truncation)]

use puls_analysis::estimates::{score, shares};
use puls_analysis::line::{Form, Line, Noise};
use puls_core::privacy::{RandomisedResponse, SquareWave};
use puls_core::summary::Counts;
use serde_json::Value;

fn vectors(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

#[test]
fn randomised_response_loses_what_opendp_says() {
    let vectors = vectors(include_str!("vectors/randomised-response.json"));
    let rows = vectors["rows"].as_array().unwrap();
    assert_eq!(rows.len(), 30);
    for row in rows {
        let (classes, number) =
            (row["classes"].as_u64().unwrap() as usize, |name: &str| row[name].as_f64().unwrap());
        let response = RandomisedResponse::new(classes, number("epsilon"));
        let (keep, _) = RandomisedResponse::probabilities(classes, number("epsilon"));
        assert!((keep - number("probability")).abs() < 1e-15, "{row}");
        assert!((response.epsilon() - number("loss")).abs() < 1e-9, "{} for {row}", response.epsilon());
        assert!(response.epsilon() <= number("loss"), "{} for {row}", response.epsilon());
    }
}

#[test]
fn the_square_wave_is_estimated_as_in_numpy() {
    let vectors = vectors(include_str!("vectors/square-wave.json"));
    let wave = SquareWave::new(10, false, 2.0);
    let noise = Noise::Wave { width: wave.width(), probabilities: wave.probabilities(2.0), missing: false };
    let cells = vectors["reports"].as_array().unwrap().iter().map(|count| count.as_u64().unwrap());
    let line = Line::new(Form::Scale { points: 10, lowest: 1.0, highest: 10.0 }, noise);
    let counts = Counts::of(line.cells(), cells.collect(), 0).unwrap();
    let found = score(&line, &counts).unwrap().value;
    assert!((found - vectors["mean"].as_f64().unwrap()).abs() < 1e-9, "{found}");
    let shares = shares(&line, &counts, counts.total());
    for (share, expected) in shares.iter().zip(vectors["shares"].as_array().unwrap()) {
        let expected = expected.as_f64().unwrap();
        assert!((share.value - expected).abs() < 0.01, "{} for {expected}", share.value);
    }
}
