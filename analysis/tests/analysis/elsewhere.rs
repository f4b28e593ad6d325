//! Other people's programs agree on the estimates: `../vectors/README.md` says which, and how they were asked.

use puls_analysis::estimates::{score, shares};
use puls_analysis::line::{Form, Line, Noise, SquareWaveNoise};
use puls_core::privacy::SquareWave;
use puls_core::summary::Counts;
use serde_json::Value;

#[test]
fn the_square_wave_is_estimated_as_in_numpy() {
    let vectors: Value = serde_json::from_str(include_str!("../vectors/square-wave.json")).unwrap();
    let wave = SquareWave::new(10, false, 2.0);
    let noise = Noise::SquareWave(SquareWaveNoise {
        width: wave.width(),
        probabilities: wave.probabilities(2.0),
        missing: false,
    });
    let cells = vectors["reports"].as_array().unwrap().iter().map(|count| count.as_u64().unwrap());
    let line = Line::new(Form::Scale { points: 10, lowest: 1.0, highest: 10.0 }, noise);
    let counts = Counts::of(line.cells(), cells.collect(), 0).unwrap();
    let found = score(&line, &counts).unwrap().value;
    assert!((found - vectors["mean"].as_f64().unwrap()).abs() < 1e-9, "{found}");
    let shares = shares(&line, &counts, counts.total());
    let expected = vectors["shares"].as_array().unwrap();
    assert_eq!(shares.len(), expected.len());
    for (share, expected) in shares.iter().zip(expected) {
        let expected = expected.as_f64().unwrap();
        assert!((share.value - expected).abs() < 0.01, "{} for {expected}", share.value);
    }
}
