//! Randomised lines, some of which may lack an answer, have several, or are drawn: what is estimated from their reports is right on
//! average, with the stated noise.

use crate::support::{self, NPS, given, prepared, released, survey, survey_with};
use puls_analysis::estimates::{Estimate, answered, score, shares};
use puls_analysis::line::{Line, Noise, ResponseNoise};
use puls_core::definition::Definition;
use puls_core::path::{Path, Plan};
use puls_core::privacy::{Keep, RandomisedResponse, prepare};
use puls_core::segment::Segment;
use puls_core::summary::Counts;
use puls_core::wave::Wave;
use rand_chacha::ChaCha12Rng;
use rand_core::{Rng, SeedableRng};

const RATING: &str = r#"{"id": "ease", "kind": "rating", "text": "?", "scale": {"points": 5}}"#;

/// What the estimates of many simulated surveys are like.
struct Simulated {
    mean: f64,
    deviation: f64,
    /// The mean half width of the intervals, as a standard error.
    stated: f64,
}

impl Simulated {
    /// Sums up 150 people, each with an own device, `runs` times, and estimates from one line's counts.
    /// They are drawn from `people`, so that the estimates differ by who answered as well as by the noise.
    fn of(
        definition: &Definition,
        people: &[Vec<Option<u32>>],
        runs: u64,
        line: usize,
        estimate: impl Fn(&Line, &Counts) -> Estimate,
    ) -> Self {
        let of = Line::of(definition, &definition.counted()[line]);
        let mut found = Vec::new();
        for seed in 0..runs {
            let mut rng = ChaCha12Rng::seed_from_u64(seed);
            let mut sum = of.nobody();
            for _ in 0..150 {
                let response = given(definition, &people[(rng.next_u64() % people.len() as u64) as usize]);
                let release =
                    released(definition, &prepared(definition, &response, &Keep::default(), &mut rng));
                sum.merge(&release.items[line].1);
            }
            found.push(estimate(&of, &sum));
        }
        let count = runs as f64;
        let mean = found.iter().map(|estimate| estimate.value).sum::<f64>() / count;
        let variance =
            found.iter().map(|estimate| (estimate.value - mean).powi(2)).sum::<f64>() / (count - 1.0);
        let stated =
            found.iter().map(|estimate| (estimate.high - estimate.low) / 2.0 / 1.96).sum::<f64>() / count;
        Self { mean, deviation: variance.sqrt(), stated }
    }

    /// Right on average within five standard errors, and as certain as it is.
    fn assert_is(&self, truth: f64, runs: u64, bias: f64) {
        let Self { mean, deviation, stated } = *self;
        assert!((mean - truth).abs() < 5.0 * deviation / (runs as f64).sqrt() + bias, "{mean} for {truth}");
        // The standard error of a standard deviation is that of the mean over √2.
        let slack = 5.0 / (2.0 * runs as f64).sqrt();
        assert!((deviation / stated - 1.0).abs() < slack, "deviates by {deviation}, states {stated}");
    }
}

/// A line's main figure.
fn figure(line: &Line, counts: &Counts) -> Estimate {
    score(line, counts).unwrap()
}

/// So many people with each of these answers.
fn people(groups: &[(usize, Option<u32>)]) -> Vec<Vec<Option<u32>>> {
    groups.iter().flat_map(|(count, answer)| vec![vec![*answer]; *count]).collect()
}

#[test]
fn a_score_and_a_mean_among_those_who_answered_are_unbiased() {
    let item = r#""privacy": {"kind": "randomised", "epsilon": 3}, "items": [
        {"id": "a", "kind": "net_promoter", "text": "?", "required": false}]"#;
    let definition = survey_with(item);
    // Of 300 answers 50 % promote and 20 % detract; 100 people skipped.
    let everybody = people(&[(150, Some(1 << 10)), (90, Some(1 << 8)), (60, Some(1)), (100, None)]);
    // A quotient of estimates is off by about its variance; that is far below a point here.
    Simulated::of(&definition, &everybody, 150, 0, figure).assert_is(30.0, 150, 0.5);

    let item = r#""privacy": {"kind": "randomised", "epsilon": 3}, "items": [
        {"id": "a", "kind": "rating", "text": "?", "scale": {"points": 5}, "required": false}]"#;
    let definition = survey_with(item);
    let everybody = people(&[(120, Some(1 << 4)), (90, Some(1 << 3)), (90, Some(1)), (100, None)]);
    Simulated::of(&definition, &everybody, 150, 0, figure).assert_is(3.5, 150, 0.03);
    let share = |line: &Line, counts: &Counts| shares(line, counts, 150)[3];
    Simulated::of(&definition, &everybody, 150, 0, share).assert_is(0.3, 150, 0.01);
}

