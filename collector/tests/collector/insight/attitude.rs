//! R's `attitude`: per cent of favourable answers to seven questions in 30 departments, as single answers.

use super::company::answered;
use super::definition;
use puls_core::privacy::Release;
use puls_core::segment::Segment;
use rand_chacha::ChaCha12Rng;
use rand_core::SeedableRng;
use serde_json::{Value, json};

/// How many people answer in each department, so that each per cent is one of them.
const PEOPLE: usize = 100;

pub(super) const DAY: &str = "2026-11-21";

/// The questions, and the percentages of each department in their order.
pub(super) struct Attitude {
    names: Vec<String>,
    departments: Vec<Vec<usize>>,
}

impl Attitude {
    /// As the tests of the statistics have it.
    pub(super) fn read() -> Self {
        let across = include_str!("../../../../statistics/tests/references/across.json");
        let across: Value = serde_json::from_str(across).unwrap();
        let names = serde_json::from_value(across["names"].clone()).unwrap();
        let departments: Vec<Vec<f64>> = serde_json::from_value(across["values"].clone()).unwrap();
        let whole = |row: &Vec<f64>| row.iter().map(|per_cent| *per_cent as usize).collect();
        Self { names, departments: departments.iter().map(whole).collect() }
    }

    /// All seven questions in one survey of employees; and two of them as surveys of customers, so that there is something to link.
    pub(super) fn documents(&self) -> Vec<String> {
        let names: Vec<&str> = self.names.iter().map(String::as_str).collect();
        let surveys = [
            ("attitude", "employee", &names[..]),
            ("complaints", "customer", &["complaints"]),
            ("critical", "customer", &["critical"]),
        ];
        surveys.iter().map(|(id, audience, items)| self.document(id, audience, items)).collect()
    }

    fn document(&self, id: &str, audience: &str, items: &[&str]) -> String {
        let item = |id: &&str| json!({"id": id, "kind": "agreement", "text": id, "scale": {"points": 5}});
        let units: Vec<String> = (0..self.departments.len()).map(department).collect();
        json!({
            "id": id, "version": 1, "audience": audience, "languages": ["en"], "title": id,
            "items": items.iter().map(item).collect::<Vec<_>>(), "segments": {"unit": units},
            "privacy": {"kind": "batched", "k": 25, "device": "shared"}, "wave": "month",
        })
        .to_string()
    }

    /// What the departments' devices send.
    pub(super) fn releases(&self, document: &str) -> Vec<Release> {
        let (definition, mut rng) = (definition(document), ChaCha12Rng::seed_from_u64(document.len() as u64));
        let lines: Vec<usize> = definition
            .counted()
            .iter()
            .map(|line| self.names.iter().position(|name| name == line.id).unwrap())
            .collect();
        let mut releases = Vec::new();
        for (number, per_cents) in self.departments.iter().enumerate() {
            let unit = department(number);
            let segment = Segment::new(&definition.segments, [("unit", unit.as_str())]).unwrap();
            let mut people = vec![0; lines.len()];
            let answer = |line: usize, _: usize, _: i64, _: &mut ChaCha12Rng| {
                people[line] += 1;
                cell(people[line] - 1, per_cents[lines[line]])
            };
            releases.extend(answered(&definition, &segment, DAY, PEOPLE, answer, &mut rng));
        }
        releases
    }
}

fn department(number: usize) -> String {
    format!("d{number:02}")
}

/// As many are favourable as there are per cent, the first ones; two in three of them agree, and one agrees strongly. The others are spread
/// evenly over the rest of the scale.
fn cell(person: usize, per_cent: usize) -> usize {
    if person < per_cent { 3 + usize::from(person % 3 == 2) } else { person % 3 }
}
