//! Whatever was answered, figures are those of all answers: also where nobody chose the top ones, where all are alike, where one
//! person answered, and where nobody did. What is right is worked out here from the single answers, by other code.

use crate::support::{Collector, id};
use puls_documents::{self as documents, Document, choice, count, net_promoter, rating};
use serde_json::{Value, json};

/// On each line a cell, or none: recommend (0 to 10), ease (five points), effort (seven, reversed), why (three options),
/// calls (0 to 4), and two points of five of which an index is made.
type Person = [Option<usize>; 7];

const LINES: [(&str, usize); 8] = [
    ("recommend", 11),
    ("ease", 5),
    ("effort", 7),
    ("why", 3),
    ("calls", 5),
    ("fun", 5),
    ("pride", 5),
    ("energy", 9),
];

/// How many people answer each survey, where it isn't one or none.
const PEOPLE: usize = 15;

fn survey(id: &str, privacy: &Value) -> String {
    let items = [
        net_promoter("recommend"),
        rating("ease", 5),
        rating("effort", 7).with("reverse", true),
        choice("why", [("a", "?"), ("b", "?"), ("c", "?")]),
        count("calls", 4),
        rating("fun", 5),
        rating("pride", 5),
    ];
    documents::survey(id)
        .items(items.map(Document::optional))
        .with("derived", json!({"energy": {"kind": "index", "items": ["fun", "pride"]}}))
        .privacy(privacy.clone())
        .with("wave", "month")
        .to_string()
}

/// People who answer everything at the same place of each scale, in thousandths.
fn all_at(place: usize) -> Vec<Person> {
    let cell = |line: usize| Some(place * (LINES[line].1 - 1) / 1000);
    vec![std::array::from_fn(cell); PEOPLE]
}

/// Every way in which answers may be lopsided.
fn vectors() -> Vec<Vec<Person>> {
    let skipped = [None; 7];
    let only_one = |of: usize| {
        let mut people = vec![skipped; PEOPLE];
        people[of] = all_at(of * 1000 / PEOPLE)[0];
        people
    };
    // The first faults: twelve detractors, and 1, 2 and 3 of five.
    let low =
        (0..PEOPLE).map(|n| [Some(2), Some(n % 3), Some(n % 2), Some(0), Some(0), Some(n % 2), Some(n % 3)]);
    let half_skips = (0..PEOPLE).map(|n| if n % 2 == 0 { all_at(0)[0] } else { skipped });
    let mixed = (0..PEOPLE).map(|n| {
        std::array::from_fn(|line| (n * 7 + line * 5) % 4 != 0)
            .map(|answers: bool| answers.then_some(n * n % 3))
    });
    vec![
        low.collect(),
        all_at(0),
        all_at(500),
        all_at(1000),
        vec![skipped; PEOPLE],
        only_one(0),
        only_one(7),
        half_skips.collect(),
        mixed.collect(),
    ]
}

/// The cell of every line, the derived one last.
fn cells(person: &Person) -> Vec<Option<usize>> {
    let index = person[5].zip(person[6]).map(|(fun, pride)| fun + pride);
    person.iter().copied().chain([index]).collect()
}

fn counts(people: &[Person], line: usize) -> (Vec<u64>, u64) {
    let mut counts = vec![0; LINES[line].1];
    let mut missing = 0;
    for person in people {
        match cells(person)[line] {
            Some(cell) => counts[cell] += 1,
            None => missing += 1,
        }
    }
    (counts, missing)
}

fn release(number: usize, survey: &str, mechanism: &Value, people: &[Person], lines: &[usize]) -> Value {
    let items = lines.iter().map(|line| {
        let (cells, missing) = counts(people, *line);
        (LINES[*line].0.to_owned(), json!({"cells": cells, "missing": missing}))
    });
    json!({
        "format": "puls-release/1", "id": id(number), "survey": survey, "version": 1, "wave": "2026-11",
        "segment": {}, "mechanism": mechanism, "respondents": people.len(),
        "items": items.collect::<serde_json::Map<String, Value>>(),
    })
}

/// The main figure of all answers: a net promoter score, a mean of numbers, or an index of 0 to 100.
fn figure(line: usize, counts: &[u64]) -> Option<f64> {
    let answered: u64 = counts.iter().sum();
    if answered == 0 || LINES[line].0 == "why" {
        return None;
    }
    let sum = |points: &dyn Fn(usize) -> f64| -> f64 {
        counts.iter().enumerate().map(|(cell, count)| points(cell) * *count as f64).sum::<f64>()
            / answered as f64
    };
    Some(match LINES[line].0 {
        "recommend" => sum(&|cell| {
            if cell < 7 {
                -100.0
            } else if cell < 9 {
                0.0
            } else {
                100.0
            }
        }),
        "calls" => sum(&|cell| cell as f64),
        "energy" => sum(&|cell| 12.5 * cell as f64),
        _ => sum(&|cell| cell as f64 + 1.0),
    })
}