#[test]
fn how_many_answered_is_unbiased() {
    let item = r#""privacy": {"kind": "randomised", "epsilon": 2}, "items": [
        {"id": "a", "kind": "count", "text": "?", "most": 2, "required": false}]"#;
    let definition = survey_with(item);
    let everybody = people(&[(150, Some(1)), (150, Some(4)), (100, None)]);
    let count = |line: &Line, counts: &Counts| {
        let value = answered(counts, 150, line.noise) as f64;
        Estimate { value, low: value, high: value }
    };
    let Simulated { mean, deviation, .. } = Simulated::of(&definition, &everybody, 150, 0, count);
    assert!((mean - 112.5).abs() < 5.0 * deviation / 150_f64.sqrt(), "{mean}");
}

#[test]
fn shares_of_several_answers_are_unbiased() {
    let item = |required: bool| {
        format!(
            r#""privacy": {{"kind": "randomised", "epsilon": 6}}, "items": [
                {{"id": "a", "kind": "choices", "text": "?", "required": {required},
                  "options": [{{"id": "x", "text": "X"}}, {{"id": "y", "text": "Y"}}, {{"id": "z", "text": "Z"}}]}}]"#
        )
    };
    let share = |cell: usize| move |line: &Line, counts: &Counts| shares(line, counts, 150)[cell];
    let definition = survey_with(&item(true));
    let everybody = people(&[(120, Some(0b011)), (80, Some(0b001)), (200, Some(0b100))]);
    for (cell, truth) in [(0, 0.5), (1, 0.3), (2, 0.5)] {
        Simulated::of(&definition, &everybody, 100, 0, share(cell)).assert_is(truth, 100, 0.0);
    }
    // 300 of 400 answered.
    let definition = survey_with(&item(false));
    let everybody = people(&[(120, Some(0b011)), (60, Some(0b001)), (120, Some(0b100)), (100, None)]);
    for (cell, truth) in [(0, 0.6), (1, 0.4), (2, 0.4)] {
        Simulated::of(&definition, &everybody, 100, 0, share(cell)).assert_is(truth, 100, 0.02);
    }
}

#[test]
fn an_index_is_unbiased() {
    let fields = r#""privacy": {"kind": "randomised", "epsilon": 8}, "items": [
            {"id": "a", "kind": "agreement", "text": "?", "scale": {"points": 5}},
            {"id": "b", "kind": "agreement", "text": "?", "scale": {"points": 5}, "reverse": true}],
        "derived": {"both": {"kind": "index", "items": ["a", "b"]}}"#;
    let definition = survey_with(fields);
    // Steps above the lowest: 4 and 4, 3 and 1, 0 and 0, of 8: 100, 50 and 0 of 100.
    let pair = |a: u32, b: u32| vec![Some(1 << a), Some(1 << b)];
    let everybody = [vec![pair(4, 0); 200], vec![pair(3, 3); 100], vec![pair(0, 4); 100]].concat();
    Simulated::of(&definition, &everybody, 100, 2, figure).assert_is(62.5, 100, 0.0);
}

