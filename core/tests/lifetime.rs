//! What one browser may tell over all waves of a randomised survey, and that it stops there.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod support;

use puls_core::definition::Definition;
use puls_core::privacy::{Keep, Outcome, PrepareError, affords};
use puls_core::segment::Segment;
use rand_chacha::ChaCha12Rng;
use rand_core::SeedableRng;
use support::{NPS, answered, outcome, survey, survey_with, through_json};

const EASE: &str = r#"{"id": "ease", "kind": "rating", "text": "?", "scale": {"points": 5}}"#;

/// How many releases one browser makes that answers `cells` again and again, up to `most`.
fn releases(definition: &Definition, cells: impl Fn(usize) -> Vec<usize>, most: usize) -> usize {
    let mut rng = ChaCha12Rng::seed_from_u64(1);
    let mut keep = Keep::default();
    for made in 0..most {
        let response = answered(definition, &cells(made));
        match outcome(definition, &response, &keep, &Segment::default(), &mut rng) {
            Ok(prepared) => {
                assert!(affords(definition, &keep), "after {made}");
                assert!(matches!(prepared.outcome, Outcome::Release(_)));
                keep = through_json(&prepared.keep, definition);
                assert!(keep == prepared.keep);
            }
            Err(PrepareError::Spent) => {
                assert!(!affords(definition, &keep), "after {made}");
                return made;
            }
            Err(error) => panic!("{error}"),
        }
    }
    most
}

fn randomised(privacy: &str, items: &str) -> Definition {
    survey(&format!(r#"{{"kind": "randomised", {privacy}}}"#), items)
}

#[test]
fn a_required_net_promoter_item_may_be_asked_for_ever() {
    // Its three classes can tell something new three times; 3 · 2 is below 4 · 2.
    assert_eq!(releases(&randomised(r#""epsilon": 2"#, NPS), |wave| vec![wave % 11], 100), 100);
}

#[test]
fn past_the_lifetime_nothing_more_is_released() {
    let five_points = randomised(r#""epsilon": 2"#, EASE);
    assert_eq!(releases(&five_points, |_| vec![3], 100), 4, "whatever is answered, also always the same");
    assert_eq!(releases(&five_points, |wave| vec![wave % 5], 100), 4);
    let longer = randomised(r#""epsilon": 2, "lifetime_epsilon": 10"#, EASE);
    assert_eq!(releases(&longer, |_| vec![3], 100), 100, "five classes tell something new five times");
    let once = randomised(r#""epsilon": 2, "lifetime_epsilon": 2"#, &format!("{NPS}, {EASE}"));
    assert_eq!(releases(&once, |_| vec![3, 3], 100), 1);
}

#[test]
fn all_lines_together_spend_the_epsilon_of_a_release() {
    let three = format!(r#"{EASE}, {}, {}"#, EASE.replace("ease", "b"), EASE.replace("ease", "c"));
    // A third of 2 isn't a whole number of thousandths, and yet four releases fit into 8.
    assert_eq!(releases(&randomised(r#""epsilon": 2"#, &three), |_| vec![1, 2, 3], 100), 4);
}

#[test]
fn a_version_with_other_classes_goes_on_where_the_last_one_stopped() {
    let before = randomised(r#""epsilon": 2"#, EASE);
    let after = randomised(r#""epsilon": 2"#, &EASE.replace(r#""points": 5"#, r#""points": 7"#));
    let mut rng = ChaCha12Rng::seed_from_u64(2);
    let mut keep = Keep::default();
    let mut release = |definition: &Definition, keep: &Keep| {
        let response = answered(definition, &[3]);
        outcome(definition, &response, keep, &Segment::default(), &mut rng).map(|prepared| prepared.keep)
    };
    for _ in 0..2 {
        keep = release(&before, &keep).unwrap();
    }
    for _ in 0..2 {
        keep = release(&after, &keep).unwrap();
    }
    assert!(matches!(release(&after, &keep), Err(PrepareError::Spent)));
}

#[test]
fn what_was_not_drawn_into_a_sample_is_not_charged() {
    let items: Vec<String> = (0..6).map(|index| EASE.replace("ease", &format!("i{index}"))).collect();
    let definition = survey_with(&format!(
        r#""privacy": {{"kind": "randomised", "epsilon": 2, "lifetime_epsilon": 6}}, "sample": 1, "items": [{}]"#,
        items.join(", ")
    ));
    // The plan as given asks the first item alone: each release spends the whole of ε on it, three times.
    assert_eq!(releases(&definition, |_| vec![2], 100), 3);
}

#[test]
fn a_lifetime_below_one_release_is_refused() {
    let text = format!(
        r#"{{"id": "s", "version": 1, "audience": "customer", "languages": ["en"], "title": "S",
            "privacy": {{"kind": "randomised", "epsilon": 2, "lifetime_epsilon": 1}}, "items": [{NPS}]}}"#
    );
    assert_eq!(Definition::parse(&text).unwrap_err().to_string(), "privacy.lifetime_epsilon: 1 is below 2");
}
