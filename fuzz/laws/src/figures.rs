//! Checks the figures of any totals: each has to be a number in its range.

use puls_analysis::disclosure::{Block, Disclosed, Groups, LineTotals, Published, joint_step, steps};
use puls_analysis::estimates::Estimate;
use puls_analysis::line::Line;
use puls_analysis::received::Received;
use puls_analysis::results::{Favourable, ItemResult, JointResult, LineShown, Results, Shown, Totals};
use puls_core::definition::{Counted, Definition, Measure};
use puls_core::joint_sums::JointSums;
use puls_core::summary::Counts;
use std::collections::BTreeMap;

/// How far floating point may be off, as a part of the figure.
const ROUNDING: f64 = 1e-9;

/// The sums of some releases, before anything is withheld.
#[derive(Default)]
pub(crate) struct Sum {
    respondents: u64,
    lines: BTreeMap<String, LineTotals>,
    joint: Option<JointSums>,
}

impl Sum {
    /// Adds a release `times` times, as if so many releases with the same counts had come.
    pub(crate) fn add(&mut self, received: &Received, times: u64) {
        self.respondents += received.respondents * times;
        for (id, counts) in &received.items {
            self.add_line(id, counts, received.respondents, times);
        }
        if let Some(sums) = &received.joint {
            let products = sums.products().iter().map(|sum| sum * times).collect();
            let more = sums.clone().with(products, sums.missing() * times).unwrap();
            match &mut self.joint {
                Some(sums) => sums.merge(&more),
                None => self.joint = Some(more),
            }
        }
    }

    /// Adds respondents without counts on any line.
    pub(crate) fn add_respondents(&mut self, respondents: u64) {
        self.respondents += respondents;
    }

    /// Adds the counts of `respondents` people to a line, `times` times.
    pub(crate) fn add_line(&mut self, id: &str, counts: &Counts, respondents: u64, times: u64) {
        let cells: Vec<u64> = counts.cells().iter().map(|count| count * times).collect();
        let counts = Counts::of(cells.len(), cells, counts.missing() * times).unwrap();
        let more = LineTotals { respondents: respondents * times, counts };
        match self.lines.get_mut(id) {
            Some(totals) => totals.merge(&more),
            None => drop(self.lines.insert(id.to_owned(), more)),
        }
    }

    /// The totals as readers see them once there are enough answers for everything.
    fn totals(&self, definition: &Definition) -> Totals {
        let lines = definition.counted();
        let is_enough = |sums: &JointSums| sums.respondents() >= joint_step(definition).fewest;
        let shown = |counted: &Counted<'_>| {
            let totals = self.lines.get(counted.id)?;
            Some((counted.id.to_owned(), shown(definition, counted, totals)))
        };
        Totals {
            respondents: self.respondents,
            sample: 0,
            lines: lines.iter().filter_map(shown).collect(),
            joint: self.joint.clone().filter(is_enough).map(Shown::Published),
        }
    }
}

fn shown(definition: &Definition, counted: &Counted<'_>, totals: &LineTotals) -> LineShown {
    if definition.tiers().is_none() {
        return LineShown::Reports(totals.clone());
    }
    let steps = steps(definition, counted);
    let published = steps.iter().map(|step| (step.detail, totals.clone())).collect();
    let disclosed = Disclosed { respondents: totals.respondents, published, groups: Groups::Open };
    LineShown::Published(Published::of(counted, &Line::of(definition, counted), &steps, &disclosed))
}

/// Works out the results, and checks every figure in them.
pub(crate) fn check(definition: &Definition, sum: &Sum) {
    let totals = sum.totals(definition);
    let results = Results::of(definition, &totals, None, Vec::new(), BTreeMap::new(), "en");
    assert_eq!(results.items.len(), definition.counted().len());
    results.items.iter().for_each(|item| check_item(definition, item, sum));
    results.joint.iter().for_each(|joint| check_joint(joint));
    // A figure that isn't a number would be written as `null`, which the results page couldn't read.
    let served = serde_json::to_string(&results).unwrap();
    serde_json::from_str::<Results>(&served).unwrap();
}

