//! What the mechanisms promise, by the code that keeps the promise: exact ε, memoised replacements,
//! disjoint batches.

use crate::support::{
    self, NPS, answered, document, outcome, read, released, survey, survey_with, through_json,
};
use puls_core::definition::Definition;
use puls_core::privacy::{Keep, Outcome, PrepareError, Prepared, RandomisedResponse};
use puls_core::read::Json;
use puls_core::segment::Segment;
use puls_core::summary::Counts;
use puls_core::wave::Wave;
use rand_chacha::ChaCha12Rng;
use rand_core::{Rng, SeedableRng, TryCryptoRng, TryRng};
use serde_json::json;

const RATING: &str = r#"{"id": "ease", "kind": "rating", "text": "?", "scale": {"points": 5}}"#;

fn prepared(definition: &Definition, cells: &[usize], keep: &Keep, rng: &mut ChaCha12Rng) -> Prepared {
    support::prepared(definition, &answered(definition, cells), keep, rng)
}

#[test]
fn the_loss_never_exceeds_epsilon_and_comes_close_to_it() {
    for epsilon in [0.01, 0.5, 1.0, 2.0, 4.0, 8.0] {
        for classes in [2, 3, 5, 10, 20] {
            let exact = RandomisedResponse::new(classes, epsilon).epsilon();
            // f64 logarithms are good to about 1e-15, far below the margin that the threshold keeps.
            assert!(exact <= epsilon + 1e-15, "{classes} classes lose {exact}, more than {epsilon}");
            assert!(epsilon - exact < 1e-10, "{classes} classes lose only {exact} of {epsilon}");
        }
    }
}

/// Pearson's χ² against the probabilities, at α = 0.001 with 2 and 4 degrees of freedom.
#[test]
fn draws_follow_the_probabilities() {
    for (classes, critical) in [(3, 13.816), (5, 18.467)] {
        for epsilon in [0.5, 2.0, 6.0] {
            let mut rng = ChaCha12Rng::seed_from_u64(1);
            let responses = RandomisedResponse::new(classes, epsilon);
            let (keep, switch) = RandomisedResponse::probabilities(classes, epsilon);
            for truth in 0..classes {
                let mut counts = vec![0_u32; classes];
                for _ in 0..100_000 {
                    counts[responses.draw(truth, &mut rng).unwrap()] += 1;
                }
                let statistic: f64 = counts
                    .iter()
                    .enumerate()
                    .map(|(class, count)| {
                        let expected = 100_000.0 * if class == truth { keep } else { switch };
                        (f64::from(*count) - expected).powi(2) / expected
                    })
                    .sum();
                assert!(statistic < critical, "χ² = {statistic} for {classes} classes at ε = {epsilon}");
            }
        }
    }
}

/// Draws the scripted values, and panics past their end.
struct Scripted(Vec<u64>);

impl TryRng for Scripted {
    type Error = std::convert::Infallible;
    fn try_next_u32(&mut self) -> Result<u32, Self::Error> {
        Ok(self.0.remove(0) as u32)
    }
    fn try_next_u64(&mut self) -> Result<u64, Self::Error> {
        Ok(self.0.remove(0))
    }
    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Self::Error> {
        bytes.fill_with(|| self.0.remove(0) as u8);
        Ok(())
    }
}

#[test]
fn the_extreme_draws_keep_and_switch_and_biased_ones_are_rejected() {
    let responses = RandomisedResponse::new(4, 1.0);
    let draw = |values: &[u64]| responses.draw(1, &mut Scripted(values.to_vec())).unwrap();
    assert_eq!(draw(&[0]), 1);
    assert_eq!([0, 1, 2].map(|other| draw(&[u64::MAX, other])), [0, 2, 3]);
    // 2^64 − 1 is a multiple of 3, so the one value past it would favour class 0.
    assert_eq!(draw(&[u64::MAX, u64::MAX, 1]), 2);
}

