//! Totals, and the figures that they lead to: each of them a number, in its range.

use puls_core::definition::Definition;
use puls_core::estimate::Estimate;
use puls_core::received::Received;
use puls_core::results::{Favourable, ItemResult, JointResult, Results, Totals};
use puls_core::summary::Counts;
use puls_core::withhold::Detail;
use std::collections::BTreeMap;

/// What is lost by reckoning in floating point, in parts of the figure.
const ROUNDING: f64 = 1e-9;

/// Adds a release, as often as if so many alike had come, under ids of their own.
pub(crate) fn add(totals: &mut Totals, received: &Received, times: u64) {
    totals.respondents += received.respondents * times;
    for (id, counts) in &received.items {
        add_line(totals, id, counts, received.respondents, times);
    }
}

/// Adds counts of so many people to a line, several times.
pub(crate) fn add_line(totals: &mut Totals, id: &str, counts: &Counts, respondents: u64, times: u64) {
    let line = totals.items.entry(id.to_owned()).or_default();
    let cells = counts.cells.iter().map(|count| count * times).collect();
    let more = Counts { cells, missing: counts.missing * times };
    line.respondents += respondents * times;
    for detail in Detail::ALL {
        let told = line.told.entry(detail).or_default();
        told.respondents += respondents * times;
        told.counts.merge(&more);
        assert_eq!(told.counts.cells.len(), counts.cells.len(), "{id} has changed its length");
    }
}

/// Works out the results, and looks at every figure among them.
pub(crate) fn check(definition: &Definition, totals: &Totals) {
    let results = Results::of(definition, totals, None, None, Vec::new(), BTreeMap::new(), "en");
    assert_eq!(results.items.len(), definition.counted().len());
    results.items.iter().for_each(|item| check_item(item, totals));
    results.joint.iter().for_each(|joint| check_joint(joint));
    // What isn't a number would be written as `null`, which the results page couldn't read.
    let served = serde_json::to_string(&results).unwrap();
    serde_json::from_str::<Results>(&served).unwrap();
}

fn check_item(item: &ItemResult, totals: &Totals) {
    let respondents = totals.items.get(&item.id).map_or(0, |line| line.respondents);
    assert_eq!(item.answered + item.missing, respondents, "of {}", item.id);
    for share in item.distribution.told().into_iter().flatten() {
        check_estimate(share.estimate, 0.0, 1.0, &item.id);
    }
    if let Some(score) = item.score.as_ref().and_then(|score| score.told()) {
        check_estimate(score.estimate, score.min, score.max, &item.id);
    }
    if let Some(Favourable { favourable, neutral, unfavourable, .. }) =
        item.favourable.as_ref().and_then(|shares| shares.told())
    {
        [favourable, neutral, unfavourable]
            .into_iter()
            .for_each(|share| check_estimate(*share, 0.0, 1.0, &item.id));
    }
}

fn check_joint(joint: &JointResult) {
    let correlations = joint.correlations.iter().flatten().flatten();
    correlations.for_each(|correlation| check_estimate(*correlation, -1.0, 1.0, "a correlation"));
    // Items that go against one another have an alpha below 0, without a bound.
    joint.alpha.iter().for_each(|alpha| check_estimate(*alpha, f64::MIN, 1.0, "alpha"));
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
