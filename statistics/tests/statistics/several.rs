//! Adjusted p values beside R's.

use puls_statistics::several::holm;
use serde_json::Value;

/// R: `p.adjust(p, "holm")`.
#[test]
fn adjusted_p_values_are_those_of_r() {
    let rows: Vec<Value> = serde_json::from_str(include_str!("../references/several.json")).unwrap();
    let numbers = |of: &Value| -> Vec<f64> { serde_json::from_value(of.clone()).unwrap() };
    for row in rows {
        let (p_values, expected) = (numbers(&row["p"]), numbers(&row["holm"]));
        let found = holm(&p_values);
        assert_eq!(found.len(), expected.len());
        for (found, expected) in found.iter().zip(&expected) {
            assert!((found - expected).abs() < 1e-9, "{p_values:?}: {found} is not {expected}");
        }
    }
}
