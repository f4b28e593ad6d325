//! Each number of the API is the one that numpy works out from the single answers, or from the reports where chance replaced
//! them. `figures/README.md` says how.

pub(crate) mod compared;
mod items;
pub(crate) mod people;
mod surveys;

use crate::support::{Collector, TODAY, noon};
use compared::Compared;
use people::{Group, groups};
use puls_core::definition::{Definition, Mechanism};
use rand_chacha::ChaCha12Rng;
use rand_core::Rng;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::path::PathBuf;
use surveys::{Made, SURVEYS, survey};

/// A day on which the wave is over, late answers included.
const AFTER: &str = "2026-12-05";

fn below(bound: usize, rng: &mut ChaCha12Rng) -> usize {
    usize::try_from(rng.next_u64() % bound.max(1) as u64).unwrap()
}

fn one_of<'a, T>(values: &'a [T], rng: &mut ChaCha12Rng) -> &'a T {
    &values[below(values.len(), rng)]
}

fn file(name: &str) -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/collector/figures")).join(name)
}

fn read(name: &str) -> Vec<Value> {
    serde_json::from_str(&std::fs::read_to_string(file(name)).unwrap_or_else(|_| "[]".to_owned())).unwrap()
}

/// A survey with all who answered it.
struct Answered {
    definition: Definition,
    groups: Vec<Group>,
    input: Value,
}

fn answered(number: usize) -> Answered {
    let Made { definition: document, lopsided, mut rng } = survey(number);
    let definition =
        Definition::parse(&document.to_string()).unwrap_or_else(|error| panic!("{error}: {document}"));
    let groups = groups(&definition, lopsided, TODAY, &mut rng);
    let is_randomised = matches!(definition.privacy, Mechanism::Randomised { .. });
    let of = |group: &Group| {
        let given = if is_randomised { reports(group) } else { answers(&definition, group) };
        let segment: Map<String, Value> =
            group.segment.iter().map(|(name, value)| (name.to_owned(), json!(value))).collect();
        json!({"segment": segment, "people": group.answers.len(), "given": given})
    };
    let input = json!({
        "definition": document, "lopsided": format!("{lopsided:?}"), "wave_is_over": is_read_late(number),
        "groups": groups.iter().map(of).collect::<Vec<_>>(),
    });
    Answered { definition, groups, input }
}

fn is_read_late(number: usize) -> bool {
    number / 3 % 2 == 1
}

/// A word for each person with a character for each line: the cell, in base 36, or the sum of 2^cell where there may be several,
/// and `-` for no answer.
fn answers(definition: &Definition, group: &Group) -> Value {
    let lines = definition.counted();
    let character = |(line, given): (usize, &Option<u32>)| match given {
        None => '-',
        Some(cells) if lines[line].is_multiple() => char::from_digit(*cells, 36).unwrap(),
        Some(cells) => char::from_digit(cells.trailing_zeros(), 36).unwrap(),
    };
    group.answers.iter().map(|given| given.iter().enumerate().map(character).collect::<String>()).collect()
}

/// Of each line the sums of what was reported, those of no answer last.
fn reports(group: &Group) -> Value {
    let mut sums: BTreeMap<String, Vec<u64>> = BTreeMap::new();
    for release in &group.releases {
        let release: Value = serde_json::from_str(release.json()).unwrap();
        for (line, counts) in release["items"].as_object().unwrap() {
            let cells = counts["cells"].as_array().unwrap().iter().chain([&counts["missing"]]);
            let cells: Vec<u64> = cells.map(|count| count.as_u64().unwrap()).collect();
            let sum = sums.entry(line.clone()).or_insert_with(|| vec![0; cells.len()]);
            sum.iter_mut().zip(cells).for_each(|(sum, count)| *sum += count);
        }
    }
    json!(sums)
}

/// One survey a line, so that a difference shows where it is.
fn written(rows: &[&Value]) -> String {
    format!("[\n{}\n]\n", rows.iter().map(ToString::to_string).collect::<Vec<_>>().join(",\n"))
}

#[tokio::test]
async fn each_number_of_the_api_is_that_of_numpy() {
    let surveys: Vec<Answered> = (0..SURVEYS).map(answered).collect();
    let input = written(&surveys.iter().map(|survey| &survey.input).collect::<Vec<_>>());
    if std::fs::read_to_string(file("input.json")).unwrap_or_default() != input {
        std::fs::write(file("input.json.new"), input).unwrap();
        panic!("other surveys are made than those of figures/input.json: see figures/README.md");
    }
    let found = figures_of(&surveys).await;
    let expected = read("expected.json");
    assert_eq!(expected.len(), SURVEYS);
    let mut compared = Compared::default();
    for (number, (found, expected)) in found.iter().zip(&expected).enumerate() {
        compared.compare(found, expected, &format!("s{number}"));
    }
    let Compared { numbers, differences } = compared;
    assert!(
        differences.is_empty(),
        "{} differences, such as {:#?}",
        differences.len(),
        &differences[..differences.len().min(20)]
    );
    assert!(numbers > 30_000, "only {numbers} numbers");
}

/// Posts everything and reads it, first of those surveys that are read while their wave goes on, then of the others: what is told before all has
/// come is told in other blocks.
async fn figures_of(surveys: &[Answered]) -> Vec<Value> {
    let documents: Vec<String> =
        surveys.iter().map(|survey| survey.input["definition"].to_string()).collect();
    let collector = Collector::serving(&documents.iter().map(String::as_str).collect::<Vec<_>>()).await;
    let mut found = vec![Value::Null; surveys.len()];
    for (day, is_late) in [(TODAY, false), (AFTER, true)] {
        let read_now = || surveys.iter().enumerate().filter(|(number, _)| is_read_late(*number) == is_late);
        for release in read_now().flat_map(|(_, survey)| &survey.groups).flat_map(|group| &group.releases) {
            let response = collector.post(release.json()).await;
            assert_eq!(response.status(), 200, "{}", release.json());
        }
        collector.clock.set(noon(day));
        for (number, survey) in read_now() {
            found[number] = numbers(&collector.read(&query(&survey.definition)).await);
        }
    }
    found
}

fn query(definition: &Definition) -> String {
    let by = definition.segments.iter().last().map_or(String::new(), |(name, _)| format!("?by={name}"));
    format!("/v1/surveys/{}/results{by}", definition.id)
}

/// What is words, or stands in the definition.
const WORDS: [&str; 14] = [
    "survey",
    "version",
    "title",
    "audience",
    "wave",
    "waves",
    "segment",
    "sample",
    "by",
    "text",
    "part_of",
    "label",
    "revisions",
    "kind",
];

/// What is left of results without words; a figure and its range are a list of three.
fn numbers(results: &Value) -> Value {
    match results {
        Value::Array(all) => all.iter().map(numbers).collect(),
        Value::Object(fields) => {
            let kept: Map<String, Value> = fields
                .iter()
                .filter(|(name, _)| !WORDS.contains(&&name[..]))
                .map(|(name, value)| (name.clone(), numbers(value)))
                .collect();
            match (kept.len(), kept.get("value"), kept.get("low"), kept.get("high")) {
                (3, Some(value), Some(low), Some(high)) => json!([value, low, high]),
                _ => Value::Object(kept),
            }
        }
        other => other.clone(),
    }
}
