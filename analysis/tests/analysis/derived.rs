//! What is derived from several answers has to agree with them, as far as sums can tell.

use crate::support::{self, survey_with};
use proptest::prelude::*;
use puls_analysis::received::{Expected, Received};
use puls_core::definition::Definition;
use puls_core::path::{Path, Plan};
use puls_core::privacy::{Keep, Outcome, Prepared, prepare};
use puls_core::response::{Cell, Response};
use puls_core::segment::Segment;
use puls_core::wave::Wave;
use rand_chacha::ChaCha12Rng;
use rand_core::{Rng, SeedableRng};
use serde_json::{Value, json};

const MISSING: &str = "is missing for more or fewer people than its items allow";
const VALUES: &str = "has counts that no answers to its items come to";

fn below(bound: usize, rng: &mut ChaCha12Rng) -> usize {
    (rng.next_u64() % bound as u64) as usize
}

/// A condition on some of these lines, each with how many points it has.
fn condition(lines: &[(String, usize)], depth: usize, rng: &mut ChaCha12Rng) -> Value {
    let (line, points) = &lines[below(lines.len(), rng)];
    let point = below(*points, rng) + 1;
    match below(if depth > 0 { 8 } else { 5 }, rng) {
        0 => json!({"item": line, "at_least": point}),
        1 => json!({"item": line, "at_most": point}),
        2 => json!({"item": line, "answered": below(2, rng) == 0}),
        3 => json!({"segment": "unit", "is": "a"}),
        4 => {
            let mood = ["low", "mixed", "high"][below(3, rng)];
            json!({ "mood": mood })
        }
        5 => json!({"not": condition(lines, depth - 1, rng)}),
        kind => {
            let parts: Vec<_> = (0..=below(3, rng)).map(|_| condition(lines, depth - 1, rng)).collect();
            json!({ (if kind == 6 { "all" } else { "any" }): parts })
        }
    }
}

/// A survey of scales with measures of every kind made of them; some may be skipped, are reversed, hang on others, or are drawn.
fn random_survey(rng: &mut ChaCha12Rng) -> Option<Definition> {
    let points = below(4, rng) + 2;
    let points = if points == 2 { 3 } else { points };
    let mut lines: Vec<(String, usize)> = Vec::new();
    let mut items = Vec::new();
    for index in 0..below(4, rng) + 2 {
        let id = format!("q{index}");
        let mut item = json!({
            "id": id, "kind": "rating", "text": "?", "scale": {"points": points},
            "reverse": below(3, rng) == 0, "required": below(3, rng) > 0,
        });
        if !lines.is_empty() && below(4, rng) == 0 {
            item["when"] = condition(&lines, 1, rng);
        }
        items.push(item);
        lines.push((id, points));
    }
    let mut index = || {
        let mut chosen: Vec<&str> = lines.iter().map(|(id, _)| id.as_str()).collect();
        while chosen.len() > 1 && below(2, rng) == 0 {
            chosen.remove(below(chosen.len(), rng));
        }
        json!({"kind": "index", "items": chosen})
    };
    let (energy, clarity) = (index(), index());
    let low = below(101, rng);
    let high = low + below(101 - low, rng);
    let mut document = json!({
        "id": "s", "version": 1, "audience": "customer", "languages": ["en"], "title": "S",
        "segments": {"unit": ["a", "b"]}, "items": items,
        "privacy": {"kind": "batched", "k": below(5, rng) + 3, "device": "shared"},
        "derived": {
            "energy": energy, "clarity": clarity,
            "state": {"kind": "class", "energy": "energy", "clarity": "clarity", "low": low, "high": high},
            "glad": {"kind": "share", "when": condition(&lines, 2, rng)},
            "keen": {"kind": "share", "when": {"all": [condition(&lines, 1, rng), {"derived": "energy", "at_least": low}]}},
        },
    });
    if below(3, rng) == 0 {
        document["sample"] = json!(below(items_of(&document), rng) + 1);
    }
    Definition::parse(&document.to_string()).ok()
}

fn items_of(document: &Value) -> usize {
    document["items"].as_array().unwrap().len()
}

