//! Cronbach's α, and what each variable has to do with the others, beside R's psych.

use puls_statistics::Interval;
use puls_statistics::reliability::{alpha, parts};
use rand_chacha::ChaCha8Rng;
use rand_core::{Rng, SeedableRng};
use serde::Deserialize;

/// Figures of the same answers; each is followed by its range.
#[derive(Deserialize)]
struct Expected {
    name: String,
    n: f64,
    covariances: Vec<Vec<f64>>,
    alpha: [f64; 3],
    item_rest: Vec<[f64; 3]>,
    alpha_without: Vec<Option<[f64; 3]>>,
}

fn check(found: Option<Interval>, expected: Option<[f64; 3]>, of: &str) {
    let found = found.map(|Interval { value, low, high }| [value, low, high]);
    let is_close = match (found, expected) {
        (Some(found), Some(expected)) => {
            found.iter().zip(expected).all(|(one, other)| (one - other).abs() < 1e-9)
        }
        _ => found == expected,
    };
    assert!(is_close, "{of}: {found:?} is not {expected:?}");
}

/// R's psych: `alpha` and `alpha.ci`; `cor.test` for the range of a correlation.
#[test]
fn reliability_is_that_of_psych() {
    let rows: Vec<Expected> = serde_json::from_str(include_str!("../references/reliability.json")).unwrap();
    for Expected { name, n, covariances, alpha: of_all, item_rest, alpha_without } in rows {
        check(alpha(&covariances, n), Some(of_all), &name);
        let found = parts(&covariances, n);
        assert_eq!(found.len(), item_rest.len());
        for (part, (item_rest, without)) in found.iter().zip(item_rest.into_iter().zip(alpha_without)) {
            check(part.item_rest, Some(item_rest), &name);
            check(part.alpha_without, without, &name);
        }
    }
}

const SURVEYS: u32 = 2_000;
const PEOPLE: usize = 100;
const LINES: usize = 5;

/// A point from 0 to 4, of which the tables below say in how many of 100 cases it isn't passed.
fn point(at_most: [u32; 4], rng: &mut ChaCha8Rng) -> f64 {
    let draw = rng.next_u32() % 100;
    at_most.iter().filter(|limit| draw >= **limit).count() as f64
}

/// The covariances of people's answers to five lines. Each answer is the person's mood in one of two cases, and
/// otherwise one of its own, so that any two lines have the correlation ¼.
fn covariances(at_most: [u32; 4], rng: &mut ChaCha8Rng) -> Vec<Vec<f64>> {
    let (mut sums, mut products) = ([0.0; LINES], [[0.0; LINES]; LINES]);
    for _ in 0..PEOPLE {
        let mood = point(at_most, rng);
        let answers: [f64; LINES] = std::array::from_fn(|_| {
            let own = point(at_most, rng);
            if rng.next_u32().is_multiple_of(2) { mood } else { own }
        });
        for one in 0..LINES {
            sums[one] += answers[one];
            for other in 0..LINES {
                products[one][other] += answers[one] * answers[other];
            }
        }
    }
    let n = PEOPLE as f64;
    let covariance = |one: usize, other: usize| n * products[one][other] - sums[one] * sums[other];
    (0..LINES).map(|one| (0..LINES).map(|other| covariance(one, other)).collect()).collect()
}

/// Of 100 surveys, in how many α's range holds the truth: 5 · ¼ / (1 + 4 · ¼), whatever the answers' shares.
fn held(at_most: [u32; 4]) -> f64 {
    let mut rng = ChaCha8Rng::seed_from_u64(31);
    let holds = |rng: &mut ChaCha8Rng| {
        let found = alpha(&covariances(at_most, rng), PEOPLE as f64);
        found.is_some_and(|found| (found.low..=found.high).contains(&0.625))
    };
    let held = (0..SURVEYS).filter(|_| holds(&mut rng)).count();
    100.0 * held as f64 / f64::from(SURVEYS)
}

/// The range is right where the points are used evenly. The more people are at the top, the less often it holds the
/// truth: the variance of α depends on how rare the other answers are, which covariances don't tell. The expected
/// numbers are those of 40,000 surveys; three standard errors of the difference between them and 2,000 are 3.4 at most.
#[test]
fn the_range_of_alpha_is_too_narrow_if_answers_are_skewed() {
    for (at_most, expected) in
        [([20, 40, 60, 80], 93.9), ([5, 10, 20, 50], 86.6), ([2, 5, 10, 30], 77.7), ([1, 2, 3, 5], 45.5)]
    {
        let found = held(at_most);
        assert!((found - expected).abs() < 3.4, "{at_most:?}: {found} of 100, not {expected}");
    }
}
