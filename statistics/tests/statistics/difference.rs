//! Differences beside statsmodels' and SciPy's, and how often their ranges hold the truth.

use puls_statistics::Interval;
use puls_statistics::difference::{mover, standardised, two_sided_p};
use puls_statistics::interval::Z;
use puls_statistics::proportion::wilson;
use puls_statistics::randomised_response::Response;
use puls_statistics::scale::{Added, Scale, Sums, adjusted_wald, hoeffding};
use rand_chacha::ChaCha8Rng;
use rand_core::{Rng, SeedableRng};
use serde::Deserialize;

const SCORE: Scale = Scale { lowest: -100.0, highest: 100.0, last: 2 };

#[derive(Deserialize)]
struct Reference {
    shares: Vec<Row<[u64; 4]>>,
    scores: Vec<Row<[[u64; 3]; 2]>>,
}

#[derive(Deserialize)]
struct Row<T> {
    counts: T,
    /// The difference, followed by its range.
    difference: [f64; 3],
    z: f64,
    p: f64,
}

/// The net promoter score of so many promoters, passives and detractors.
fn score([promoters, passives, detractors]: [u64; 3]) -> Interval {
    adjusted_wald(Sums::of(&[detractors, passives, promoters], &[0, 1, 2]), SCORE, Added::ToDifference)
        .unwrap()
}

fn check<T: std::fmt::Debug>(one: Interval, other: Interval, row: &Row<T>) {
    let Interval { value, low, high } = mover(one, other);
    let z = standardised(one, other).unwrap();
    let found = [value, low, high, z, two_sided_p(z)];
    let expected = row.difference.into_iter().chain([row.z, row.p]);
    let is_close = found.iter().zip(expected).all(|(found, expected)| (found - expected).abs() < 1e-9);
    assert!(is_close, "{:?}: {found:?} are not {:?}, {}, {}", row.counts, row.difference, row.z, row.p);
}

/// statsmodels: `confint_proportions_2indep(…, method="newcomb")`; NumPy, for scores.
#[test]
fn differences_are_those_that_statsmodels_says() {
    let reference: Reference = serde_json::from_str(include_str!("../references/difference.json")).unwrap();
    for row in &reference.shares {
        let [count, of, other_count, other_of] = row.counts;
        check(wilson(count, of).unwrap(), wilson(other_count, other_of).unwrap(), row);
    }
    for row in &reference.scores {
        let [one, other] = row.counts.map(score);
        check(one, other, row);
    }
}

/// True shares of promoters, passives and detractors, in percent.
type Shares = [u64; 3];

const EVEN: Shares = [40, 35, 25];
const HIGH: Shares = [80, 15, 5];
const LOW: Shares = [5, 10, 85];
/// Nearly everybody is a promoter.
const HIGHEST: Shares = [97, 2, 1];
/// Nobody is passive.
const ENDS: Shares = [60, 0, 40];

fn true_score([promoters, _, detractors]: Shares) -> f64 {
    promoters as f64 - detractors as f64
}

/// A number from 0 to 99.
fn percent(rng: &mut ChaCha8Rng) -> u64 {
    (u64::from(rng.next_u32()) * 100) >> 32
}

/// The promoters, passives and detractors among so many respondents.
fn drawn([promoters, passives, _]: Shares, n: u64, rng: &mut ChaCha8Rng) -> [u64; 3] {
    let mut counts = [0; 3];
    for _ in 0..n {
        let draw = percent(rng);
        counts[usize::from(draw >= promoters) + usize::from(draw >= promoters + passives)] += 1;
    }
    counts
}

/// A score of so many respondents with these true shares.
type Figure = fn(Shares, u64, &mut ChaCha8Rng) -> Interval;

fn exact(shares: Shares, n: u64, rng: &mut ChaCha8Rng) -> Interval {
    score(drawn(shares, n, rng))
}

/// Only the sum is known.
fn of_a_sum(shares: Shares, n: u64, rng: &mut ChaCha8Rng) -> Interval {
    let [promoters, passives, _] = drawn(shares, n, rng);
    hoeffding(n, 2 * promoters + passives, SCORE).unwrap()
}

/// Three of five reports tell the truth.
fn randomised(shares: Shares, n: u64, rng: &mut ChaCha8Rng) -> Interval {
    let mut reports = [0.0; 3];
    for (class, count) in drawn(shares, n, rng).into_iter().enumerate() {
        for _ in 0..count {
            let draw = percent(rng);
            reports[(class + usize::from(draw >= 60) + usize::from(draw >= 80)) % 3] += 1.0;
        }
    }
    let response = Response { keep: 0.6, switch: 0.2 };
    response.mean(reports.to_vec(), 0.0, &[100.0, 0.0, -100.0], (-100.0, 100.0)).unwrap()
}

