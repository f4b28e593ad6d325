//! Somebody with the results token looks at everything, before and after each respondent, and tries to find out what
//! single people answered.

use crate::support::{Collector, id, options};
use puls_collector::command::import::{self, Kind, Options};
use puls_documents::{self as documents, choice, direct, item};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// How many questions ask who one is, and the options of each; the last one says that it is somebody else's.
const ASKING: usize = 4;
const OPTIONS: usize = 20;

/// A survey that nobody would answer: every person has an answer of their own, so that whatever is shown says at once
/// whom it is of.
fn survey() -> String {
    let options: Vec<String> = (0..OPTIONS).map(|option| format!("o{option}")).collect();
    let who = |line| {
        let options = options.iter().map(|id| (id.as_str(), "It is me"));
        choice(&format!("who{line}"), options).optional()
    };
    documents::survey("small")
        .items((0..ASKING).map(who))
        .item(item("ease", "agreement").with("scale", json!({ "points": 5 })))
        .with("segments", json!({ "unit": ["a", "b", "c"], "site": ["x", "y"] }))
        .privacy(direct())
        .with("wave", "month")
        .to_string()
}

struct Respondent {
    wave: &'static str,
    segment: Value,
    /// Whether the questions that may be skipped are.
    skips: bool,
    ease: usize,
}

impl Respondent {
    /// One release for each line, as a browser posts them.
    fn releases(&self, number: usize) -> Vec<Value> {
        let one = |cells: usize, cell: Option<usize>| {
            let counts: Vec<u64> = (0..cells).map(|at| u64::from(Some(at) == cell)).collect();
            json!({ "cells": counts, "missing": u64::from(cell.is_none()) })
        };
        let who = |line: usize| {
            let cell = if number / (OPTIONS - 1) == line { number % (OPTIONS - 1) } else { OPTIONS - 1 };
            (format!("who{line}"), one(OPTIONS, (!self.skips).then_some(cell)))
        };
        let lines = (0..ASKING).map(who).chain([("ease".to_owned(), one(5, Some(self.ease)))]);
        let release = |(index, (line, counts)): (usize, (String, Value))| {
            json!({
                "format": "puls-release/1", "id": id((ASKING + 1) * number + index), "survey": "small", "version": 1,
                "wave": self.wave, "segment": self.segment, "mechanism": { "kind": "direct" }, "respondents": 1,
                "items": { line: counts },
            })
        };
        lines.enumerate().map(release).collect()
    }
}

/// 76 people in groups of very different sizes: most are of unit a, few of c, and some gave none. The second wave, which has all but
/// eight of them, is not over.
fn respondents() -> Vec<Respondent> {
    (0..76)
        .map(|number| {
            let unit = match number % 24 {
                0..13 => Some("a"),
                13..20 => Some("b"),
                20..23 => Some("c"),
                _ => None,
            };
            let site = ["x", "y"][number / 5 % 2];
            Respondent {
                wave: if number < 8 { "2026-10" } else { "2026-11" },
                segment: unit.map_or(json!({}), |unit| json!({ "unit": unit, "site": site })),
                skips: number % 9 == 4,
                ease: number % 5,
            }
        })
        .collect()
}

/// Everything that there is to ask for.
fn queries() -> Vec<String> {
    let mut queries = Vec::new();
    for wave in ["", "&wave=2026-10", "&wave=2026-11"] {
        for choice in [
            "",
            "by=unit",
            "by=site",
            "by=site&segment.unit=a",
            "by=site&segment.unit=b",
            "by=site&segment.unit=c",
        ] {
            queries.push(format!("/v1/surveys/small/results?{choice}{wave}"));
        }
    }
    queries
}