#[test]
fn a_sample_is_unbiased_and_who_was_asked_is_known() {
    let item =
        |id: &str| format!(r#"{{"id": "{id}", "kind": "rating", "text": "?", "scale": {{"points": 3}}}}"#);
    let items: Vec<String> = ["a", "b", "c"].map(item).into();
    let fields = format!(
        r#""privacy": {{"kind": "randomised", "epsilon": 2}}, "sample": 2, "items": [{}]"#,
        items.join(",")
    );
    let definition = survey_with(&fields);
    let line = Line::of(&definition, &definition.counted()[0]);
    let (keep, switch) = RandomisedResponse::probabilities(3, 1.0);
    assert_eq!(
        line.noise,
        Noise::Response(ResponseNoise { keep, switch, missing: false }),
        "each of two has half"
    );
    let segment = Segment::default();
    let mut rng = ChaCha12Rng::seed_from_u64(8);
    let mut sums = vec![Counts::empty(3); 3];
    for person in 0..3_000 {
        let plan = Plan::draw(&definition, &mut rng).unwrap();
        // Answers of items that weren't drawn count for nothing.
        let response = given(&definition, &[Some(1 << (person % 3)), Some(4), Some(1)]);
        let path = Path::of(&definition, &plan, &segment, &response);
        let prepared = prepare(&path, Keep::default(), Wave::of(definition.wave, 0), &mut rng).unwrap();
        let release = released(&definition, &prepared);
        let asked: Vec<usize> = (0..3).filter(|line| release.items[*line].1.missing() == 0).collect();
        assert_eq!(asked, plan.items());
        sums.iter_mut().zip(&release.items).for_each(|(sum, (_, counts))| sum.merge(counts));
    }
    for (sum, truth) in sums.iter().zip([2.0, 3.0, 1.0]) {
        let mean = score(&line, sum).unwrap();
        assert!((mean.value - truth).abs() < 0.2, "{mean:?} for {truth}");
        assert!(sum.total().abs_diff(2_000) < 150);
    }
}

/// Estimates of many simulated surveys with these respondents: their mean and standard deviation.
fn simulate(
    definition: &Definition,
    answers: &[usize],
    runs: u64,
    estimate: impl Fn(&Counts) -> f64,
) -> (f64, f64) {
    let mut estimates = Vec::new();
    for seed in 0..runs {
        let mut rng = ChaCha12Rng::seed_from_u64(seed);
        let mut sum = Line::of(definition, &definition.counted()[0]).nobody();
        for answer in answers {
            let response = support::answered(definition, &[*answer]);
            let prepared = prepared(definition, &response, &Keep::default(), &mut rng);
            sum.merge(&released(definition, &prepared).items[0].1);
        }
        estimates.push(estimate(&sum));
    }
    let mean = estimates.iter().sum::<f64>() / runs as f64;
    let variance =
        estimates.iter().map(|estimate| (estimate - mean).powi(2)).sum::<f64>() / (runs - 1) as f64;
    (mean, variance.sqrt())
}

#[test]
fn randomised_net_promoter_score_is_unbiased_with_the_stated_noise() {
    let definition = survey(r#"{"kind": "randomised", "epsilon": 2}"#, NPS);
    // 50 promoters, 30 passives, 20 detractors: a score of 30.
    let answers: Vec<usize> = [vec![10; 50], vec![7; 30], vec![3; 20]].concat();
    let line = Line::of(&definition, &definition.counted()[0]);
    let (mean, noise) = simulate(&definition, &answers, 1_500, |counts| score(&line, counts).unwrap().value);
    // With the answers fixed, the noise alone is 8.9 points at n = 100; five standard errors of the mean.
    assert!((mean - 30.0).abs() < 5.0 * 8.9 / 1_500_f64.sqrt(), "mean {mean}");
    assert!((noise - 8.9).abs() < 0.8, "noise {noise}");
}

#[test]
fn randomised_mean_and_shares_are_unbiased() {
    let definition = survey(r#"{"kind": "randomised", "epsilon": 3}"#, RATING);
    let answers: Vec<usize> = [vec![4; 80], vec![3; 60], vec![0; 60]].concat();
    let line = Line::of(&definition, &definition.counted()[0]);
    let (found, spread) =
        simulate(&definition, &answers, 1_000, |counts| score(&line, counts).unwrap().value);
    assert!((found - 3.5).abs() < 5.0 * spread / 1_000_f64.sqrt(), "mean {found}");
    let (found, spread) =
        simulate(&definition, &answers, 1_000, |counts| shares(&line, counts, 200)[3].value);
    assert!((found - 0.3).abs() < 5.0 * spread / 1_000_f64.sqrt(), "share {found}");
}
