//! What the collector holds, in a form that adds.

use puls_tests::collector::{Collector, HeldLine};
use puls_tests::until;
use serde_json::Value;
use std::collections::BTreeMap;

/// Counts of respondents, and of each item its cells and then its missing ones.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Totals {
    pub(crate) respondents: u64,
    pub(crate) items: BTreeMap<String, Vec<u64>>,
}

impl Totals {
    /// From the collector's results.
    pub(crate) fn of_results(results: &Value) -> Self {
        let items = results["items"].as_array().unwrap_or_else(|| panic!("no items in {results}"));
        let row = |item: &Value| (text(&item["id"]), row(&item["counts"], &item["missing"]));
        Self { respondents: number(&results["respondents"]), items: items.iter().map(row).collect() }
    }

    /// What the collector's database holds, with as many cells as `alike` has: exact answers of few people are in no
    /// results.
    pub(crate) async fn held(collector: &Collector, survey: &str, alike: &Self) -> Self {
        let held = collector.held(survey).await;
        let mut totals = alike.clone();
        totals.respondents = held.respondents;
        totals.items.values_mut().flatten().for_each(|count| *count = 0);
        for HeldLine { line, missing, cells } in held.lines {
            let row = totals.items.get_mut(&line).unwrap_or_else(|| panic!("{line} is no item"));
            row.iter_mut().zip(cells.into_iter().chain([missing])).for_each(|(sum, count)| *sum += count);
        }
        totals
    }

    /// From a release as posted.
    pub(crate) fn of_release(release: &Value) -> Self {
        let items = release["items"].as_object().unwrap_or_else(|| panic!("no items in {release}"));
        let row = |(id, item): (&String, &Value)| (id.clone(), row(&item["cells"], &item["missing"]));
        Self { respondents: number(&release["respondents"]), items: items.iter().map(row).collect() }
    }

    /// Both together.
    pub(crate) fn plus(&self, other: &Self) -> Self {
        let mut sum = self.clone();
        sum.respondents += other.respondents;
        for (id, row) in &other.items {
            let known = sum.items.entry(id.clone()).or_insert_with(|| vec![0; row.len()]);
            assert_eq!(known.len(), row.len(), "{id} has as many cells everywhere");
            known.iter_mut().zip(row).for_each(|(known, more)| *known += more);
        }
        sum
    }
}

fn row(cells: &Value, missing: &Value) -> Vec<u64> {
    let cells = cells.as_array().unwrap_or_else(|| panic!("no cells but {cells}"));
    cells.iter().chain([missing]).map(number).collect()
}

fn number(value: &Value) -> u64 {
    value.as_u64().unwrap_or_else(|| panic!("{value} is no count"))
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("{value} is no text")).to_owned()
}

/// Waits until so many people are counted at `nps`.
pub(crate) async fn arrived(collector: &Collector, respondents: u64) {
    until(&format!("{respondents} respondents"), async || {
        let totals = Totals::of_results(&collector.results("nps").await);
        if totals.respondents == respondents { Ok(()) } else { Err(format!("{totals:?}")) }
    })
    .await;
}