/// Everything else that there is to ask about `ease`.
fn questions() -> Vec<String> {
    let ease = "measure=ease,ease:favourable";
    let segments =
        ["", "&segment.unit=a", "&segment.unit=b", "&segment.site=x", "&segment.unit=c&segment.site=y"];
    let mut questions: Vec<String> =
        ["/v1/overview", "/v1/benchmarks", "/v1/benchmarks?by=site", "/v1/links"].map(str::to_owned).to_vec();
    for segment in segments {
        questions.push(format!("/v1/surveys/small/trend?{ease}{segment}"));
        questions.push(format!("/v1/surveys/small/drivers?outcome=ease{segment}"));
        for wave in ["", "&wave=2026-10", "&wave=2026-11"] {
            for by in ["unit", "site"] {
                questions.push(format!("/v1/surveys/small/teams?{ease}&by={by}{segment}{wave}"));
            }
        }
    }
    questions
}

/// Unit c is part of b now, and both are in the north.
async fn reorganise(collector: &Collector) {
    let units = r#"{"units": {"a": {}, "b": {"part_of": "north"}, "north": {}},
        "renamed": [{"from": "c", "to": "b", "since": "2026-11"}]}"#;
    let file = collector.folder.path().join("units.json");
    std::fs::write(&file, units).unwrap();
    let database = options(collector.folder.path()).database;
    import::run(&Options { kind: Kind::Units, file, database, dry_run: false }).await.unwrap();
}

/// What the adversary has seen: sums of people by the answer that they gave.
#[derive(Default)]
struct Seen {
    /// Of everybody, whether they are in it.
    people: BTreeSet<Vec<i64>>,
    /// Of `ease`, each time for the same group.
    counts: BTreeMap<String, BTreeSet<Vec<i64>>>,
    /// Of `ease`, favourable and so on.
    thirds: BTreeMap<String, BTreeSet<Vec<i64>>>,
    /// Of `ease`: how many, and the sum of their points.
    means: BTreeMap<String, BTreeSet<Vec<i64>>>,
}

impl Seen {
    async fn look(&mut self, collector: &Collector) {
        for query in queries() {
            let results = collector.read(&query).await;
            let groups = results["groups"].as_array().cloned().unwrap_or_default();
            groups
                .iter()
                .map(|group| &group["results"])
                .chain([&results])
                .for_each(|results| self.note(results));
        }
        for question in questions() {
            let answer = collector.read(&question).await;
            // Without a choice, it is of the newest wave that there is something of.
            let waves =
                [&answer["wave"], &answer["surveys"][0]["wave"], &answer["surveys"][0]["wave"]["wave"]];
            let wave = waves.iter().find_map(|wave| wave.as_str()).unwrap_or_default().to_owned();
            self.note_figures(&question, &answer, wave);
        }
    }

    /// Notes all figures in an answer, which are of `ease`, by their place in it.
    fn note_figures(&mut self, question: &str, answer: &Value, place: String) {
        match answer {
            Value::Array(entries) => {
                for (index, entry) in entries.iter().enumerate() {
                    let names =
                        ["unit", "measure", "line", "wave", "survey"].map(|name| entry[name].to_string());
                    // Only figures of waves have no name; the first of them stays the first.
                    let named = names.iter().any(|name| name != "null");
                    let name = if named { names.concat() } else { index.to_string() };
                    self.note_figures(question, entry, format!("{place}/{name}"));
                }
            }
            Value::Object(fields) => {
                for (name, field) in fields {
                    self.note_figures(question, field, format!("{place}/{name}"));
                }
                let (Some(value), Some(n)) = (answer["value"].as_f64(), answer["n"].as_f64()) else { return };
                if place.ends_with("/figure") {
                    self.means
                        .entry(format!("{question} {place}"))
                        .or_default()
                        .insert(whole(&[n, n * value]));
                }
            }
            _ => {}
        }
    }

