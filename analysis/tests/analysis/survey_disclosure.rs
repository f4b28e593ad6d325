//! What is published of a survey, by what a store holds: over versions, waves and segments.

use crate::support::{counts, read};
use puls_analysis::disclosure::{
    Holding, Holdings, LineShown, LineTotals, Publications, Shown, SurveyDisclosure,
};
use puls_core::definition::Definition;
use puls_core::segment::Segment;
use puls_core::wave::Day;
use puls_documents::{batched, net_promoter, rating, survey};
use serde_json::json;
use std::collections::BTreeMap;

fn version(number: u32, points: usize) -> Definition {
    let document = survey("s")
        .with("version", number)
        .item(net_promoter("recommend"))
        .item(rating("ease", points))
        .with("segments", json!({"unit": ["a", "b"]}))
        .privacy(batched(5))
        .with("wave", "month")
        .with("withhold", json!({"whole": 8}));
    read(&document)
}

/// So many detractors in a unit, who find everything hard.
fn held(definition: &Definition, unit: &str, respondents: u64) -> Holding {
    let line = |cells: usize| {
        let mut cells = vec![0; cells];
        cells[0] = respondents;
        LineTotals { respondents, counts: counts(&cells, 0) }
    };
    let lines =
        definition.counted().iter().map(|counted| (counted.id.to_owned(), line(counted.cells))).collect();
    Holding {
        version: definition.version,
        wave: "2026-11".into(),
        segment: [("unit".to_owned(), unit.to_owned())].into_iter().collect(),
        respondents,
        lines,
        ..Holding::default()
    }
}

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn published<'a>(
    definition: &'a Definition,
    versions: &[&Definition],
    received: Vec<Holding>,
    published: Publications,
) -> SurveyDisclosure<'a> {
    let versions: BTreeMap<u32, &Definition> =
        versions.iter().map(|version| (version.version, *version)).collect();
    SurveyDisclosure::new(
        definition,
        &versions,
        Holdings { received, published, waves: vec!["2026-11".into()], ..Holdings::default() },
    )
}

/// How many people's net promoter score and ease are published to whoever asks for everybody.
fn shown(survey: &SurveyDisclosure<'_>) -> [u64; 2] {
    let totals = survey.totals(&Segment::default());
    ["recommend", "ease"].map(|line| match &totals.lines[line] {
        LineShown::Published(published) => {
            let score = published.score.as_ref().and_then(Shown::published);
            score.map_or(0, |score| score.sums.answered)
        }
        LineShown::Reports(_) => panic!("answers are counted exactly"),
    })
}

#[test]
fn what_is_held_is_told_once_it_is_settled_and_only_once() {
    let now = version(1, 5);
    let received = || vec![held(&now, "a", 5), held(&now, "b", 5)];
    let mut survey = published(&now, &[&now], received(), Publications::default());
    assert_eq!(shown(&survey), [0, 0]);
    let new = survey.settle(day("2026-11-20"));
    assert_eq!((shown(&survey), survey.settle(day("2026-11-20")).is_empty()), ([10, 10], true));
    let mut later = published(&now, &[&now], received(), new);
    assert_eq!(shown(&later), [10, 10], "as a store has kept it");
    assert!(later.settle(day("2026-11-21")).is_empty());
}

#[test]
fn of_an_earlier_version_counts_what_has_the_same_answers() {
    let (before, now) = (version(1, 7), version(2, 5));
    let received = || vec![held(&before, "a", 10), held(&now, "a", 10)];
    let mut survey = published(&now, &[&before, &now], received(), Publications::default());
    survey.settle(day("2026-11-20"));
    assert_eq!(shown(&survey), [20, 10]);
    let mut unknown = published(&now, &[&now], received(), Publications::default());
    unknown.settle(day("2026-11-20"));
    assert_eq!(shown(&unknown), [10, 10], "nobody knows what an unknown version asked");
    assert_eq!(unknown.totals(&Segment::default()).respondents, 10);
}

#[test]
fn a_group_that_is_too_small_waits_until_a_day_after_its_wave() {
    let now = version(1, 5);
    let received = vec![held(&now, "a", 4), held(&now, "b", 3)];
    let mut survey = published(&now, &[&now], received, Publications::default());
    assert!(survey.settle(day("2026-12-01")).is_empty(), "who was offline has a day more");
    assert!(!survey.settle(day("2026-12-02")).is_empty());
    assert_eq!(shown(&survey), [7, 7], "as everybody's");
    let unit = |unit: &str| [("unit".to_owned(), unit.to_owned())].into_iter().collect();
    let LineShown::Published(published) = &survey.totals(&unit("a")).lines["recommend"] else {
        panic!("answers are counted exactly");
    };
    assert!(published.score.as_ref().is_some_and(|published| published.withheld().is_some()));
}
