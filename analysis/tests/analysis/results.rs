//! What the results say of each kind of line: its words, its figure and whose answers they are.

use crate::support;
use crate::support::documents::valid;
use puls_analysis::disclosure::{Disclosed, Groups, LineTotals, Published, steps};
use puls_analysis::line::Line;
use puls_analysis::results::{
    ItemResult, LineShown, ResultKind, Results, Score, ScoreMeasure, Share, Totals,
};
use puls_core::definition::Definition;
use puls_core::summary::Counts;
use std::collections::BTreeMap;

fn results(
    definition: &Definition,
    cells: impl Fn(&str, usize) -> Counts,
    respondents: u64,
) -> Vec<ItemResult> {
    let lines = definition.counted();
    let line = |line: &puls_core::definition::Counted<'_>| {
        let of = Line::of(definition, line);
        let totals = LineTotals { respondents, counts: cells(line.id, of.cells()) };
        let shown = if definition.tiers().is_some() {
            published(definition, line, totals)
        } else {
            LineShown::Reports(totals)
        };
        (line.id.to_owned(), shown)
    };
    let lines = lines.iter().map(line).collect();
    let totals = Totals { respondents, sample: 0, lines, joint: None };
    Results::of(definition, &totals, None, Vec::new(), BTreeMap::new(), "en").items
}

/// All of these, published in every detail; nothing where nobody answered.
fn published(
    definition: &Definition,
    counted: &puls_core::definition::Counted<'_>,
    totals: LineTotals,
) -> LineShown {
    let steps = steps(definition, counted);
    let is_published = totals.respondents > totals.counts.missing();
    let published = steps.iter().filter(|_| is_published).map(|step| (step.detail, totals.clone())).collect();
    let disclosed = Disclosed { respondents: totals.respondents, published, groups: Groups::Open };
    LineShown::Published(Published::of(counted, &Line::of(definition, counted), &steps, &disclosed))
}

fn distribution(result: &ItemResult) -> &[Share] {
    result.distribution.published().map_or(&[], Vec::as_slice)
}

fn score(result: &ItemResult) -> Option<&Score> {
    result.score.as_ref().and_then(|score| score.published())
}

fn batched() -> Definition {
    let mut document = valid();
    document["privacy"] = serde_json::json!({"kind": "batched", "device": "shared"});
    Definition::parse(&document.to_string()).unwrap()
}

#[test]
fn every_line_has_its_words() {
    let ten_each = |_: &str, cells: usize| support::counts(&vec![10; cells], 0);
    let results = results(&batched(), ten_each, 300);
    let labels = |id: &str| -> Vec<&str> {
        let result = results.iter().find(|result| result.id == id).unwrap();
        distribution(result).iter().map(|share| share.label.as_str()).collect()
    };
    assert_eq!(labels("recommend").len(), 11);
    assert_eq!(labels("topic"), ["A", "B"]);
    assert_eq!(labels("agree"), ["Totally disagree", "Disagree", "Neither", "Agree", "Totally agree"]);
    assert_eq!(labels("row-1"), labels("agree"));
    assert_eq!(labels("which"), ["A", "B", "Other", "None"]);
    assert_eq!(labels("why"), ["Price"]);
    assert_eq!(labels("times"), ["0", "1", "2", "3", "4", "5 or more"]);
    assert_eq!(labels("energy"), ["0.0", "12.5", "25.0", "37.5", "50.0", "62.5", "75.0", "87.5", "100.0"]);
    assert_eq!(labels("state"), ["Engaged", "Unfocused", "Passive", "Disengaged", "Undecided"]);
    assert_eq!(labels("happy"), ["No", "Yes"]);
    let texts: Vec<&str> = results.iter().map(|result| result.text.as_str()).collect();
    assert_eq!(
        texts[3], "Stars for our lamp?",
        "results are of all pages, so pieces have the survey's own words"
    );
    assert_eq!((texts[5], results[5].part_of.as_deref()), ("One", Some("And these?")));
    assert_eq!((texts[12], results[12].kind), ("state", ResultKind::Derived));
}

#[test]
fn figures_are_exact_where_counts_are() {
    let counts = |id: &str, cells: usize| match id {
        "times" => support::counts(&[4, 0, 0, 0, 0, 4], 12),
        "energy" => support::counts(&[2, 0, 0, 0, 0, 0, 0, 0, 6], 12),
        "which" => support::counts(&[8, 2, 0, 0], 10),
        _ => support::counts(&vec![0; cells], 20),
    };
    let results = results(&batched(), counts, 20);
    let result = |id: &str| results.iter().find(|result| result.id == id).unwrap();
    let score = |id: &str| score(result(id)).unwrap();
    assert_eq!((score("times").measure, score("times").estimate.value), (ScoreMeasure::MeanNumber, 2.5));
    assert_eq!((score("energy").measure, score("energy").estimate.value), (ScoreMeasure::Index, 75.0));
    let which: Vec<f64> = distribution(result("which")).iter().map(|share| share.estimate.value).collect();
    assert_eq!(which, [0.8, 0.2, 0.0, 0.0], "of the ten who answered");
    assert_eq!(
        (result("which").answered, result("which").missing, result("which").kind),
        (10, 10, ResultKind::Several)
    );
    assert_eq!((result("ease").answered, result("ease").counts.len()), (0, 0));
    assert_eq!(result("ease").score.unwrap().withheld().unwrap().needs, 5, "nobody's answers are too few");
}

#[test]
fn an_estimate_of_who_answered_says_so() {
    let definition = Definition::parse(&valid().to_string()).unwrap();
    let counts = |_: &str, cells: usize| support::counts(&vec![100; cells], 100);
    for result in results(&definition, counts, 1_000) {
        let line = definition.counted().into_iter().find(|line| line.id == result.id).unwrap();
        assert_eq!(result.estimated, line.may_miss, "{}", result.id);
        assert_eq!(result.answered + result.missing, 1_000);
    }
}

/// 810 of 1,000 reports have an answer, some of which chance put in the place of none.
#[test]
fn favourable_shares_are_of_as_many_as_are_said_to_have_answered() {
    let mut document = valid();
    document["privacy"] = serde_json::json!({"kind": "randomised", "epsilon": 8});
    let definition = Definition::parse(&document.to_string()).unwrap();
    let counts = |_: &str, cells: usize| support::counts(&vec![810 / cells as u64; cells], 190);
    let results = results(&definition, counts, 1_000);
    let noisy: Vec<&ItemResult> =
        results.iter().filter(|result| result.estimated && result.favourable.is_some()).collect();
    assert!(!noisy.is_empty());
    for result in noisy {
        let shares = result.favourable.unwrap();
        let reported: u64 = result.counts.iter().sum();
        assert_ne!(result.answered, reported, "{}", result.id);
        assert_eq!(shares.published().unwrap().of, result.answered, "{}", result.id);
    }
}