    fn note(&mut self, results: &Value) {
        let items = results["items"].as_array().unwrap();
        let counts = |item: &Value| -> Vec<i64> {
            item["counts"].as_array().unwrap().iter().map(|count| count.as_i64().unwrap()).collect()
        };
        let who = items.iter().take(ASKING).map(counts);
        self.people.insert(who.flat_map(|counts| counts.into_iter().take(OPTIONS - 1)).collect());
        let group = format!("{} {}", results["wave"], results["segment"]);
        self.counts.entry(group.clone()).or_default().insert(counts(&items[ASKING]));
        let (ease, number) = (&items[ASKING], |value: &Value| value.as_f64());
        if let Some(mean) = number(&ease["score"]["value"]) {
            let answered = ease["answered"].as_f64().unwrap();
            self.means.entry(group.clone()).or_default().insert(whole(&[answered, answered * mean]));
        }
        if let Some(of) = number(&ease["favourable"]["of"]) {
            let share = |class: &str| of * number(&ease["favourable"][class]["value"]).unwrap();
            self.thirds.entry(group).or_default().insert(whole(&[
                share("favourable"),
                share("neutral"),
                share("unfavourable"),
            ]));
        }
    }
}

#[expect(clippy::cast_possible_truncation, reason = "they are counts")]
fn whole(numbers: &[f64]) -> Vec<i64> {
    numbers.iter().map(|number| number.round() as i64).collect()
}

/// The fewest people in any of the sums, and in any difference of two of the same group.
fn fewest(seen: &BTreeMap<String, BTreeSet<Vec<i64>>>, people: fn(&[i64]) -> i64) -> i64 {
    let less =
        |one: &[i64], other: &[i64]| -> Vec<i64> { one.iter().zip(other).map(|(a, b)| a - b).collect() };
    let pairs =
        seen.values().flat_map(|seen| seen.iter().flat_map(|one| seen.iter().map(move |other| (one, other))));
    let differences = pairs.map(|(one, other)| less(one, other));
    // What is below zero somewhere isn't people, but others who were taken away.
    let is_people = |rest: &Vec<i64>| rest.iter().all(|count| *count >= 0) && people(rest) > 0;
    let sums = seen.values().flatten().cloned();
    sums.chain(differences).filter(is_people).map(|rest| people(&rest)).min().unwrap_or(0)
}

/// The people whom nothing that was seen tells apart, but for those who were in nothing: no reckoning whatever with
/// what was seen comes to fewer.
fn alike(people: &BTreeSet<Vec<i64>>) -> Vec<usize> {
    let mut sets: BTreeMap<Vec<i64>, usize> = BTreeMap::new();
    for person in 0..ASKING * (OPTIONS - 1) {
        let signature: Vec<i64> = people.iter().map(|seen| seen.get(person).copied().unwrap_or(0)).collect();
        if signature.iter().any(|count| *count > 0) {
            *sets.entry(signature).or_default() += 1;
        }
    }
    sets.into_values().collect()
}

#[tokio::test]
async fn whoever_looks_before_and_after_each_respondent_isolates_nobody() {
    let collector = Collector::serving(&[&survey()]).await;
    reorganise(&collector).await;
    let mut seen = Seen::default();
    for (number, respondent) in respondents().iter().enumerate() {
        for release in respondent.releases(number) {
            collector.accept(&release).await;
        }
        seen.look(&collector).await;
    }
    let sets = alike(&seen.people);
    assert!(sets.iter().all(|set| *set >= 10), "{sets:?}");
    let all: fn(&[i64]) -> i64 = |counts| counts.iter().sum();
    assert!(fewest(&seen.counts, all) >= 10, "{:?}", seen.counts);
    assert!(fewest(&seen.thirds, all) >= 5, "{:?}", seen.thirds);
    assert!(fewest(&seen.means, |sums| sums[0]) >= 5, "{:?}", seen.means);
    // It isn't that nothing was told.
    let most = |sums: &mut dyn Iterator<Item = &Vec<i64>>| sums.map(|sums| all(sums)).max().unwrap();
    assert!(sets.len() > 1 && most(&mut seen.people.iter()) >= 30, "{sets:?}");
    assert!(most(&mut seen.counts.values().flatten()) >= 30, "{:?}", seen.counts);
    assert!(seen.means.values().flatten().count() > 10, "{:?}", seen.means);
    assert!(seen.means.keys().any(|group| group.contains("north")), "{:?}", seen.means);
}