fn check_item(definition: &Definition, item: &ItemResult, sum: &Sum) {
    let totals = sum.lines.get(&item.id);
    assert_eq!(item.answered + item.missing, totals.map_or(0, |totals| totals.respondents), "of {}", item.id);
    if let Some(totals) = totals.filter(|_| definition.tiers().is_some()) {
        check_exact(definition, item, totals);
    }
    for share in item.distribution.published().into_iter().flatten() {
        check_estimate(share.estimate, 0.0, 1.0, &item.id);
    }
    if let Some(score) = item.score.as_ref().and_then(|score| score.published()) {
        check_estimate(score.estimate, score.min, score.max, &item.id);
    }
    if let Some(Favourable { favourable, neutral, unfavourable, .. }) =
        item.favourable.as_ref().and_then(|shares| shares.published())
    {
        [favourable, neutral, unfavourable]
            .into_iter()
            .for_each(|share| check_estimate(*share, 0.0, 1.0, &item.id));
    }
}

/// Where answers are counted exactly, the figures are those of the counts, including cells that nobody chose.
fn check_exact(definition: &Definition, item: &ItemResult, LineTotals { counts, .. }: &LineTotals) {
    let lines = definition.counted();
    let line = lines.iter().find(|line| line.id == item.id).unwrap();
    let of = counts.total() as f64;
    let close = |found: f64, expected: f64| {
        assert!(
            (found - expected).abs() <= 1e-6 * expected.abs().max(1.0),
            "{}: {found} is not {expected}",
            item.id
        );
    };
    if let Some(score) = item.score.as_ref().and_then(|score| score.published()) {
        let cells = counts.cells();
        let points = |cell: usize| match (line.measure, cells.len()) {
            (Measure::NetPromoterScore, 3) => [-100.0, 0.0, 100.0][cell],
            (Measure::NetPromoterScore, _) => {
                [-100.0, 0.0, 100.0][usize::from(cell > 6) + usize::from(cell > 8)]
            }
            (Measure::Mean, _) => cell as f64 + 1.0,
            (Measure::Index, _) => 100.0 * cell as f64 / (line.cells - 1) as f64,
            _ => cell as f64,
        };
        let sum: f64 = cells.iter().enumerate().map(|(cell, count)| *count as f64 * points(cell)).sum();
        close(score.estimate.value, sum / of);
    }
    let shares = item.distribution.published().unwrap();
    if !line.is_multiple() && of > 0.0 {
        assert_eq!(shares.len(), counts.cells().len(), "{} has a share of each answer", item.id);
        shares
            .iter()
            .zip(counts.cells())
            .for_each(|(share, count)| close(share.estimate.value, *count as f64 / of));
    }
}

fn check_joint(joint: &JointResult) {
    let of_lines = joint.reliability.iter().filter_map(|line| line.item_rest.as_ref());
    let correlations = joint.correlations.iter().flatten().flatten().chain(of_lines);
    correlations.for_each(|correlation| check_estimate(*correlation, -1.0, 1.0, "a correlation"));
    // Alpha has no lower bound: it is below 0 for items that run counter to one another.
    let alphas =
        joint.alpha.iter().chain(joint.reliability.iter().filter_map(|line| line.alpha_without.as_ref()));
    alphas.for_each(|alpha| check_estimate(*alpha, f64::MIN, 1.0, "alpha"));
}

fn check_estimate(estimate: Estimate, min: f64, max: f64, of: &str) {
    let Estimate { value, low, high } = estimate;
    let is_number = [value, low, high].iter().all(|number| number.is_finite());
    assert!(is_number, "{of} has {estimate:?}");
    let rounding = ROUNDING * [1.0, value.abs(), low.abs(), high.abs()].into_iter().fold(0.0, f64::max);
    let at_most = |one: f64, other: f64| one <= other + rounding;
    let is_in_order = at_most(low, value) && at_most(value, high);
    assert!(
        is_in_order && at_most(min, low) && at_most(high, max),
        "{of} has {estimate:?} of {min} to {max}"
    );
}
