//! Joint lines: sums of products as they are received, held against the answers that they are of, and the figures made
//! of them.

use crate::support::{SCALES_AND_OTHERS, given, prepared, released, survey_with, through_json};
use puls_analysis::disclosure::{Detail, Disclosed, Groups, Shown, joint_step, published_joint};
use puls_analysis::estimates::{Estimate, LineReliability};
use puls_analysis::received::Received;
use puls_analysis::results::{JointResult, Reason, Results, Totals};
use puls_core::definition::Definition;
use puls_core::joint_sums::JointSums;
use puls_core::privacy::{Keep, Outcome};
use rand_chacha::ChaCha12Rng;
use rand_core::{Rng, SeedableRng};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The lines of [`SCALES_AND_OTHERS`] that are joint below, in their order there.
const LINES: [usize; 3] = [1, 3, 0];

fn joint(fields: &str) -> Definition {
    survey_with(&format!(r#""items": {SCALES_AND_OTHERS}, {fields}"#))
}

fn batched(k: usize) -> Definition {
    joint(&format!(
        r#""privacy": {{"kind": "batched", "k": {k}, "device": "shared"}}, "joint": ["ease", "clarity", "recommend"]"#
    ))
}

/// One person's cells on the six lines: all lean the same way, `ease` the other, and a third skip `clarity`.
fn person(rng: &mut ChaCha12Rng) -> [Option<usize>; 6] {
    let mut below = |bound: u32| (rng.next_u32() % bound) as usize;
    let mood = below(4);
    let (ease, clarity) = (4 - (mood + below(2)), mood + below(2));
    let clarity = (below(3) > 0).then_some(clarity);
    [Some(mood * 2 + below(5)), Some(ease), Some(below(2)), clarity, None, Some(below(5))]
}

fn answers(person: &[Option<usize>; 6]) -> Vec<Option<u32>> {
    person.iter().map(|cell| cell.map(|cell| 1 << cell)).collect()
}

/// All that so many people's batches come to, and the people.
fn collected(definition: &Definition, people: usize) -> (Totals, Vec<[Option<usize>; 6]>) {
    let mut rng = ChaCha12Rng::seed_from_u64(11);
    let (mut keep, mut totals, mut all) = (Keep::default(), Totals::default(), Vec::new());
    let mut sums = JointSums::empty(definition).unwrap();
    for _ in 0..people {
        let one = person(&mut rng);
        let outcome = prepared(definition, &given(definition, &answers(&one)), &keep, &mut rng);
        keep = through_json(&outcome.keep, definition);
        assert_eq!(keep, outcome.keep);
        all.push(one);
        if let Outcome::Release(_) = outcome.outcome {
            let received = released(definition, &outcome);
            totals.respondents += received.respondents;
            sums.merge(&received.joint.unwrap());
        }
    }
    totals.joint = Some(Shown::Published(sums));
    (totals, all)
}

/// Totals of these sums of products alone.
fn published(definition: &Definition, respondents: u64, products: Vec<u64>, missing: u64) -> Totals {
    let sums = JointSums::empty(definition).unwrap().with(products, missing).unwrap();
    let published = [(Detail::Points, sums)].into();
    let disclosed = Disclosed { respondents, published, groups: Groups::Open };
    Totals { joint: published_joint(joint_step(definition), &disclosed), ..Totals::default() }
}

fn result(definition: &Definition, totals: &Totals) -> JointResult {
    *Results::of(definition, totals, None, Vec::new(), BTreeMap::new(), "en").joint.unwrap()
}

/// The answers on the joint lines of whoever gave all of them.
fn complete(people: &[[Option<usize>; 6]]) -> Vec<Vec<f64>> {
    let row = |person: &[Option<usize>; 6]| LINES.iter().map(|line| Some(person[*line]? as f64)).collect();
    people.iter().filter_map(row).collect()
}

fn variance(numbers: &[f64]) -> f64 {
    let mean = numbers.iter().sum::<f64>() / numbers.len() as f64;
    numbers.iter().map(|number| (number - mean).powi(2)).sum::<f64>() / numbers.len() as f64
}

fn pearson(one: &[f64], other: &[f64]) -> f64 {
    let sums: Vec<f64> = one.iter().zip(other).map(|(one, other)| one + other).collect();
    let covariance = (variance(&sums) - variance(one) - variance(other)) / 2.0;
    covariance / (variance(one) * variance(other)).sqrt()
}

#[test]
fn batches_add_up_to_exactly_the_products_of_what_was_answered() {
    let definition = batched(4);
    let (totals, people) = collected(&definition, 400);
    let rows = complete(&people);
    let sums = &totals.joint.as_ref().unwrap().published().unwrap();
    let factors = |row: &Vec<f64>| [vec![1.0], row.clone()].concat();
    let mut expected = Vec::new();
    for one in 0..4 {
        for other in one..4 {
            expected.push(rows.iter().map(|row| factors(row)[one] * factors(row)[other]).sum::<f64>() as u64);
        }
    }
    assert_eq!(sums.products(), expected);
    assert_eq!(sums.missing(), 400 - rows.len() as u64);
    assert!(sums.missing() > 50, "some of them skipped a line");
}

#[test]
fn figures_are_those_of_the_answers() {
    let definition = batched(4);
    let (totals, people) = collected(&definition, 400);
    let found = result(&definition, &totals);
    let rows = complete(&people);
    assert_eq!(
        (found.lines.join(" "), found.respondents),
        ("ease clarity recommend".into(), rows.len() as u64)
    );
    // What is reversed is turned round, and all is brought to 0 to 1.
    let column = |line: usize| -> Vec<f64> {
        let number = |row: &Vec<f64>| [1.0 - row[0] / 4.0, row[1] / 4.0, row[2] / 10.0][line];
        rows.iter().map(number).collect()
    };
    for (one, row) in found.correlations.iter().enumerate() {
        for (other, estimate) in row.iter().enumerate() {
            let (estimate, truth) = (estimate.unwrap(), pearson(&column(one), &column(other)));
            assert!((estimate.value - truth).abs() < 1e-9, "{one} {other}: {estimate:?} isn't {truth}");
            assert!(estimate.value > 0.3, "turned round, all of them go together");
            assert!(estimate.low <= estimate.value && estimate.value <= estimate.high);
        }
    }
    let sum_of = |lines: &[usize]| -> Vec<f64> {
        (0..rows.len()).map(|person| lines.iter().map(|line| column(*line)[person]).sum()).collect()
    };
    let alpha_of = |lines: &[usize]| {
        let (k, own) = (lines.len() as f64, lines.iter().map(|line| variance(&column(*line))).sum::<f64>());
        k / (k - 1.0) * (1.0 - own / variance(&sum_of(lines)))
    };
    let check = |found: Option<Estimate>, truth: f64| {
        let found = found.unwrap();
        assert!((found.value - truth).abs() < 1e-9, "{found:?} isn't {truth}");
        assert!(found.low < found.value && found.value < found.high);
    };
    check(found.alpha, alpha_of(&[0, 1, 2]));
    assert_eq!(found.reliability.len(), 3);
    for (line, (of_line, others)) in found.reliability.iter().zip([[1, 2], [0, 2], [0, 1]]).enumerate() {
        check(of_line.item_rest, pearson(&column(line), &sum_of(&others)));
        check(of_line.alpha_without, alpha_of(&others));
    }
}

#[test]
fn figures_of_few_are_withheld_with_a_reason() {
    let definition = batched(3);
    let nothing_yet = Disclosed { respondents: 9, published: BTreeMap::new(), groups: Groups::Open };
    let withheld = published_joint(joint_step(&definition), &nothing_yet);
    let few = result(&definition, &Totals { joint: withheld, ..Totals::default() });
    assert_eq!((few.withheld, few.respondents, few.alpha), (Some(Reason::TooFew), 0, None));
    assert!(few.correlations.is_empty() && few.reliability.is_empty());
    assert_eq!(serde_json::to_value(&few).unwrap()["withheld"], "too_few");
    let products = vec![10, 20, 20, 60, 50, 45, 130, 50, 130, 400];
    let enough = result(&definition, &published(&definition, 12, products, 2));
    assert_eq!((enough.withheld, enough.correlations.len(), enough.respondents), (None, 3, 10));
    assert!(!serde_json::to_string(&enough).unwrap().contains("withheld"));
    let nothing =
        Results::of(&joint(r#""wave": "week""#), &Totals::default(), None, vec![], BTreeMap::new(), "en");
    assert_eq!(nothing.joint, None);
}

#[test]
fn what_does_not_vary_goes_together_with_nothing() {
    let definition = batched(3);
    // All twelve said 2 on `ease`, and 4 and 10 on the others.
    let products = vec![12, 24, 48, 120, 48, 96, 240, 192, 480, 1200];
    let found = result(&definition, &published(&definition, 12, products, 0));
    assert!(found.correlations.iter().flatten().all(Option::is_none));
    assert_eq!(found.alpha, None);
    assert_eq!(found.reliability, [LineReliability { item_rest: None, alpha_without: None }; 3]);
}

/// Three points each: a mood of 0 to 2 that both share, which in one case of three is one more or less.
fn pair(rng: &mut ChaCha12Rng) -> [f64; 2] {
    let mood = rng.next_u32() % 3;
    [(); 2].map(|()| match rng.next_u32() % 3 {
        0 => f64::from(mood.saturating_sub(1)),
        1 => f64::from((mood + 1).min(2)),
        _ => f64::from(mood),
    })
}

/// In 95 of 100 surveys the intervals hold what is true of everybody.
#[test]
fn intervals_hold_the_truth() {
    let definition = survey_with(
        r#""items": [{"id": "a", "kind": "count", "text": "?", "most": 2}, {"id": "b", "kind": "count", "text": "?", "most": 2}],
            "privacy": {"kind": "batched", "device": "shared"}, "joint": ["a", "b"]"#,
    );
    // What is true of everybody, from the 27 cases, which are equally likely.
    let cases: Vec<[f64; 2]> = (0..27)
        .map(|case| {
            let moved = |by: usize, mood: usize| [mood.saturating_sub(1), (mood + 1).min(2), mood][by] as f64;
            [moved(case / 3 % 3, case % 3), moved(case / 9, case % 3)]
        })
        .collect();
    let column = |index: usize| -> Vec<f64> { cases.iter().map(|case| case[index]).collect() };
    let truth = pearson(&column(0), &column(1));
    let alpha = 2.0 * truth / (1.0 + truth);
    let (mut held, mut held_alpha) = (0, 0);
    for seed in 0..2_000 {
        let mut rng = ChaCha12Rng::seed_from_u64(seed);
        let mut sums = [0.0; 6];
        for _ in 0..100 {
            let [a, b] = pair(&mut rng);
            for (sum, product) in sums.iter_mut().zip([1.0, a, b, a * a, a * b, b * b]) {
                *sum += product;
            }
        }
        let products = sums.map(|sum: f64| sum as u64).into();
        let found = result(&definition, &published(&definition, 100, products, 0));
        let within = |estimate: Option<Estimate>, truth: f64| {
            estimate.is_some_and(|estimate| (estimate.low..=estimate.high).contains(&truth))
        };
        held += u32::from(within(found.correlations[0][1], truth));
        held_alpha += u32::from(within(found.alpha, alpha));
    }
    // Both are made for normal variables; these are of three points. Three standard errors are 1.5 %.
    for (name, held) in [("correlation", held), ("alpha", held_alpha)] {
        assert!((1_860..=1_960).contains(&held), "{name}: {held} of 2000");
    }
}

#[test]
fn what_no_answers_have_is_refused() {
    let definition = batched(3);
    let text = include_str!("../../../core/tests/wire/joint.json");
    let published = |changes: &[(&str, Value)]| {
        let mut document: Value = serde_json::from_str(text).unwrap();
        for (pointer, value) in changes {
            *document.pointer_mut(pointer).unwrap() = value.clone();
        }
        let received = Received::parse(&document.to_string(), |_, _| Some(&definition));
        received.map_or_else(|problems| problems.to_string(), |_| String::new())
    };
    assert_eq!(published(&[]), "");
    let impossible = "joint: has products that no answers of so many respondents have";
    let product = |place: usize| format!("/joint/products/{place}");
    // The lines' own: 2 people, `ease` 1 and 0, `clarity` 3 and 4, `recommend` 9 and 10.
    for (place, value) in [
        (1, 2),  // as the third person's answer isn't 3
        (2, 8),  // more than all answers to `clarity`
        (3, 12), // too little left to others, who answer up to 10
        (4, 2),  // 1 and 0 have no such squares
        (5, 5),  // more than 1 times the highest
        (6, 5),  // below the least
        (8, 65), // they can't go together so well
    ] {
        assert_eq!(published(&[(&product(place), json!(value))]), impossible, "{place}");
    }
    assert_eq!(
        published(&[("/joint/respondents", json!(1))]),
        "joint: is 2, but the survey says 1 respondents\njoint.products[9]: 181 is above 100"
            .split('\n')
            .rev()
            .collect::<Vec<_>>()
            .join("\n")
    );
    assert_eq!(
        published(&[("/joint/respondents", json!(4))]).lines().next(),
        Some("joint.respondents: 4 is above 3")
    );
    assert_eq!(
        published(&[("/joint/products", json!([0]))]),
        "joint.products: has 1 entries; allowed are 10 to 10"
    );
    assert_eq!(published(&[("/joint", json!(null))]), "joint: expected an object, found null");
    let mut without: Value = serde_json::from_str(text).unwrap();
    without.as_object_mut().unwrap().remove("joint");
    let received = Received::parse(&without.to_string(), |_, _| Some(&definition));
    assert_eq!(received.unwrap_err().to_string(), "joint: is missing");
}