/// Answers along the way, mostly at one end of each scale.
fn respond(definition: &Definition, plan: &Plan, segment: &Segment, rng: &mut ChaCha12Rng) -> Response {
    let mut response = Response::new(definition);
    let mut next = Path::of(definition, plan, segment, &response).items().first().copied();
    while let Some(item) = next {
        for line in definition.lines(item) {
            let cells = definition.counted()[line.0].cells;
            if definition.items[item].required || below(3, rng) > 0 {
                let cell = if below(3, rng) == 0 { below(cells, rng) } else { 0 };
                response.tap(definition, line, Cell(cell));
            }
        }
        next = Path::of(definition, plan, segment, &response).next(item);
    }
    response
}

/// The release of a batch, as the widget makes it.
fn batch(definition: &Definition, rng: &mut ChaCha12Rng) -> String {
    let segment = [("unit", "a")].into_iter().take(below(2, rng));
    let segment = Segment::new(&definition.segments, segment).unwrap();
    let mut keep = Keep::default();
    loop {
        let plan = Plan::draw(definition, rng).unwrap();
        let response = respond(definition, &plan, &segment, rng);
        let path = Path::of(definition, &plan, &segment, &response);
        let Prepared { outcome, keep: kept, .. } =
            prepare(&path, keep, Wave::of(definition.wave, 20_778), rng).unwrap();
        if let Outcome::Release(release) = outcome {
            return release.json().to_owned();
        }
        keep = kept;
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn whatever_the_widget_releases_is_taken(seed in any::<u64>()) {
        let mut rng = ChaCha12Rng::seed_from_u64(seed);
        let definition = (0..100).find_map(|_| random_survey(&mut rng)).unwrap();
        let release = batch(&definition, &mut rng);
        let received = Received::parse(&release, |_, _| Some(&definition));
        prop_assert!(received.is_ok(), "{}\n{release}", received.unwrap_err());
    }
}

/// Two scales of three points that everybody answers, the second reversed, and what follows from them.
fn small(required: bool) -> Definition {
    let item = |id: &str, reverse: bool| {
        format!(
            r#"{{"id": "{id}", "kind": "rating", "text": "?", "scale": {{"points": 3}}, "reverse": {reverse}, "required": {required}}}"#
        )
    };
    survey_with(&format!(
        r#""items": [{}, {}], "privacy": {{"kind": "batched", "k": 3, "device": "shared"}},
        "derived": {{
            "both": {{"kind": "index", "items": ["a", "b"]}}, "one": {{"kind": "index", "items": ["b"]}},
            "state": {{"kind": "class", "energy": "both", "clarity": "one"}},
            "glad": {{"kind": "share", "when": {{"item": "a", "is": 3}}}},
            "any": {{"kind": "share", "when": {{"any": [{{"item": "a", "is": 3}}, {{"item": "b", "is": 1}}]}}}}
        }}"#,
        item("a", false),
        item("b", true)
    ))
}

/// What is said of a release of three people.
fn published(definition: &Definition, items: &Value) -> String {
    let document = json!({
        "format": "puls-release/1", "id": "0".repeat(32), "survey": "s", "version": 1, "wave": "2026-11",
        "segment": {}, "mechanism": {"kind": "batched", "k": 3}, "respondents": 3, "items": items,
    });
    let received = Received::parse(&document.to_string(), |_, _| Some(definition));
    received.map_or_else(|problems| problems.to_string(), |_| String::new())
}

fn counts(cells: &[u64], missing: u64) -> Value {
    json!({"cells": cells, "missing": missing})
}

#[test]
fn what_contradicts_its_items_is_refused_with_its_place() {
    let definition = small(true);
    // Three people: 3 and 1 (which counts as 3), 3 and 2, 1 and 3.
    let honest = json!({
        "a": counts(&[1, 0, 2], 0), "b": counts(&[1, 1, 1], 0),
        "both": counts(&[1, 0, 0, 1, 1], 0), "one": counts(&[1, 1, 1], 0),
        "state": counts(&[1, 0, 0, 1, 1], 0), "glad": counts(&[1, 2], 0), "any": counts(&[1, 2], 0),
    });
    assert_eq!(published(&definition, &honest), "");
    let cases = [
        ("both", counts(&[0, 0, 0, 0, 3], 0), VALUES),
        ("both", counts(&[0, 1, 0, 2, 0], 0), ""),
        ("both", counts(&[0, 0, 0, 3, 0], 0), VALUES),
        ("both", counts(&[1, 0, 1, 1, 0], 0), VALUES),
        ("one", counts(&[0, 3, 0], 0), VALUES),
        ("one", counts(&[2, 0, 1], 0), VALUES),
        ("state", counts(&[0, 0, 0, 0, 3], 0), VALUES),
        ("state", counts(&[3, 0, 0, 0, 0], 0), VALUES),
        ("glad", counts(&[0, 3], 0), VALUES),
        ("glad", counts(&[2, 1], 0), VALUES),
        ("any", counts(&[2, 1], 0), VALUES),
        ("any", counts(&[0, 3], 0), ""),
    ];
    for (line, changed, expected) in cases {
        let mut items = honest.clone();
        items[line] = changed.clone();
        let published = published(&definition, &items);
        let about = |line: &str| {
            published.lines().find(|said| said.starts_with(&format!("items.{line}:"))).map(str::to_owned)
        };
        let expected = (!expected.is_empty()).then(|| format!("items.{line}: {expected}"));
        assert_eq!(about(line), expected, "{line}: {changed}\n{published}");
    }
}

#[test]
fn nobody_is_missing_whose_answers_are_there() {
    let definition = small(false);
    let items = |both: Value| {
        json!({
            "a": counts(&[1, 0, 1], 1), "b": counts(&[1, 1, 0], 1), "both": both, "one": counts(&[0, 1, 1], 1),
            "state": counts(&[0, 0, 0, 0, 1], 2), "glad": counts(&[2, 1], 0), "any": counts(&[1, 2], 0),
        })
    };
    let about = |both: Value| {
        let published = published(&definition, &items(both));
        published.lines().find(|said| said.starts_with("items.both:")).map(str::to_owned)
    };
    let refused = |reason: &str| Some(format!("items.both: {reason}"));
    // Either the same person skipped both, or two did.
    assert_eq!(about(counts(&[0, 1, 0, 0, 1], 1)), None);
    assert_eq!(about(counts(&[0, 0, 0, 0, 1], 2)), None);
    assert_eq!(about(counts(&[0, 0, 1, 1, 1], 0)), refused(MISSING));
    assert_eq!(about(counts(&[0, 0, 0, 0, 0], 3)), refused(MISSING));
    assert_eq!(about(counts(&[2, 0, 0, 0, 0], 1)), refused(VALUES));
}

/// One person's cells on both items; none where it is skipped.
type Person = [Option<usize>; 2];

/// The items of a release of these people, by other few lines than the widget's.
fn items(people: &[Person]) -> Value {
    let count = |cells: usize, of: &dyn Fn(&Person) -> Option<usize>| {
        let given: Vec<Option<usize>> = people.iter().map(of).collect();
        let cell = |cell: usize| given.iter().filter(|given| **given == Some(cell)).count() as u64;
        counts(
            &(0..cells).map(cell).collect::<Vec<_>>(),
            given.iter().filter(|given| given.is_none()).count() as u64,
        )
    };
    let both = |person: &Person| Some(person[0]? + 2 - person[1]?);
    let one = |person: &Person| Some(2 - person[1]?);
    let level = |value: usize, steps: usize| match value * 100 {
        value if value >= 75 * steps => 'h',
        value if value < 50 * steps => 'l',
        _ => '-',
    };
    let state = |person: &Person| {
        Some(match (level(both(person)?, 4), level(one(person)?, 2)) {
            ('h', 'h') => 0,
            ('h', 'l') => 1,
            ('l', 'h') => 2,
            ('l', 'l') => 3,
            _ => 4,
        })
    };
    let glad = |person: &Person| person[0] == Some(2);
    json!({
        "a": count(3, &|person| person[0]), "b": count(3, &|person| person[1]), "both": count(5, &both),
        "one": count(3, &one), "state": count(5, &state),
        "glad": count(2, &|person| Some(usize::from(glad(person)))),
        "any": count(2, &|person| Some(usize::from(glad(person) || person[1] == Some(0)))),
    })
}

/// Of every three people there can be, the release is taken; and of every index there can be besides, those that no three people
/// have are refused, but for few that the sums alone don't tell.
#[test]
fn every_three_people_are_taken_and_few_others() {
    let definition = small(false);
    let cells = [None, Some(0), Some(1), Some(2)];
    let people: Vec<Person> = cells.iter().flat_map(|a| cells.map(|b| [*a, b])).collect();
    let mut possible: std::collections::BTreeMap<String, Vec<String>> = std::collections::BTreeMap::new();
    for one in &people {
        for two in &people {
            for three in &people {
                let mut items = items(&[*one, *two, *three]);
                assert_eq!(published(&definition, &items), "", "{one:?} {two:?} {three:?}");
                let both = items["both"].take().to_string();
                possible.entry(json!([items["a"], items["b"]]).to_string()).or_default().push(both);
            }
        }
    }
    let (mut refused, mut slipped) = (0, 0);
    for (margins, indices) in &possible {
        let margins: Value = serde_json::from_str(margins).unwrap();
        for both in of_three() {
            if indices.contains(&both.to_string()) {
                continue;
            }
            let mut changed = items(&[[None; 2]; 3]);
            (changed["a"], changed["b"], changed["both"]) = (margins[0].clone(), margins[1].clone(), both);
            let published = published(&definition, &changed);
            if published.contains("items.both:") { refused += 1 } else { slipped += 1 }
        }
    }
    // Sums of two margins that are within all bounds, and which no table has.
    assert!(refused > 20 * slipped, "{refused} refused, {slipped} slipped through");
}

/// Every way in which three people may be spread over five cells and nothing.
fn of_three() -> Vec<Value> {
    let mut all = std::collections::BTreeSet::new();
    for places in 0..6_usize.pow(3) {
        let mut cells = [0; 6];
        [places % 6, places / 6 % 6, places / 36].iter().for_each(|place| cells[*place] += 1);
        all.insert(cells);
    }
    all.iter().map(|cells| counts(&cells[..5], cells[5])).collect()
}

/// Whoever opened a batch under an earlier version may release as many as that version said; nobody else any other number.
#[test]
fn a_batch_is_k_people() {
    let version = |k: u32| {
        let privacy = format!(r#"{{"kind": "batched", "k": {k}, "device": "shared"}}"#);
        support::survey(&privacy, support::NPS)
    };
    let (newest, earlier) =
        (version(3), [version(5), version(7), support::survey(r#"{"kind": "randomised"}"#, support::NPS)]);
    let published = |expected: Expected<'_>, respondents: u64| {
        let mut cells = [0; 11];
        cells[10] = respondents;
        let document = json!({
            "format": "puls-release/1", "id": "0".repeat(32), "survey": "s", "version": 1, "wave": "2026-11",
            "segment": {}, "mechanism": {"kind": "batched", "k": 3}, "respondents": respondents,
            "items": {"recommend": counts(&cells, 0)},
        });
        let received = Received::parse(&document.to_string(), |_, _| Some(expected));
        received.map_or_else(|problems| problems.to_string(), |_| String::new())
    };
    let alone = || Expected::from(&newest);
    assert_eq!(published(alone(), 3), "");
    assert_eq!(published(alone(), 2), "respondents: 2 is below 3");
    assert_eq!(published(alone(), 4), "respondents: 4 is above 3");
    assert_eq!(published(alone(), 1_000_000), "respondents: 1000000 is above 3");
    let after = || Expected::after(&newest, &earlier);
    for respondents in 3..=7 {
        assert_eq!(published(after(), respondents), "");
    }
    assert_eq!(published(after(), 8), "respondents: 8 is above 7");
    // A version that asks for more people bounds nothing by those that asked for fewer.
    assert_eq!(published(Expected::after(&newest, &[version(3)]), 4), "respondents: 4 is above 3");
}