#[test]
fn batches_add_up_to_exactly_what_was_answered() {
    let definition = survey(r#"{"kind": "batched", "k": 4, "device": "shared"}"#, NPS);
    let mut rng = ChaCha12Rng::seed_from_u64(2);
    let (mut keep, mut total, mut respondents, mut ids) = (Keep::default(), Counts::empty(11), 0, Vec::new());
    let mut truth = Counts::empty(11);
    for person in 0..400 {
        let answer = (rng.next_u64() % 11) as usize;
        truth.merge(&Counts::one(11, Some(answer)));
        let prepared = prepared(&definition, &[answer], &keep, &mut rng);
        match &prepared.outcome {
            Outcome::Held { respondents, of } => {
                assert_eq!((*respondents, *of), (person % 4 + 1, 4));
            }
            _ => {
                let released = released(&prepared);
                assert_eq!(released.respondents, 4);
                respondents += released.respondents;
                total.merge(&released.items[0].1);
                ids.push(released.id);
            }
        }
        keep = through_json(&prepared.keep, &definition);
        assert_eq!(keep, prepared.keep);
    }
    ids.sort();
    ids.dedup();
    assert_eq!((total, respondents, ids.len()), (truth, 400, 100));
}

#[test]
fn each_segment_has_a_batch_of_its_own_and_a_batch_keeps_its_id() {
    let definition = survey(r#"{"kind": "batched", "k": 3, "device": "shared"}"#, NPS);
    let [a, b] = ["a", "b"].map(|unit| Segment::new(&definition.segments, [("unit", unit)]).unwrap());
    let mut rng = ChaCha12Rng::seed_from_u64(3);
    let mut keep = Keep::default();
    let mut join = |segment: &Segment, keep: &mut Keep| {
        let response = answered(&definition, &[9]);
        let prepared = outcome(&definition, &response, keep, segment, &mut rng).unwrap();
        *keep = prepared.keep.clone();
        prepared
    };
    for segment in [&a, &b, &a, &b] {
        assert!(matches!(join(segment, &mut keep).outcome, Outcome::Held { .. }));
    }
    // A page closed before the answers have joined prepares a release under the same id.
    let before = keep.clone();
    let first = released(&join(&a, &mut keep));
    let mut again = before;
    assert_eq!(released(&join(&a, &mut again)).id, first.id);
    assert_eq!((first.respondents, first.segment), (3, a));
}

#[test]
fn nobody_joins_a_full_batch_and_until_it_is_cleared_it_comes_to_the_same_release() {
    let definition = survey(r#"{"kind": "batched", "k": 3, "device": "shared"}"#, NPS);
    let mut rng = ChaCha12Rng::seed_from_u64(4);
    let wave = Wave::of(definition.wave, 20_778);
    let mut keep = Keep::default();
    let mut shown = None;
    // The page is closed after the third person's answers have joined, and two more people come.
    for person in 0..5 {
        let mut prepared = prepared(&definition, &[person], &keep, &mut rng);
        assert_eq!(prepared.keep.clone().take_full(&definition, wave).len(), usize::from(person >= 2));
        if let Outcome::Release(release) = &prepared.outcome {
            assert_eq!(person, 2, "only the third person makes it full");
            shown = Some(release.clone());
        }
        keep = through_json(&prepared.keep, &definition);
        prepared.keep.take_full(&definition, wave);
        assert!(prepared.keep.take_full(&definition, wave).is_empty(), "once it is cleared, it is gone");
    }
    let full = keep.clone().take_full(&definition, wave);
    assert_eq!(
        full,
        keep.take_full(&definition, wave),
        "as long as it isn't stored, clearing changes nothing"
    );
    assert_eq!(full, [shown.unwrap()]);
    let next = released(&prepared(&definition, &[9], &keep, &mut rng));
    assert_eq!((next.respondents, next.items[0].1.cells()[9]), (3, 1));
    assert_ne!(next.id, full[0].id());
}

#[test]
fn in_one_wave_a_repeated_answer_is_reported_alike_and_what_is_kept_does_not_tell_it() {
    let definition = survey(r#"{"kind": "randomised", "epsilon": 1}"#, NPS);
    for seed in 0..50 {
        let mut rng = ChaCha12Rng::seed_from_u64(seed);
        let first = prepared(&definition, &[8], &Keep::default(), &mut rng);
        let reported = released(&first).items;
        let first_keep = first.keep.clone();
        let mut keep = first.keep;
        for _ in 0..2 {
            let next = prepared(&definition, &[7], &through_json(&keep, &definition), &mut rng);
            assert_eq!(released(&next).items, reported, "7 and 8 are both passive");
            keep = next.keep;
        }
        // The same draws with another answer leave the very same trace.
        let other = prepared(&definition, &[0], &Keep::default(), &mut ChaCha12Rng::seed_from_u64(seed));
        assert!(other.keep == first_keep);
    }
}

fn kept(text: &str, definition: &Definition) -> Keep {
    let json: Json = serde_json::from_str::<serde_json::Value>(text).unwrap().into();
    Keep::from_json(&json, definition)
}

#[test]
fn what_somebody_wrote_into_storage_is_forgotten() {
    let definition = survey(r#"{"kind": "batched", "k": 3, "device": "shared"}"#, NPS);
    for text in [
        "null",
        "[]",
        r#"{"spent": -1, "batches": {}, "permanent": [], "wave": 3}"#,
        r#"{"spent": "x", "batches": [{"id": "x"}], "permanent": {}, "wave": {"of": "\"", "reports": {}}}"#,
        r#"{"permanent": {"recommend": {"times": 1, "used": 0, "epsilon": -1, "reports": [0, 9]}}}"#,
        r#"{"permanent": {"recommend": {"times": 0, "used": 0, "epsilon": 1, "reports": [0, 1, 2]}}}"#,
        r#"{"permanent": {"recommend": {"times": 1, "used": 0, "epsilon": 1, "reports": [0, 1, 999]}}}"#,
        r#"{"permanent": {"recommend": {"times": 1, "used": 0.5, "epsilon": 1, "reports": [0, 1, 2]}}}"#,
    ] {
        assert_eq!(kept(text, &definition), Keep::default(), "{text}");
    }
}

/// Each by itself: what was counted of one group, or drawn for one line, doesn't go with what was of another.
#[test]
fn of_what_is_kept_only_what_does_not_fit_is_forgotten() {
    let shared = r#""privacy": {"kind": "batched", "k": 3, "device": "shared"}, "items": ["#;
    let definition = survey_with(&format!("{shared}{NPS}]"));
    let mut rng = ChaCha12Rng::seed_from_u64(6);
    let mut keep = Keep::default();
    for unit in ["a", "b", "a"] {
        let segment = Segment::new(&definition.segments, [("unit", unit)]).unwrap();
        let response = answered(&definition, &[9]);
        keep = outcome(&definition, &response, &keep, &segment, &mut rng).unwrap().keep;
    }
    let version = |value: &str| {
        let document = document(&format!("{shared}{NPS}]")).with("version", 2);
        read(&document.with("segments", json!({"unit": [value, "c"]})))
    };
    for (value, held) in [("a", 3), ("b", 2)] {
        let later = version(value);
        let keep = through_json(&keep, &later);
        let segment = Segment::new(&later.segments, [("unit", value)]).unwrap();
        let next = outcome(&later, &answered(&later, &[3]), &keep, &segment, &mut rng).unwrap();
        match next.outcome {
            Outcome::Release(_) => assert_eq!(held, 3, "{value}"),
            Outcome::Held { respondents, .. } => assert_eq!((respondents, 2), (held, held), "{value}"),
            _ => panic!("neither held nor released"),
        }
    }

    let definition = survey(r#"{"kind": "randomised"}"#, &format!("{NPS}, {RATING}"));
    let before = prepared(&definition, &[9, 3], &Keep::default(), &mut rng);
    let mut value: serde_json::Value = serde_json::from_str(&before.keep.to_string()).unwrap();
    let others = value["permanent"]["ease"].clone();
    value["permanent"]["recommend"]["reports"][0] = (-1).into();
    value["wave"]["of"] = "2026-10".into();
    let after = prepared(&definition, &[9, 3], &kept(&value.to_string(), &definition), &mut rng);
    let value: serde_json::Value = serde_json::from_str(&after.keep.to_string()).unwrap();
    assert_eq!(value["permanent"]["ease"]["reports"], others["reports"]);
    let used = |line: &str| value["permanent"][line]["used"].clone();
    assert_eq!([used("ease"), used("recommend"), value["spent"].clone()], [2, 1, 4], "one was drawn anew");
}

/// A source of randomness that fails.
struct Broken;

impl TryRng for Broken {
    type Error = std::fmt::Error;
    fn try_next_u32(&mut self) -> Result<u32, Self::Error> {
        Err(std::fmt::Error)
    }
    fn try_next_u64(&mut self) -> Result<u64, Self::Error> {
        Err(std::fmt::Error)
    }
    fn try_fill_bytes(&mut self, _: &mut [u8]) -> Result<(), Self::Error> {
        Err(std::fmt::Error)
    }
}

impl TryCryptoRng for Broken {}

#[test]
fn without_randomness_or_with_a_gap_nothing_is_released() {
    for privacy in [r#"{"kind": "randomised"}"#, r#"{"kind": "batched", "device": "shared"}"#] {
        let definition = survey(privacy, NPS);
        let prepare = |cells: &[usize]| {
            let response = answered(&definition, cells);
            outcome(&definition, &response, &Keep::default(), &Segment::default(), &mut Broken)
        };
        assert!(matches!(prepare(&[5]), Err(PrepareError::Randomness(_))));
        assert!(matches!(prepare(&[]), Err(PrepareError::Unanswered { item }) if item == "recommend"));
    }
}

#[test]
fn the_size_of_a_randomised_release_does_not_depend_on_the_answer() {
    let definition = survey(r#"{"kind": "randomised"}"#, &format!("{NPS}, {RATING}"));
    let mut rng = ChaCha12Rng::seed_from_u64(4);
    let size =
        |cells: &[usize], rng: &mut ChaCha12Rng| match prepared(&definition, cells, &Keep::default(), rng)
            .outcome
        {
            Outcome::Release(release) => release.json().len(),
            _ => 0,
        };
    let first = size(&[0, 0], &mut rng);
    for cells in [[10, 4], [7, 2], [3, 1]] {
        assert_eq!(size(&cells, &mut rng), first);
    }
}
