//! Places beside those that SciPy and NumPy give.

use puls_statistics::Interval;
use puls_statistics::percentile::{Reference, percentile};
use serde_json::Value;

fn reference() -> Value {
    serde_json::from_str(include_str!("../references/percentile.json")).unwrap()
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap()
}

fn exactly(figure: &Value) -> Interval {
    let value = number(figure);
    Interval { value, low: value, high: value }
}

/// Equal to 1e-9 as shares, which per cent are a hundred times of.
fn close(found: f64, expected: &Value) {
    assert!((found - number(expected)).abs() < 1e-7, "{found} is not {expected}");
}

/// SciPy: `percentileofscore(values, figure, kind="mean")`.
#[test]
fn places_among_values_are_those_that_scipy_says() {
    let reference = reference();
    let values: Vec<f64> = reference["values"].as_array().unwrap().iter().map(number).collect();
    for case in reference["among"].as_array().unwrap() {
        let found = percentile(exactly(&case["figure"]), Reference::Values(&values), None).unwrap();
        close(found.value, &case["place"]);
    }
}

/// NumPy: `interp(figure, values, percents)`.
#[test]
fn places_between_percentiles_are_those_that_numpy_says() {
    let reference = reference();
    let pair = |pair: &Value| (number(&pair[0]), number(&pair[1]));
    let quantiles: Vec<(f64, f64)> = reference["quantiles"].as_array().unwrap().iter().map(pair).collect();
    for case in reference["interpolated"].as_array().unwrap() {
        let found = percentile(exactly(&case["figure"]), Reference::Quantiles(&quantiles), None).unwrap();
        close(found.value, &case["place"]);
    }
}

/// SciPy: `norm.cdf`.
#[test]
fn places_in_a_normal_distribution_are_those_that_scipy_says() {
    for case in reference()["normal"].as_array().unwrap() {
        let normal = Reference::Normal { mean: number(&case["mean"]), deviation: number(&case["sd"]) };
        let found = percentile(exactly(&case["figure"]), normal, case["n"].as_u64()).unwrap();
        for (found, key) in [(found.value, "place"), (found.low, "low"), (found.high, "high")] {
            close(found, &case[key]);
        }
    }
}

/// SciPy: `binomtest(below, n).proportion_ci(method="wilson")`.
#[test]
fn the_place_in_a_sample_has_the_range_of_a_share() {
    for case in reference()["sampled"].as_array().unwrap() {
        let (below, n) = (number(&case["below"]), case["n"].as_u64().unwrap());
        let values: Vec<f64> = (0..n).map(|index| if (index as f64) < below { 0.0 } else { 2.0 }).collect();
        let found = percentile(exactly(&Value::from(1.0)), Reference::Values(&values), Some(n)).unwrap();
        close(found.low, &case["low"]);
        close(found.high, &case["high"]);
    }
}
