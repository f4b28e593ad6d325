//! Releases of two waves can't be told to be one browser's by their reports.
//! `cargo bench -p puls-core --bench matching` prints the whole table.

use crate::support::matching::{lines, matched};

/// The mean over so many simulated surveys.
fn share(twelve: bool, lifetime: f64, n: usize, runs: u64) -> f64 {
    let definition = lines(twelve, lifetime);
    (0..runs).map(|seed| matched(&definition, lifetime, n, seed)).sum::<f64>() / runs as f64
}

#[test]
fn a_release_is_hardly_ever_matched_to_the_one_before() {
    for (twelve, n, runs, most) in [(true, 1_000, 2, 0.02), (false, 200, 10, 0.02), (false, 30, 60, 0.08)] {
        let share = share(twelve, 8.0, n, runs);
        assert!(share <= most, "{share} of {n}");
        // Nor is it worse than chance alone, by far: the adversary does know something.
        assert!(share > 0.5 / n as f64, "{share} of {n}");
    }
}

/// So the adversary is no straw man.
#[test]
fn without_a_second_stage_it_nearly_always_is() {
    let share = share(true, 2.0, 300, 1);
    assert!(share > 0.95, "{share}");
}
