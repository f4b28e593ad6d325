//! Associations beside SciPy's, and the power beside simulated tests.

use puls_statistics::rank::{power, spearman};
use rand_chacha::ChaCha8Rng;
use rand_core::SeedableRng;
use serde_json::Value;

fn reference() -> Value {
    serde_json::from_str(include_str!("../references/rank.json")).unwrap()
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap()
}

fn pairs(case: &Value) -> Vec<(f64, f64)> {
    let side = |key: &str| case[key].as_array().unwrap().iter().map(number).collect::<Vec<f64>>();
    side("x").into_iter().zip(side("y")).collect()
}

/// SciPy: `spearmanr`, and `permutation_test` of its absolute value over all orders.
#[test]
fn associations_of_up_to_nine_units_are_those_that_scipy_says() {
    for case in reference()["cases"].as_array().unwrap() {
        let found = spearman(&pairs(case), &mut ChaCha8Rng::seed_from_u64(1)).unwrap();
        let found = [found.rho.value, found.p, found.rho.low, found.rho.high];
        for (found, key) in found.into_iter().zip(["rho", "p", "low", "high"]) {
            assert!((found - number(&case[key])).abs() < 1e-9, "{key} of {}: {found}", case["name"]);
        }
    }
}

/// The p of 2,000,000 orders that NumPy drew. Of 100,000, p = 0.1 has a standard error of 0.001.
#[test]
fn an_association_of_twenty_units_has_the_p_of_random_orders() {
    let case = &reference()["twenty"];
    let found = spearman(&pairs(case), &mut ChaCha8Rng::seed_from_u64(1)).unwrap();
    assert!((found.rho.value - number(&case["rho"])).abs() < 1e-9, "{found:?}");
    assert!((found.p - number(&case["p"])).abs() < 0.004, "{found:?}");
}

/// 40,000 samples for each case, with a standard error of at most 0.0025.
#[test]
fn the_power_is_that_of_simulated_tests() {
    for case in reference()["power"].as_array().unwrap() {
        let n = case["n"].as_u64().unwrap();
        let found = power(n, number(&case["rho"]));
        let tolerance = if n < 7 { 0.1 } else { 0.06 };
        assert!((found - number(&case["power"])).abs() < tolerance, "{found} is not {case}");
    }
}