/// The share of the answers in those cells that are favourable.
fn favourable(line: usize, counts: &[u64]) -> Option<f64> {
    let cells = match LINES[line].0 {
        "recommend" => 9..11,
        "ease" | "fun" | "pride" => 3..5,
        "effort" => 0..3,
        _ => return None,
    };
    let answered: u64 = counts.iter().sum();
    Some(counts[cells].iter().sum::<u64>() as f64 / answered as f64)
}

fn close(found: &Value, expected: f64) -> bool {
    found.as_f64().is_some_and(|found| (found - expected).abs() < 1e-9)
}

/// Holds an item of the results against the answers that it is of.
fn check(name: &str, item: &Value, line: usize, people: &[Person]) {
    let (counts, missing) = counts(people, line);
    let answered: u64 = counts.iter().sum();
    let place = format!("{name}, {}: {item}", LINES[line].0);
    if answered < 10 {
        // Few are withheld, with a reason, in every detail that takes more.
        assert_eq!(item["distribution"]["withheld"], "too_few", "{place}");
        assert_eq!(item["counts"], json!([]), "{place}");
        return;
    }
    assert_eq!((&item["answered"], &item["missing"]), (&json!(answered), &json!(missing)), "{place}");
    assert_eq!(item["counts"], json!(counts), "{place}");
    match figure(line, &counts) {
        Some(expected) => assert!(close(&item["score"]["value"], expected), "{expected} in {place}"),
        None => assert_eq!(item["score"], Value::Null, "{place}"),
    }
    match favourable(line, &counts) {
        Some(expected) => {
            assert!(close(&item["favourable"]["favourable"]["value"], expected), "{expected} in {place}")
        }
        None => assert_eq!(item["favourable"], Value::Null, "{place}"),
    }
    let shares = item["distribution"].as_array().unwrap();
    assert_eq!(shares.len(), counts.len(), "a share of each answer in {place}");
    for (share, count) in shares.iter().zip(&counts) {
        assert!(close(&share["value"], *count as f64 / answered as f64), "{place}");
    }
}

/// Posts each person's releases, or one of all, and compares every figure.
async fn every_figure_is_right(privacy: &Value, mechanism: &Value, apart: bool) {
    let vectors = vectors();
    let surveys: Vec<String> = (0..vectors.len()).map(|n| survey(&format!("s{n}"), privacy)).collect();
    let collector = Collector::serving(&surveys.iter().map(String::as_str).collect::<Vec<_>>()).await;
    let lines: Vec<usize> = (0..LINES.len()).collect();
    let mut number = 0;
    for (n, people) in vectors.iter().enumerate() {
        let survey = format!("s{n}");
        let parts: Vec<(&[Person], Vec<usize>)> = if apart {
            people
                .iter()
                .flat_map(|one| lines.iter().map(move |line| (std::slice::from_ref(one), vec![*line])))
                .collect()
        } else {
            vec![(people, lines.clone())]
        };
        for (people, lines) in parts {
            number += 1;
            collector.accept(&release(number, &survey, mechanism, people, &lines)).await;
        }
        // Once everything is there: a reader who looked in between would have seen blocks.
        let results = collector.read(&format!("/v1/surveys/{survey}/results")).await;
        assert_eq!(results["respondents"], json!(PEOPLE), "{survey}");
        for line in &lines {
            check(&survey, &results["items"][*line], *line, people);
        }
    }
}

#[tokio::test]
async fn figures_of_batches_are_those_of_all_answers_however_lopsided() {
    let privacy = json!({"kind": "batched", "k": PEOPLE, "device": "shared"});
    every_figure_is_right(&privacy, &json!({"kind": "batched", "k": PEOPLE}), false).await;
}

#[tokio::test]
async fn figures_of_single_lines_are_those_of_all_answers_however_lopsided() {
    let privacy = json!({"kind": "direct", "trust": "endpoint"});
    every_figure_is_right(&privacy, &json!({"kind": "direct"}), true).await;
}

/// The first fault as it was reported: all are detractors, and nobody gave more than three of five.
#[tokio::test]
async fn twelve_detractors_are_no_promoters() {
    let collector =
        Collector::serving(&[&survey("low", &json!({"kind": "direct", "trust": "endpoint"}))]).await;
    for n in 0..12 {
        let person: Person = [Some(2), Some(n % 3), None, None, None, Some(n % 2), Some(n % 3)];
        for line in 0..LINES.len() {
            let release =
                release(n * LINES.len() + line, "low", &json!({"kind": "direct"}), &[person], &[line]);
            collector.accept(&release).await;
        }
    }
    let results = collector.read("/v1/surveys/low/results").await;
    let (recommend, ease) = (&results["items"][0], &results["items"][1]);
    assert_eq!((&recommend["score"]["value"], &ease["score"]["value"]), (&json!(-100.0), &json!(2.0)));
    assert_eq!(ease["distribution"].as_array().unwrap().len(), 5);
}