#[tokio::test]
async fn groups_are_told_once_the_whole_is_large_enough_and_say_what_is_missing() {
    let collector = Collector::serving(&[&survey()]).await;
    let mut groups = Vec::new();
    for (number, respondent) in respondents().iter().enumerate() {
        for release in respondent.releases(number) {
            collector.accept(&release).await;
        }
        if [40, 75].contains(&number) {
            let results = collector.read("/v1/surveys/small/results?by=unit").await;
            groups.push(
                results["groups"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(|group| group["results"]["items"][ASKING].clone())
                    .collect::<Vec<_>>(),
            );
        }
    }
    let [before, after] = &groups[..] else { panic!() };
    let whole = &before[0]["score"];
    assert_eq!(
        [&whole["withheld"], &whole["in_whole"], &whole["needs"]],
        [&json!("too_few"), &json!(true), &json!(50)]
    );
    assert!(whole["have"].as_u64() < Some(50), "{whole}");
    assert!(after[0]["score"]["value"].is_f64() && after[0]["distribution"].is_array(), "{}", after[0]);
    let few = &after[2];
    assert_eq!(few["distribution"]["withheld"], "too_few", "{few}");
    assert_eq!((&few["distribution"]["needs"], &few["counts"]), (&json!(10), &json!([])), "{few}");
}

/// Two readers who look in the same instant tell nothing twice.
#[tokio::test]
async fn readers_who_look_at_once_are_shown_the_same() {
    let collector = Collector::serving(&[&survey()]).await;
    for (number, respondent) in respondents().iter().enumerate() {
        for release in respondent.releases(number) {
            collector.accept(&release).await;
        }
    }
    let query = "/v1/surveys/small/results";
    let (one, two, three) = tokio::join!(collector.read(query), collector.read(query), collector.read(query));
    assert_eq!((&one, &two), (&two, &three));
    assert_eq!(collector.read(query).await, one);
    let answered = one["items"][ASKING]["answered"].as_u64().unwrap();
    assert!((60..=76).contains(&answered), "{answered}");
}
/// Five people of one unit among 45, in a wave of its own; the wave before has 60. All waves less the other one would be
/// these five.
#[tokio::test]
async fn what_is_left_of_all_waves_is_no_group_of_a_wave_that_is_too_small() {
    let collector = Collector::serving(&[&survey()]).await;
    for number in 0..70 {
        let (wave, place) = if number < 48 { ("2026-11", number) } else { ("2026-10", number - 48) };
        let unit = if place % 9 < 4 { "a" } else { "b" };
        let of = Respondent {
            wave,
            segment: json!({ "unit": if place % 9 == 8 { "c" } else { unit }, "site": "x" }),
            skips: false,
            ease: usize::from(place % 9 == 8),
        };
        for release in of.releases(number) {
            collector.accept(&release).await;
        }
    }
    let answered = async |query: &str| {
        let results = collector.read(&format!("/v1/surveys/small/results?{query}")).await;
        results["items"][ASKING]["answered"].as_u64().unwrap()
    };
    // Neither wave has 50 answers, although both together have.
    assert!(answered("").await >= 60);
    for unit in ["a", "b", "c"] {
        let waves = ["", "&wave=2026-10", "&wave=2026-11"];
        for wave in waves {
            assert_eq!(answered(&format!("segment.unit={unit}{wave}")).await, 0, "{unit} {wave}");
        }
    }
    for number in 70..76 {
        let of = Respondent {
            wave: "2026-11",
            segment: json!({ "unit": "b", "site": "x" }),
            skips: false,
            ease: 4,
        };
        for release in of.releases(number) {
            collector.accept(&release).await;
        }
    }
    // Now the later one has, and the earlier one's groups are still in none of the figures.
    let first = answered("segment.unit=a&wave=2026-11").await;
    assert!(first >= 15, "{first}");
    assert_eq!(answered("segment.unit=a").await, first);
    assert_eq!(answered("segment.unit=a&wave=2026-10").await, 0);
}
