//! Long scales under `randomised`: what the wave promises, and what its estimates are worth.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::cast_possible_truncation)]

mod support;

use puls_core::definition::Definition;
use puls_core::estimate::{Line, answered, score, shares};
use puls_core::privacy::{Keep, SquareWave, WaveProbabilities};
use puls_core::summary::Counts;
use rand_chacha::ChaCha12Rng;
use rand_core::SeedableRng;
use support::{given, prepared, released, survey};

const SCALE: &str = r#"{"id": "ease", "kind": "rating", "text": "?", "scale": {"points": 10}}"#;
const SKIPPABLE: &str =
    r#"{"id": "ease", "kind": "rating", "text": "?", "scale": {"points": 10}, "required": false}"#;

fn randomised(epsilon: f64, item: &str) -> Definition {
    survey(&format!(r#"{{"kind": "randomised", "epsilon": {epsilon}}}"#), item)
}

/// How often each report is drawn of each class, out of `draws`.
fn drawn(wave: &SquareWave, classes: usize, draws: u32, rng: &mut ChaCha12Rng) -> Vec<Vec<u32>> {
    let of = |truth: usize, rng: &mut ChaCha12Rng| {
        let mut counts = vec![0; wave.cells() + 1];
        (0..draws).for_each(|_| counts[wave.draw(truth, rng).unwrap()] += 1);
        counts
    };
    (0..classes).map(|truth| of(truth, rng)).collect()
}

#[test]
fn the_loss_never_exceeds_epsilon_and_comes_close_to_it() {
    for epsilon in [0.01, 0.5, 1.0, 2.0, 4.0] {
        for points in [8, 10, 11, 41, 181] {
            for missing in [false, true] {
                let exact = SquareWave::new(points, missing, epsilon).epsilon();
                assert!(exact <= epsilon + 1e-14, "{points} points lose {exact}, more than {epsilon}");
                assert!(epsilon - exact < 1e-9, "{points} points lose only {exact} of {epsilon}");
            }
        }
    }
}

/// The half width and probabilities of the authors' own code (github.com/BufferZero/multifreq_ldp has the same
/// formula), worked out by hand for 1,024 points at ε = 1: b = floor(1024 · 0.25608…) = 262.
#[test]
fn the_wave_is_as_wide_as_the_paper_says() {
    for (points, epsilon, half_width) in
        [(1024, 1.0, 262), (10, 2.0, 1), (11, 1.0, 2), (41, 3.0, 2), (10, 3.0, 0)]
    {
        assert_eq!(
            SquareWave::new(points, false, epsilon).width(),
            2 * half_width + 1,
            "{points} at {epsilon}"
        );
    }
}

/// Pearson's χ² at α = 0.001, by the approximation of Wilson and Hilferty (1931) to its critical value.
#[test]
fn draws_follow_the_probabilities() {
    let mut rng = ChaCha12Rng::seed_from_u64(5);
    for (points, epsilon) in [(10, 1.0), (10, 2.0), (21, 0.5)] {
        let wave = SquareWave::new(points, true, epsilon);
        let WaveProbabilities { near, far, kept, instead } = wave.probabilities(epsilon);
        for (truth, counts) in drawn(&wave, points + 1, 100_000, &mut rng).iter().enumerate() {
            let expected = |report: usize| match (truth < points, report < wave.cells()) {
                (true, true) if (truth..truth + wave.width()).contains(&report) => near,
                (true, _) => far,
                (false, true) => instead,
                (false, false) => kept,
            };
            let sum: f64 = (0..=wave.cells()).map(expected).sum();
            assert!((sum - 1.0).abs() < 1e-12, "{sum}");
            let term = |(report, count): (usize, &u32)| {
                let expected = 100_000.0 * expected(report);
                (f64::from(*count) - expected).powi(2) / expected
            };
            let statistic: f64 = counts.iter().enumerate().map(term).sum();
            let freedom = wave.cells() as f64;
            let spread = 2.0 / (9.0 * freedom);
            let critical = freedom * (1.0 - spread + 3.0902 * spread.sqrt()).powi(3);
            assert!(statistic < critical, "χ² = {statistic} of {truth} at ε = {epsilon}");
        }
    }
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
