//! Other people's programs agree on the mechanisms: `../vectors/README.md` says which, and how they were asked.

use puls_core::privacy::RandomisedResponse;
use serde_json::Value;

#[test]
fn randomised_response_loses_what_opendp_says() {
    let vectors: Value = serde_json::from_str(include_str!("../vectors/randomised-response.json")).unwrap();
    let rows = vectors["rows"].as_array().unwrap();
    assert_eq!(rows.len(), 30);
    for row in rows {
        let (classes, number) =
            (row["classes"].as_u64().unwrap() as usize, |name: &str| row[name].as_f64().unwrap());
        let response = RandomisedResponse::new(classes, number("epsilon"));
        let (keep, _) = RandomisedResponse::probabilities(classes, number("epsilon"));
        assert!((keep - number("probability")).abs() < 1e-15, "{row}");
        assert!((response.epsilon() - number("loss")).abs() < 1e-9, "{} for {row}", response.epsilon());
        assert!(response.epsilon() <= number("loss"), "{} for {row}", response.epsilon());
    }
}
