//! The drivers of `attitude` across departments of 35 people, beside SciPy and NumPy.

use puls_statistics::Interval;
use puls_statistics::across::{Measured, correlation, dominance};
use rand_chacha::ChaCha8Rng;
use rand_core::SeedableRng;
use serde_json::Value;

fn reference() -> Value {
    serde_json::from_str(include_str!("../references/across.json")).unwrap()
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(|number| number.as_f64().unwrap()).collect()
}

/// Each department's figures, with this part of their errors' variances.
fn departments(reference: &Value, part: f64) -> Vec<Vec<Measured>> {
    let rows = |key: &str| reference[key].as_array().unwrap().iter().map(numbers).collect::<Vec<_>>();
    let measured = |(value, error): (f64, f64)| Measured { value, variance: part * error };
    let unit =
        |(values, errors): (Vec<f64>, Vec<f64>)| values.into_iter().zip(errors).map(measured).collect();
    rows("values").into_iter().zip(rows("errors")).map(unit).collect()
}

/// The ranges are those of 20,000 draws. An end of 1,000 draws has a standard error of about a fortieth of the range's
/// width, so a tenth of the width is four of them.
fn check(found: Interval, (value, low, high): (f64, f64, f64)) {
    let error = (high - low) / 10.0;
    assert!((found.value - value).abs() < 1e-6, "{found:?} is not {value}");
    assert!((found.low - low).abs() < error && (found.high - high).abs() < error, "{found:?}: {low}, {high}");
}

/// SciPy: `linalg.eigh(observed, errors)` for the limit of the correction.
#[test]
fn each_drivers_corrected_correlation_is_that_of_another_program() {
    let reference = reference();
    let units = departments(&reference, 1.0);
    for (index, case) in reference["pairs"].as_array().unwrap().iter().enumerate() {
        let pairs: Vec<[Measured; 2]> = units.iter().map(|unit| [unit[index + 1], unit[0]]).collect();
        let found = correlation(&pairs, &mut ChaCha8Rng::seed_from_u64(1)).unwrap();
        let [value, low, high] = ["value", "low", "high"].map(|key| case[key].as_f64().unwrap());
        check(found, (value, low, high));
    }
}

/// The shares are those of `dominance.py`, of the corrected covariances: once limited, once not.
#[test]
fn the_shares_of_r_squared_are_those_of_another_program() {
    let reference = reference();
    for case in reference["shares"].as_array().unwrap() {
        let units = departments(&reference, case["errors"].as_f64().unwrap());
        let found = dominance(&units, 0, &mut ChaCha8Rng::seed_from_u64(1)).unwrap();
        let [values, low, high] = ["value", "low", "high"].map(|key| numbers(&case[key]));
        for (index, driver) in found.iter().enumerate() {
            assert_eq!(driver.variable, index + 1);
            check(driver.share, (values[index], low[index], high[index]));
        }
    }
}
