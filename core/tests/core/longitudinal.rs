//! The two stages of a randomised report: what is sent once loses the ε that is stated, as one response does that has
//! it; and however often it is sent, it all loses no more than the permanent report.

use crate::support::{NPS, answered, outcome_in, released, survey};
use puls_core::privacy::{
    InstantaneousResponse, Keep, Likelihoods, RandomisedResponse, SquareWave, WaveProbabilities,
};
use puls_core::segment::Segment;
use puls_core::wave::Wave;
use rand_chacha::ChaCha12Rng;
use rand_core::SeedableRng;

const EPSILONS: [f64; 7] = [0.001, 0.1, 1.0 / 6.0, 0.5, 1.0, 2.0, 8.0];
/// How many times as much the permanent report loses.
const TIMES: [f64; 5] = [1.0, 1.333, 2.0, 4.0, 12.5];

/// Both stages of each randomised response, and of each wave, that loses `epsilon` in the end.
fn all(epsilon: f64) -> Vec<(String, Likelihoods, InstantaneousResponse, f64)> {
    let mut all = Vec::new();
    for times in TIMES {
        let permanent = epsilon * times;
        for classes in [2, 3, 5, 10, 20] {
            let first = RandomisedResponse::new(classes, permanent).likelihoods();
            let second = InstantaneousResponse::new(classes, 1, permanent, epsilon);
            all.push((format!("{classes} classes, ε = {epsilon}, {times} times"), first, second, permanent));
        }
        for (points, missing) in [(8, true), (10, false), (41, true), (181, false)] {
            let wave = SquareWave::new(points, missing, epsilon);
            let second = InstantaneousResponse::new(wave.outputs(), wave.width(), permanent, epsilon);
            let first = wave.losing(permanent).likelihoods();
            all.push((format!("{points} points, ε = {epsilon}, {times} times"), first, second, permanent));
        }
    }
    all
}

#[test]
fn what_is_sent_once_loses_at_most_epsilon_and_as_good_as_that() {
    for epsilon in EPSILONS {
        for (name, first, second, _) in all(epsilon) {
            let exact = second.after(first).loss();
            // f64 logarithms and quotients are good to about 1e-15.
            assert!(exact <= epsilon + 2e-15, "{name}: {exact}");
            assert!(epsilon - exact < 1e-9, "{name}: only {exact}");
        }
    }
}

#[test]
fn what_is_sent_is_the_response_that_estimates_take_it_for() {
    let close = |found: f64, stated: f64, name: &str| {
        assert!((found / stated - 1.0).abs() < 1e-9, "{name}: {found}, not {stated}");
    };
    for epsilon in EPSILONS {
        for (times, classes) in TIMES.into_iter().zip([2, 3, 5, 10, 20]) {
            let second = InstantaneousResponse::new(classes, 1, epsilon * times, epsilon);
            let sent = second.after(RandomisedResponse::new(classes, epsilon * times).likelihoods());
            let (keep, switch) = RandomisedResponse::probabilities(classes, epsilon);
            close(sent.near, keep, "kept");
            close(sent.far, switch, "switched");
        }
        for times in TIMES {
            let wave = SquareWave::new(12, true, epsilon);
            let second = InstantaneousResponse::new(wave.outputs(), wave.width(), epsilon * times, epsilon);
            let stated = wave.probabilities(epsilon);
            let WaveProbabilities { near, far, kept, instead } =
                wave.losing(epsilon * times).probabilities(epsilon * times);
            // Of one who has no answer, a report of none is kept, and each point is put in its place.
            for (first, sent) in
                [((near, far), (stated.near, stated.far)), ((kept, instead), (stated.kept, stated.instead))]
            {
                let found = second.after(Likelihoods { near: first.0, far: first.1 });
                close(found.near, sent.0, "near");
                close(found.far, sent.1, "far");
            }
        }
    }
}

/// How likely each sequence is of which a report is sent so often, of an answer whose permanent report is `own` with
/// `near` and each other one with `far`.
fn sequence(sent: &[i32], own: usize, first: Likelihoods, second: Likelihoods) -> f64 {
    let all: i32 = sent.iter().sum();
    let of = |permanent: usize| {
        let likely = if permanent == own { first.near } else { first.far };
        likely * second.near.powi(sent[permanent]) * second.far.powi(all - sent[permanent])
    };
    (0..sent.len()).map(of).sum()
}

#[test]
fn however_often_it_is_sent_it_loses_no_more_than_the_permanent_report() {
    for epsilon in EPSILONS {
        for times in TIMES {
            let permanent = epsilon * times;
            for classes in [2, 3, 5] {
                let first = RandomisedResponse::new(classes, permanent).likelihoods();
                let second = InstantaneousResponse::new(classes, 1, permanent, epsilon).likelihoods();
                let loss =
                    |sent: &[i32]| (sequence(sent, 0, first, second) / sequence(sent, 1, first, second)).ln();
                // Whatever is sent up to six times, the same report each time tells the most of its answer.
                for number in 0..(7_i32.pow(classes as u32)) {
                    let sent: Vec<i32> =
                        (0..classes).map(|class| number / 7_i32.pow(class as u32) % 7).collect();
                    let mut same = vec![0; classes];
                    same[0] = sent.iter().sum();
                    if same[0] <= 6 {
                        assert!(loss(&sent) <= loss(&same) + 1e-12, "{sent:?}");
                    }
                }
                let mut same = vec![0; classes];
                let mut before = 0.0;
                for releases in [1, 2, 10, 100] {
                    same[0] = releases;
                    let loss = loss(&same);
                    assert!(loss <= permanent + 1e-12, "{releases} releases tell {loss} of {permanent}");
                    assert!(loss + 1e-12 >= before, "{releases} releases tell {loss}, fewer {before}");
                    before = loss;
                }
                // Where the second stage is a coin with hardly a side, a hundred tell little; else all that they may.
                if epsilon >= 1.0 && permanent < 30.0 {
                    assert!(before > 0.999 * permanent, "a hundred tell only {before} of {permanent}");
                }
            }
        }
    }
}

