//! The drivers of `attitude` beside pingouin, SciPy and a bootstrap of people in NumPy.

use puls_statistics::dominance::dominance;
use rand_chacha::ChaCha8Rng;
use rand_core::SeedableRng;
use serde_json::Value;

fn reference() -> Value {
    serde_json::from_str(include_str!("../references/dominance.json")).unwrap()
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(|number| number.as_f64().unwrap()).collect()
}

/// pingouin: `linear_regression(drivers, rating, relimp=True)`. The ranges and the shares of first places are those of
/// 20,000 samples of people. An end of 1,000 draws has a standard error of about a tenth of the range's width divided by
/// four; so a tenth of the width is four standard errors of it.
#[test]
fn the_drivers_of_attitude_are_those_that_pingouin_says() {
    let reference = reference();
    let covariances: Vec<Vec<f64>> =
        reference["covariances"].as_array().unwrap().iter().map(numbers).collect();
    let found = dominance(&covariances, 0, 30.0, &mut ChaCha8Rng::seed_from_u64(1)).unwrap();
    assert!((found.r_squared.value - reference["r_squared"].as_f64().unwrap()).abs() < 1e-9);
    let [shares, low, high, first] = ["shares", "low", "high", "first"].map(|key| numbers(&reference[key]));
    for (index, driver) in found.drivers.iter().enumerate() {
        assert_eq!(driver.variable, index + 1);
        assert!((driver.share.value - shares[index]).abs() < 1e-9, "{driver:?}");
        let error = (high[index] - low[index]) / 10.0;
        assert!((driver.share.low - low[index]).abs() < error, "{driver:?}: {}", low[index]);
        assert!((driver.share.high - high[index]).abs() < error, "{driver:?}: {}", high[index]);
        assert!((driver.first - first[index]).abs() < 0.025, "{driver:?}: {}", first[index]);
    }
}

/// SciPy, from the exact distribution of R² of normally distributed people. The tolerance is four standard errors of an
/// end of 1,000 draws, as above.
#[test]
fn r_squared_has_the_range_that_its_exact_distribution_gives() {
    for case in reference()["r_squared_ranges"].as_array().unwrap() {
        let (n, drivers) = (case["n"].as_f64().unwrap(), case["drivers"].as_u64().unwrap() as usize);
        // Each driver is independent of the others and explains the same.
        let each = (case["found"].as_f64().unwrap() / drivers as f64).sqrt();
        let entry = |row: usize, column: usize| match (row, column) {
            _ if row == column => 1.0,
            _ if row == drivers || column == drivers => each,
            _ => 0.0,
        };
        let covariances: Vec<Vec<f64>> =
            (0..=drivers).map(|row| (0..=drivers).map(|column| entry(row, column)).collect()).collect();
        let found = dominance(&covariances, drivers, n, &mut ChaCha8Rng::seed_from_u64(1)).unwrap().r_squared;
        let range = numbers(&case["range"]);
        let error = (range[1] - range[0]) / 10.0;
        assert!((found.low - range[0]).abs() < error, "{found:?} is not {range:?}");
        assert!((found.high - range[1].max(found.value)).abs() < error, "{found:?} is not {range:?}");
    }
}
