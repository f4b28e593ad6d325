//! Marks beside statsmodels' and beside limits that are simulated in NumPy; how often they are false, and how soon they find a dip.

mod simulated;

use crate::draws::{SCORE, measured, normal, uniform};
use puls_statistics::Interval;
use puls_statistics::interval::Z;
use puls_statistics::trend::{Direction, Mark, Series, limit};
use rand_chacha::ChaCha8Rng;
use rand_core::SeedableRng;
use serde_json::Value;
use simulated::{Dip, Flat, dips, false_marks};

fn reference() -> Value {
    serde_json::from_str(include_str!("../references/trend.json")).unwrap()
}

fn numbers(list: &Value) -> Vec<f64> {
    list.as_array().unwrap().iter().map(|number| number.as_f64().unwrap()).collect()
}

/// NumPy: the quantile of 400,000 simulated series or more that have had no mark yet, with a standard error of up to 0.01.
#[test]
fn limits_are_those_of_simulated_series() {
    for per_year in [52, 12, 4] {
        for row in reference()["limits"][per_year.to_string()].as_array().unwrap() {
            let waves = row["waves"].as_u64().unwrap() as usize;
            let (found, expected) = (limit(per_year, waves), row["limit"].as_f64().unwrap());
            assert!((found - expected).abs() < 0.03, "{per_year} a year, {waves}: {found}, not {expected}");
        }
    }
}

/// The marks of a series of the reference.
fn marked(series: &Value) -> Vec<Mark> {
    let waves = numbers(&series["values"]).into_iter().zip(numbers(&series["errors"]));
    let wave = |(value, error)| Some(Interval { value, low: value - Z * error, high: value + Z * error });
    let figures: Vec<Option<Interval>> = waves.map(wave).collect();
    let waves_per_year = u32::try_from(series["waves_per_year"].as_u64().unwrap()).unwrap();
    Series { figures: &figures, waves_per_year, bounds: (-10_000.0, 10_000.0) }.marks()
}

/// statsmodels: weighted least squares on a constant and a step, for each wave at which the step may come.
#[test]
fn marks_are_those_of_least_squares() {
    for series in reference()["series"].as_array().unwrap() {
        let found = marked(series);
        let expected = series["marks"].as_array().unwrap();
        assert_eq!(found.len(), expected.len(), "{}", series["name"]);
        for (mark, expected) in found.iter().zip(expected) {
            let places = [mark.since, mark.noticed].map(|place| Some(place as u64));
            assert_eq!(places, ["since", "noticed"].map(|name| expected[name].as_u64()));
            let figures =
                [mark.from.value, mark.to.value, mark.difference.value, mark.difference.standard_error()];
            for (found, name) in figures.into_iter().zip(["from", "to", "difference", "error"]) {
                let expected = expected[name].as_f64().unwrap();
                assert!(
                    (found - expected).abs() < 1e-9,
                    "{}, {name}: {found}, not {expected}",
                    series["name"]
                );
            }
        }
    }
}

/// Zeileis, Kleiber, Krämer and Hornik, "Testing and dating of structural changes in practice" (2003), by strucchange in
/// R: the flow of the Nile falls after 1898, the 28th year, from 1097.75 to 849.97.
#[test]
fn the_nile_falls_when_it_is_known_to() {
    let reference = reference();
    let nile =
        reference["series"].as_array().unwrap().iter().find(|series| series["name"] == "Nile").unwrap();
    let [mark] = marked(nile)[..] else { panic!("one mark") };
    assert_eq!((mark.since, mark.direction()), (28, Direction::Fall));
    assert!((mark.from.value - 1097.75).abs() < 0.005 && (mark.to.value - 849.97).abs() < 0.005, "{mark:?}");
}

/// One in 20 years is stated. The tolerance is four standard errors of what so few series show.
#[test]
fn flat_series_have_few_marks() {
    for flat in [Flat::Normal, Flat::Even] {
        let found = false_marks(flat, 24, 12, 400);
        assert!((0.4..1.6).contains(&found.brought), "{flat:?}: {found:?}");
        assert!(found.left < found.brought, "{flat:?}: {found:?}");
    }
    let skewed = false_marks(Flat::Skewed, 24, 12, 300);
    assert!(skewed.brought < 1.0, "{skewed:?}");
}

/// Upside down, a series has the same marks; and each mark's range lies on one side of 0.
#[test]
fn marks_come_in_order_and_are_beyond_chance() {
    let mut rng = ChaCha8Rng::seed_from_u64(13);
    for _ in 0..50 {
        let mut level = 0.0;
        let figures: Vec<Option<Interval>> = (0..30)
            .map(|wave| {
                level += 6.0 * normal(&mut rng);
                (wave % 7 != 3).then(|| measured(level, 1.0 + 9.0 * uniform(&mut rng), &mut rng))
            })
            .collect();
        let upside =
            |figure: Interval| Interval { value: -figure.value, low: -figure.high, high: -figure.low };
        let turned: Vec<Option<Interval>> = figures.iter().map(|figure| figure.map(upside)).collect();
        let marks =
            |figures: &[Option<Interval>]| Series { figures, waves_per_year: 12, bounds: SCORE }.marks();
        let found = marks(&figures);
        let places = |marks: &[Mark]| -> Vec<(usize, usize)> {
            marks.iter().map(|mark| (mark.since, mark.noticed)).collect()
        };
        assert_eq!(places(&found), places(&marks(&turned)));
        assert!(found.windows(2).all(|pair| pair[0].since < pair[1].since), "{found:?}");
        for mark in &found {
            assert!(mark.since <= mark.noticed && figures[mark.since].is_some(), "{mark:?}");
            assert!(mark.difference.low > 0.0 || mark.difference.high < 0.0, "{mark:?}");
        }
    }
}

#[test]
fn a_dip_of_ten_points_is_found_among_a_thousand_respondents() {
    let dip = Dip { waves_per_year: 12, before: 12, lasts: 6, n: 1000 };
    let found = dips(dip, &[1, 3], 100);
    assert!(found.within[0] > 0.6 && found.within[1] > 0.95, "{found:?}");
    assert!(found.and_recovery > 0.9 && found.covered > 0.85, "{found:?}");
    assert!((-14.0..-10.0).contains(&found.size), "{found:?}");
}