/// Pearson's χ² at α = 0.001, by the approximation of Wilson and Hilferty (1931) to its critical value.
fn assert_follow(counts: &[u32], likely: &[f64], name: &str) {
    let draws: f64 = counts.iter().copied().map(f64::from).sum();
    let term =
        |(count, likely): (&u32, &f64)| (f64::from(*count) - draws * likely).powi(2) / (draws * likely);
    let statistic: f64 = counts.iter().zip(likely).map(term).sum();
    let freedom = (counts.len() - 1) as f64;
    let spread = 2.0 / (9.0 * freedom);
    let critical = freedom * (1.0 - spread + 3.0902 * spread.sqrt()).powi(3);
    assert!(statistic < critical, "{name}: χ² = {statistic}");
}

#[test]
fn both_stages_in_a_row_are_drawn_as_stated() {
    let mut rng = ChaCha12Rng::seed_from_u64(21);
    for (classes, epsilon, times) in [(3, 2.0, 4.0), (5, 1.0 / 6.0, 4.0), (5, 1.0, 1.5)] {
        let first = RandomisedResponse::new(classes, epsilon * times);
        let second = InstantaneousResponse::new(classes, 1, epsilon * times, epsilon);
        let (keep, switch) = RandomisedResponse::probabilities(classes, epsilon);
        for truth in 0..classes {
            let mut counts = vec![0; classes];
            for _ in 0..100_000 {
                let permanent = first.draw(truth, &mut rng).unwrap();
                counts[second.draw(permanent, &mut rng).unwrap()] += 1;
            }
            let likely: Vec<f64> =
                (0..classes).map(|class| if class == truth { keep } else { switch }).collect();
            assert_follow(&counts, &likely, &format!("{truth} of {classes} at {epsilon}"));
        }
    }
    let wave = SquareWave::new(10, true, 1.0);
    let (first, second) =
        (wave.losing(4.0), InstantaneousResponse::new(wave.outputs(), wave.width(), 4.0, 1.0));
    let WaveProbabilities { near, far, kept, instead } = wave.probabilities(1.0);
    for truth in 0..11 {
        let mut counts = vec![0; wave.outputs()];
        for _ in 0..100_000 {
            let permanent = first.draw(truth, &mut rng).unwrap();
            counts[second.draw(permanent, &mut rng).unwrap()] += 1;
        }
        let likely = |report: usize| match (truth < 10, report < wave.cells()) {
            (true, true) if (truth..truth + wave.width()).contains(&report) => near,
            (true, _) => far,
            (false, true) => instead,
            (false, false) => kept,
        };
        let likely: Vec<f64> = (0..wave.outputs()).map(likely).collect();
        assert_follow(&counts, &likely, &format!("{truth} of the wave"));
    }
}

/// Two waves of one browser that answers alike: each release by itself is as stated, and the two are tied to each other
/// by the permanent report alone.
#[test]
fn releases_of_two_waves_are_drawn_around_one_permanent_report() {
    let definition = survey(r#"{"kind": "randomised", "epsilon": 2}"#, NPS);
    let response = answered(&definition, &[9]);
    let mut rng = ChaCha12Rng::seed_from_u64(22);
    let mut counts = vec![0; 9];
    for _ in 0..20_000 {
        let mut keep = Keep::default();
        let [before, after] = [20_700, 20_800].map(|day| {
            let wave = Wave::of(definition.wave, day);
            let prepared = outcome_in(&definition, &response, &keep, &Segment::default(), wave, &mut rng);
            let prepared = prepared.unwrap_or_else(|_| panic!("not prepared"));
            keep = prepared.keep.clone();
            let released = released(&prepared);
            let cells = released.items[0].1.cells();
            cells.iter().position(|count| *count > 0).unwrap()
        });
        counts[before * 3 + after] += 1;
    }
    let first = RandomisedResponse::new(3, 8.0).likelihoods();
    let second = InstantaneousResponse::new(3, 1, 8.0, 2.0).likelihoods();
    let likely = |cell: usize| {
        let mut sent = [0; 3];
        sent[cell / 3] += 1;
        sent[cell % 3] += 1;
        sequence(&sent, 2, first, second)
    };
    let likely: Vec<f64> = (0..9).map(likely).collect();
    assert!((likely.iter().sum::<f64>() - 1.0).abs() < 1e-9);
    assert_follow(&counts, &likely, "two waves");
}
