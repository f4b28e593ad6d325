//! Somebody asks for every answer after each respondent, and tries to tell what single people answered. Whatever history
//! is published alike, with as many people, has the same answers to the byte. So nothing in them, no range and no gap,
//! tells more than what is published; that itself is in blocks, as the tests of disclosure show.

use super::{every_answer, panel, today};
use crate::support::{counts, read};
use puls_analysis::disclosure::{
    Detail, Holding, Holdings, LineTotals, Publication, Publications, SurveyDisclosure,
};
use puls_analysis::organisation::{Benchmarks, Facts, Organisation, Units};
use puls_core::definition::{Counted, Definition};
use puls_core::joint_sums::JointSums;
use puls_core::summary::Counts;
use puls_documents::{batched, net_promoter, rating, survey};
use rand_chacha::ChaCha12Rng;
use rand_core::{Rng, SeedableRng};
use serde_json::{Value, json};
use std::collections::BTreeMap;

const WAVES: [&str; 3] = ["2026-Q2", "2026-Q3", "2026-Q4"];

/// A survey with every kind of measure, some of which may be skipped, and joint lines.
fn everything(withhold: Value) -> Definition {
    let document = survey("s")
        .item(net_promoter("recommend"))
        .items([rating("ease", 5), rating("calm", 5).optional(), rating("clear", 5)])
        .with(
            "derived",
            json!({
                "energy": {"kind": "index", "items": ["ease", "calm"]},
                "clarity": {"kind": "index", "items": ["ease", "clear"]},
                "state": {"kind": "class", "energy": "energy", "clarity": "clarity"},
                "happy": {"kind": "share", "when": {"item": "recommend", "at_least": 9}},
            }),
        )
        .with("joint", ["ease", "clear", "recommend"])
        .with("segments", json!({"unit": ["a", "b", "c", "old"], "role": ["employee", "manager"]}))
        .with("audience", "employee")
        .with("wave", "quarter")
        .with("withhold", withhold)
        .privacy(batched(5));
    read(&document)
}

/// Units that were merged, and a hierarchy above them, with all that can be told of them.
fn organisation() -> Organisation {
    let units = r#"{"units": {"a": {"part_of": "north"}, "b": {"part_of": "north"}, "c": {"part_of": "all"},
        "north": {"part_of": "all"}, "all": {}}, "renamed": [{"from": "old", "to": "a", "since": "2026-Q3"}]}"#;
    let facts: String = ["a", "b", "c", "old"]
        .map(|unit| format!("{unit},2026-Q2,headcount,40\n{unit},2026-Q2,margin,{}\n", unit.len()))
        .concat();
    let facts = Facts::parse(format!("unit,wave,measure,value\n{facts}").as_bytes()).unwrap();
    let benchmarks = r#"{"benchmarks": [{"id": "sector", "survey": "s", "line": "recommend", "measure": "score",
        "title": "Ours", "source": "Us", "n": 40, "quantiles": [[10, -20], [50, 18], [90, 52]]}]}"#;
    Organisation::new(Units::parse(units).unwrap(), &facts, Benchmarks::parse(benchmarks).unwrap())
}

/// One person, of a wave and groups of very different sizes.
fn person(definition: &Definition, number: usize, rng: &mut ChaCha12Rng) -> Holding {
    let mut below = |bound: usize| (rng.next_u64() % bound as u64) as usize;
    let unit = ["a", "a", "a", "b", "b", "c", "old", ""][below(8)];
    let role = ["employee", "employee", "manager", ""][below(4)];
    let segment = [("unit", unit), ("role", role)].into_iter().filter(|(_, value)| !value.is_empty());
    let lines = definition.counted();
    let cells: BTreeMap<String, Option<usize>> = lines
        .iter()
        .map(|line| (line.id.to_owned(), (!line.may_miss || below(6) > 0).then(|| below(line.cells))))
        .collect();
    let products = ["ease", "clear", "recommend"].map(|line| cells[line].unwrap() as u64);
    let totals = |line: &Counted<'_>| {
        let counts = Counts::one(line.cells, cells[line.id]);
        (line.id.to_owned(), LineTotals { respondents: 1, counts })
    };
    Holding {
        version: 1,
        wave: WAVES[number * WAVES.len() / 210].to_owned(),
        segment: segment.map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
        respondents: 1,
        lines: lines.iter().map(totals).collect(),
        joint: Some(joint_sums(definition, products)),
        ..Holding::default()
    }
}

fn joint_sums(definition: &Definition, [one, two, three]: [u64; 3]) -> JointSums {
    let factors = [1, one, two, three];
    let products = (0..4).flat_map(|row| (row..4).map(move |column| factors[row] * factors[column]));
    JointSums::empty(definition).unwrap().with(products.collect(), 0).unwrap()
}

