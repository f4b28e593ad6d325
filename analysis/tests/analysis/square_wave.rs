//! Long scales under `randomised`: what estimates of them are worth.

use crate::support::{given, prepared, released, survey};
use puls_analysis::estimates::{answered, score, shares};
use puls_analysis::line::Line;
use puls_core::definition::Definition;
use puls_core::privacy::Keep;
use puls_core::summary::Counts;
use rand_chacha::ChaCha12Rng;
use rand_core::SeedableRng;

const SCALE: &str = r#"{"id": "ease", "kind": "rating", "text": "?", "scale": {"points": 10}}"#;
const SKIPPABLE: &str =
    r#"{"id": "ease", "kind": "rating", "text": "?", "scale": {"points": 10}, "required": false}"#;

fn randomised(epsilon: f64, item: &str) -> Definition {
    survey(&format!(r#"{{"kind": "randomised", "epsilon": {epsilon}}}"#), item)
}

/// One survey of people who gave these answers, each on a device of their own.
fn surveyed(definition: &Definition, answers: &[Option<u32>], rng: &mut ChaCha12Rng) -> Counts {
    let mut sum = Line::of(definition, &definition.counted()[0]).nobody();
    for answer in answers {
        let response = given(definition, &[answer.map(|cell| 1 << cell)]);
        let released = released(definition, &prepared(definition, &response, &Keep::default(), rng));
        sum.merge(&released.items[0].1);
    }
    sum
}

fn spread_out(groups: &[(usize, Option<u32>)]) -> Vec<Option<u32>> {
    groups.iter().flat_map(|(count, answer)| vec![*answer; *count]).collect()
}

#[test]
fn a_mean_is_unbiased_with_the_stated_noise_and_twice_as_precise_as_by_randomised_response() {
    let answers = spread_out(&[(60, Some(9)), (80, Some(7)), (40, Some(4)), (20, Some(0))]);
    let truth = 1.0 + (60.0 * 9.0 + 80.0 * 7.0 + 40.0 * 4.0) / 200.0;
    let definition = randomised(2.0, SCALE);
    let line = Line::of(&definition, &definition.counted()[0]);
    let runs = 600;
    let found: Vec<f64> = (0..runs)
        .map(|seed| {
            let counts = surveyed(&definition, &answers, &mut ChaCha12Rng::seed_from_u64(seed));
            score(&line, &counts).unwrap().value
        })
        .collect();
    let average = found.iter().sum::<f64>() / runs as f64;
    let deviation =
        (found.iter().map(|value| (value - average).powi(2)).sum::<f64>() / (runs - 1) as f64).sqrt();
    assert!((average - truth).abs() < 5.0 * deviation / (runs as f64).sqrt(), "{average} for {truth}");
    // By randomised response: of 10 points at ε = 2, the reports' own deviation over √n and p − q.
    let (keep, switch) = puls_core::privacy::RandomisedResponse::probabilities(10, 2.0);
    let by_response = 8.25_f64.sqrt() / 200.0_f64.sqrt() / (keep - switch);
    assert!(deviation < 0.65 * by_response, "{deviation}, by randomised response {by_response}");
}

#[test]
fn among_those_who_answered_mean_and_shares_come_out_right() {
    let answers = spread_out(&[(3_000, Some(9)), (3_000, Some(6)), (2_000, Some(1)), (2_000, None)]);
    let definition = randomised(2.0, SKIPPABLE);
    let line = Line::of(&definition, &definition.counted()[0]);
    let counts = surveyed(&definition, &answers, &mut ChaCha12Rng::seed_from_u64(11));
    let count = answered(&counts, 10_000, line.noise) as f64;
    assert!((count - 8_000.0).abs() < 400.0, "{count}");
    let estimate = score(&line, &counts).unwrap();
    let truth = 1.0 + (3.0 * 9.0 + 3.0 * 6.0 + 2.0) / 8.0;
    assert!(estimate.low < truth && truth < estimate.high, "{estimate:?} for {truth}");
    assert!(estimate.high - estimate.low < 0.5, "{estimate:?}");
    let shares = shares(&line, &counts, 10_000);
    assert_eq!(shares.len(), 10);
    for (point, share) in [(9, 0.375), (6, 0.375), (1, 0.25), (3, 0.0)] {
        assert!((shares[point].value - share).abs() < 0.12, "{point}: {:?}", shares[point]);
        assert!(shares[point].low <= share && share <= shares[point].high, "{point}: {:?}", shares[point]);
    }
    let sum: f64 = shares.iter().map(|share| share.value).sum();
    assert!((sum - 1.0).abs() < 1e-6, "{sum}");
}

#[test]
fn nothing_is_said_of_nobody() {
    let definition = randomised(2.0, SCALE);
    let line = Line::of(&definition, &definition.counted()[0]);
    let nobody = line.nobody();
    assert!(score(&line, &nobody).is_none() && shares(&line, &nobody, 0).is_empty());
}
