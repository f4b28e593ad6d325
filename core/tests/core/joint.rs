//! Joint lines: which there can be, sums of their products on the wire, and what these tell of few people.

use crate::support::{SCALES_AND_OTHERS, document, given, outcome, survey_with};
use puls_core::definition::Definition;
use puls_core::privacy::{Keep, Outcome};
use puls_core::segment::Segment;
use rand_chacha::ChaCha12Rng;
use rand_core::SeedableRng;
use serde_json::{Value, json};
use std::collections::BTreeSet;

fn joint(fields: &str) -> Definition {
    survey_with(&format!(r#""items": {SCALES_AND_OTHERS}, {fields}"#))
}

fn batched(k: usize) -> Definition {
    joint(&format!(
        r#""privacy": {{"kind": "batched", "k": {k}, "device": "shared"}}, "joint": ["ease", "clarity", "recommend"]"#
    ))
}

fn refusal(fields: &str) -> String {
    let both = json!({"both": {"kind": "index", "items": ["ease", "clarity"]}});
    let document = document(&format!(r#""items": {SCALES_AND_OTHERS}, {fields}"#)).with("derived", both);
    Definition::parse(&document.to_string()).unwrap_err().to_string()
}

#[test]
fn what_is_told_of_one_person_carries_no_products_and_only_scales_have_some() {
    let joint = r#""joint": ["ease", "clarity"]"#;
    let alone =
        "joint: needs privacy batched or sealed: the products of one person's answers tell these answers";
    assert_eq!(refusal(joint), alone);
    assert_eq!(refusal(&format!(r#"{joint}, "privacy": {{"kind": "direct", "trust": "endpoint"}}"#)), alone);
    let batched = r#""privacy": {"kind": "batched", "device": "shared"}"#;
    for (joint, expected) in [
        (r#"["ease"]"#, "joint: has 1 entries; allowed are 2 to 12"),
        (r#"["ease", "clarity", "ease"]"#, "joint[2]: \"ease\" stands here twice"),
        (
            r#"["ease", "topic"]"#,
            "joint[1]: \"topic\" is unknown; allowed are recommend, ease, clarity, help, calls",
        ),
        (
            r#"["ease", "both"]"#,
            "joint[1]: \"both\" is unknown; allowed are recommend, ease, clarity, help, calls",
        ),
        (r#"["ease", 2]"#, "joint[1]: expected a string, found a number"),
        (r#""ease""#, "joint: expected a list, found a string"),
    ] {
        assert_eq!(refusal(&format!(r#"{batched}, "joint": {joint}"#)), expected);
    }
}

/// The release of these people, by the cells that they answered.
fn release(definition: &Definition, people: &[Vec<Option<u32>>]) -> String {
    let mut rng = ChaCha12Rng::seed_from_u64(7);
    let mut keep = Keep::default();
    for person in people {
        let answers: Vec<Option<u32>> = person.iter().map(|cell| cell.map(|cell| 1 << cell)).collect();
        let response = given(definition, &answers);
        let prepared = outcome(definition, &response, &keep, &Segment::default(), &mut rng).unwrap();
        if let Outcome::Release(release) = prepared.outcome {
            return release.json().to_owned();
        }
        keep = prepared.keep;
    }
    unreachable!("they make a batch");
}

#[test]
fn a_release_is_written_as_the_golden_text() {
    let mut people =
        [[9, 1, 0, 3, 2, 0], [10, 0, 1, 4, 4, 1], [3, 4, 1, 0, 0, 4]].map(|cells| cells.map(Some).to_vec());
    // One of the three skipped a joint line.
    people[2][3] = None;
    assert_eq!(release(&batched(3), &people), include_str!("../wire/joint.json").trim_end());
}

/// All sets of answers, a row for each person, that have these sums of products. `cells` says how many answers each line
/// has.
fn fitting(products: &[u64], cells: &[u64], people: u32) -> BTreeSet<Vec<Vec<u64>>> {
    let mut products = products.iter();
    let triangle: Vec<Vec<u64>> = (0..=cells.len())
        .map(|row| products.by_ref().take(cells.len() + 1 - row).copied().collect())
        .collect();
    let nobody_told = vec![vec![1]; people as usize];
    cells.iter().zip(1..).fold(BTreeSet::from([nobody_told]), |fitting, (cells, line)| {
        let columns = (0..cells.pow(people)).map(|number| -> Vec<u64> {
            (0..people).map(|person| number / cells.pow(person) % cells).collect()
        });
        let dot = |one: &[u64], other: &[u64]| -> u64 {
            one.iter().zip(other).map(|(one, other)| one * other).sum()
        };
        let columns: Vec<Vec<u64>> =
            columns.filter(|column| dot(column, column) == triangle[line][0]).collect();
        let mut longer = BTreeSet::new();
        for rows in &fitting {
            for column in &columns {
                let fits = |before: usize| {
                    let known: Vec<u64> = rows.iter().map(|row| row[before]).collect();
                    dot(&known, column) == triangle[before][line - before]
                };
                if (0..line).all(fits) {
                    let row = |(row, cell): (&Vec<u64>, &u64)| row.iter().chain([cell]).copied().collect();
                    let mut rows: Vec<Vec<u64>> = rows.iter().zip(column).map(row).collect();
                    // Whose a row is can't be told.
                    rows.sort();
                    longer.insert(rows);
                }
            }
        }
        longer
    })
}

/// Why `drivers` takes batches of 25 people: with five, the sums on twelve lines are a list of everybody's answers.
#[test]
fn sums_on_twelve_lines_give_away_what_five_people_answered() {
    let mut drivers: Value = serde_json::from_str(include_str!("../../../surveys/drivers.json")).unwrap();
    drivers["privacy"]["k"] = json!(5);
    let definition = Definition::parse(&drivers.to_string()).unwrap();
    let people = [
        [3, 0, 1, 1, 3, 2, 0, 1, 2, 0, 1, 0],
        [7, 3, 3, 2, 3, 3, 2, 3, 4, 2, 3, 3],
        [8, 3, 4, 3, 4, 3, 3, 3, 4, 3, 3, 1],
        [9, 4, 3, 3, 4, 4, 3, 4, 4, 2, 4, 3],
        [9, 4, 4, 4, 4, 3, 4, 3, 3, 3, 4, 4],
    ];
    let text = release(&definition, &people.map(|cells| cells.map(Some).to_vec()));
    let release: Value = serde_json::from_str(&text).unwrap();
    let products: Vec<u64> = serde_json::from_value(release["joint"]["products"].clone()).unwrap();
    let cells: Vec<u64> = definition.counted().iter().map(|line| line.cells as u64).collect();
    let told = people.map(|row| [1].into_iter().chain(row.map(u64::from)).collect()).to_vec();
    assert_eq!(fitting(&products, &cells, 5), BTreeSet::from([told]));
}