const SURVEYS: u32 = 2_000;

/// In how many of 100 pairs of surveys the difference's range holds the truth, and in how many z is beyond ± 1.96.
fn simulated(figure: Figure, one: (Shares, u64), other: (Shares, u64)) -> (f64, f64) {
    let mut rng = ChaCha8Rng::seed_from_u64(29);
    let truth = true_score(one.0) - true_score(other.0);
    let (mut held, mut beyond) = (0, 0);
    for _ in 0..SURVEYS {
        let [one, other] = [one, other].map(|(shares, n)| figure(shares, n, &mut rng));
        let Interval { low, high, .. } = mover(one, other);
        held += u32::from((low..=high).contains(&truth));
        beyond += u32::from(standardised(one, other).is_some_and(|z| z.abs() > Z));
    }
    let of_100 = |count: u32| 100.0 * f64::from(count) / f64::from(SURVEYS);
    (of_100(held), of_100(beyond))
}

/// Checks how many of 100 differences' ranges hold the truth, and how many z are beyond ± 1.96. The expected numbers are
/// those of 40,000 pairs of surveys; three standard errors of the difference between them and 2,000 pairs are 1.5.
fn check_simulated(figure: Figure, rows: &[([u64; 2], [Shares; 2], [f64; 2])]) {
    for ([n, other_n], [one, other], expected) in rows {
        let (held, beyond) = simulated(figure, (*one, *n), (*other, *other_n));
        let is_close =
            [held, beyond].iter().zip(expected).all(|(found, expected)| (found - expected).abs() < 1.5);
        assert!(is_close, "{n} {one:?}, {other_n} {other:?}: {held}, {beyond} of 100, not {expected:?}");
    }
}

/// The ranges hold the truth in 94 to 97 of 100 cases, and in more where nearly everybody is at the top. Where the truth
/// is one and the same, z is beyond ± 1.96 wherever the range misses it.
#[test]
fn ranges_of_differences_of_scores_hold_the_truth() {
    check_simulated(
        exact,
        &[
            ([30, 30], [EVEN, EVEN], [94.6, 5.4]),
            ([30, 30], [HIGH, HIGH], [97.1, 2.9]),
            ([30, 30], [HIGHEST, HIGHEST], [100.0, 0.0]),
            ([30, 30], [LOW, HIGH], [95.2, 100.0]),
            ([30, 30], [HIGHEST, ENDS], [95.9, 99.0]),
            ([100, 100], [EVEN, EVEN], [94.7, 5.3]),
            ([100, 100], [HIGH, HIGH], [95.6, 4.4]),
            ([100, 100], [HIGHEST, HIGHEST], [99.3, 0.7]),
            ([100, 100], [LOW, HIGH], [95.2, 100.0]),
            ([100, 100], [HIGHEST, ENDS], [95.3, 100.0]),
            ([1000, 1000], [HIGH, HIGH], [94.9, 5.1]),
            ([1000, 1000], [HIGHEST, ENDS], [94.7, 100.0]),
            ([30, 1000], [HIGHEST, HIGHEST], [97.7, 2.3]),
            ([30, 1000], [HIGH, EVEN], [95.8, 99.6]),
        ],
    );
}

/// Hoeffding's ranges are wide by far, and so are those of their differences.
#[test]
fn ranges_of_differences_of_sums_hold_the_truth_nearly_always() {
    check_simulated(
        of_a_sum,
        &[
            ([30, 30], [EVEN, EVEN], [99.9, 0.1]),
            ([30, 30], [HIGHEST, ENDS], [99.3, 93.1]),
            ([10, 300], [LOW, HIGH], [99.9, 100.0]),
        ],
    );
}

#[test]
fn ranges_of_differences_of_randomised_scores_hold_the_truth() {
    check_simulated(
        randomised,
        &[
            ([300, 300], [HIGH, HIGH], [95.0, 5.0]),
            ([300, 300], [HIGHEST, HIGHEST], [98.1, 2.2]),
            ([300, 300], [LOW, HIGH], [94.9, 100.0]),
            ([300, 300], [HIGHEST, ENDS], [94.4, 99.2]),
        ],
    );
}
