//! Shrunken figures beside SciPy's and NumPy's, how often their ranges hold the truth, and how often the lowest are.

mod simulated;

use crate::draws::{SCORE, uniform};
use puls_statistics::Interval;
use puls_statistics::interval::Z;
use puls_statistics::shrinkage::shrunken;
use rand_chacha::ChaCha8Rng;
use rand_core::SeedableRng;
use serde_json::Value;
use simulated::{Drawn, Units};

fn numbers(list: &Value) -> Vec<f64> {
    list.as_array().into_iter().flatten().map(|number| number.as_f64().unwrap()).collect()
}

/// How far the largest difference of two lists is from 0.
fn apart(found: impl Iterator<Item = f64>, expected: &Value) -> f64 {
    let pairs = found.zip(numbers(expected));
    pairs.map(|(found, expected)| (found - expected).abs()).fold(0.0, f64::max)
}

/// SciPy: adaptive quadrature over τ, and for τ itself the minimum of the residual likelihood. NumPy: 4,000,000 draws of
/// all true figures, with a standard error of 0.00025.
#[test]
fn figures_are_those_of_quadrature_and_simulation() {
    let reference: Value = serde_json::from_str(include_str!("../references/shrinkage.json")).unwrap();
    for case in reference.as_array().unwrap() {
        let half = case["span"].as_f64().unwrap() / 2.0;
        let figures = numbers(&case["values"]).into_iter().zip(numbers(&case["errors"]));
        let unit = |(value, error)| Interval { value, low: value - Z * error, high: value + Z * error };
        let found = shrunken(&figures.map(unit).collect::<Vec<_>>(), (-half, half)).unwrap();
        let errors = |figure: Interval| figure.standard_error();
        assert!(apart([found.whole.value].into_iter(), &serde_json::json!([case["whole"]])) < 1e-3, "{case}");
        assert!(
            apart([found.between.value].into_iter(), &serde_json::json!([case["between"]])) < 1e-5,
            "{case}"
        );
        let high = numbers(&case["between_range"])[1];
        assert!((found.between.high / high - 1.0).abs() < 2e-3, "{case}: {:?}", found.between);
        assert!(apart(found.units.iter().map(|unit| unit.figure.value), &case["figures"]) < 1e-3, "{case}");
        assert!(
            apart(found.units.iter().map(|unit| errors(unit.figure)), &case["figure_errors"]) < 1e-3,
            "{case}"
        );
        let lowest = found.units.iter().filter_map(|unit| unit.lowest_quarter);
        assert_eq!(lowest.clone().count(), numbers(&case["lowest_quarter"]).len());
        assert!(apart(lowest, &case["lowest_quarter"]) < 0.005, "{case}: {found:?}");
    }
}

#[test]
fn ranges_hold_the_truth_and_figures_are_nearer_to_it() {
    for (count, between) in [(4, 10.0), (12, 0.0), (12, 10.0), (12, 20.0)] {
        let found = Units { count, between, drawn: Drawn::Normal }.simulate(800 / count);
        assert!(found.covered > 0.92, "{count} units, τ = {between}: {found:?}");
        assert!((found.covered_alone - 0.95).abs() < 0.02 && found.error < 1.0, "{found:?}");
    }
}

#[test]
fn the_lowest_are_as_often_so_as_is_said() {
    let found = Units { count: 12, between: 10.0, drawn: Drawn::Scores }.simulate(200);
    for cell in found.lowest.iter().filter(|cell| cell.units >= 50.0) {
        let [said, true_ones] = [cell.said, cell.lowest].map(|sum| sum / cell.units);
        let error = (said * (1.0 - said) / cell.units).sqrt();
        assert!((said - true_ones).abs() < 4.0 * error, "{cell:?}");
    }
}

/// Exact figures, equal ones, and figures that say nothing, in all mixtures.
#[test]
fn all_that_comes_out_is_defined() {
    let mut rng = ChaCha8Rng::seed_from_u64(13);
    let mut one_of = |list: &[f64]| list[(uniform(&mut rng) * list.len() as f64) as usize];
    for round in 0..200 {
        let count = 1 + round % 30;
        let unit = |_| {
            let (value, margin) =
                (one_of(&[-100.0, 0.0, 0.1, 20.0, 100.0]), one_of(&[0.0, 1e-9, 1e-3, 5.0, 1e3]));
            Interval::around(value, value, margin, SCORE)
        };
        let units: Vec<Interval> = (0..count).map(unit).collect();
        let found = shrunken(&units, SCORE).unwrap();
        let is_within = |Interval { value, low, high }, (min, max)| {
            min <= low && low <= value && value <= high && high <= max
        };
        assert!(
            is_within(found.whole, SCORE) && is_within(found.between, (0.0, 100.0)),
            "{units:?}: {found:?}"
        );
        assert!(found.units.iter().all(|unit| is_within(unit.figure, SCORE)), "{units:?}: {found:?}");
        let lowest: Vec<f64> = found.units.iter().filter_map(|unit| unit.lowest_quarter).collect();
        assert!(lowest.iter().all(|lowest| (0.0..=1.0).contains(lowest)), "{units:?}: {lowest:?}");
        let places = f64::from(u32::try_from(count / 4).unwrap());
        assert!((lowest.iter().sum::<f64>() - places).abs() < 0.01, "{units:?}: {lowest:?}");
    }
}