/// The same people with the opposite answers; whoever may skip a line does so if others don't.
fn turned_round(definition: &Definition, person: &Holding) -> Holding {
    let mut other = person.clone();
    for line in &definition.counted() {
        let totals = other.lines.get_mut(line.id).unwrap();
        let mut cells: Vec<u64> = totals.counts.cells().iter().rev().copied().collect();
        let mut missing = totals.counts.missing();
        if line.may_miss {
            (cells, missing) = (vec![0; line.cells], 1 - missing);
            cells[0] = 1 - missing;
        }
        totals.counts = counts(&cells, missing);
    }
    let joint = JointSums::empty(definition).unwrap();
    other.joint = joint.with(vec![0; 10], 1);
    other
}

fn add(publications: &mut Publications, new: Publications) {
    publications.lines.extend(new.lines);
    publications.joint.extend(new.joint);
    publications.open.extend(new.open);
}

/// How the published sums of one line's detail may differ without a difference in what they say.
fn alike(line: &Counted<'_>, detail: Detail, totals: &mut LineTotals, is_net_promoter: bool) {
    let missing = totals.counts.missing();
    let mut cells = totals.counts.cells().to_vec();
    match detail {
        Detail::Points => {}
        Detail::Favourable => {
            let thirds = line.thirds().unwrap();
            for third in [thirds.unfavourable, thirds.neutral, thirds.favourable] {
                let all = cells[third.clone()].iter().sum();
                cells[third.clone()].fill(0);
                cells[third.start] = all;
            }
        }
        // Two neighbours instead of one on each side of them; or passives instead of a detractor and a promoter.
        Detail::Score => {
            let (low, middle, high) = if is_net_promoter { (0, 7, 10) } else { (1, 2, 3) };
            let pairs = cells[low].min(cells[high]);
            cells[low] -= pairs;
            cells[high] -= pairs;
            cells[middle] += 2 * pairs;
        }
    }
    totals.counts = counts(&cells, missing);
}

/// Every answer to somebody who looks after some of the respondents, and to somebody for whom the people of `changed` differ.
fn watched(definition: &Definition, changed: impl Fn(&Holdings) -> Holdings) -> (usize, usize) {
    let organisation = organisation();
    let versions = BTreeMap::from([(1, definition)]);
    let mut rng = ChaCha12Rng::seed_from_u64(41);
    let waves = WAVES.map(str::to_owned).to_vec();
    let mut holdings = Holdings { waves, ..Holdings::default() };
    let (mut differ, mut figures) = (0, 0);
    for number in 0..210 {
        holdings.received.push(person(definition, number, &mut rng));
        let new = SurveyDisclosure::new(definition, &versions, holdings.clone()).settle(today());
        add(&mut holdings.published, new);
        if number % 35 != 34 {
            continue;
        }
        let other = changed(&holdings);
        differ += usize::from(other != holdings);
        let [one, other] = [holdings.clone(), other]
            .map(|holdings| every_answer(&panel(definition, &organisation, holdings)));
        for (one, other) in one.iter().zip(&other) {
            assert_eq!(one, other, "after {number}");
        }
        figures = one.iter().map(|answer| answer.to_string().matches("\"value\":").count()).sum();
    }
    (differ, figures)
}

#[test]
fn what_is_not_published_is_in_no_answer() {
    for withhold in [json!({"whole": 20}), json!({})] {
        let definition = everything(withhold);
        let changed = |holdings: &Holdings| Holdings {
            received: holdings.received.iter().map(|person| turned_round(&definition, person)).collect(),
            ..holdings.clone()
        };
        let (differ, figures) = watched(&definition, changed);
        assert!(differ == 6 && figures > 100, "{differ} {figures}");
    }
}

#[test]
fn no_answer_says_more_than_the_detail_that_is_published() {
    for (withhold, detail) in [
        (json!({"whole": 20, "favourable": 500, "points": 500}), Detail::Score),
        (json!({"whole": 20, "points": 500}), Detail::Favourable),
    ] {
        let definition = everything(withhold);
        let lines = definition.counted();
        let changed = |holdings: &Holdings| {
            let mut other = holdings.clone();
            for (id, Publication { entry, totals, .. }) in &mut other.published.lines {
                let line = lines.iter().find(|line| line.id == id).unwrap();
                let is_derived = ["energy", "clarity", "state", "happy"].contains(&id.as_str());
                if entry.detail == detail && !is_derived {
                    alike(line, detail, totals, id == "recommend");
                }
            }
            other
        };
        let (differ, figures) = watched(&definition, changed);
        assert!(differ > 3 && figures > 100, "{detail:?}: {differ} {figures}");
    }
}
