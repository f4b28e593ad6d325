//! Ranges hold the truth as often as they say, however answers are spread.
//! `cargo bench -p puls-analysis --bench coverage` prints the tables of `docs/statistics.md`.

use crate::support::coverage::{Figure, Spread, Way, coverage};

/// Fails if ranges hold the truth less often than they should, or, where answers are spread evenly, more often. Where
/// nearly everybody answers alike, few different surveys are possible, and a range that holds the truth in 93 of 100 holds
/// it in more.
fn assert_holds(way: Way, figures: &[Figure], n: u64, runs: u64) {
    let goal = way.goal(n);
    // Four standard errors of a share of 95 %.
    let slack = 400.0 * (0.95 * 0.05 / runs as f64).sqrt();
    for figure in figures {
        for spread in Spread::ALL {
            let found = coverage(*figure, spread, way, n, runs);
            let most = if spread == Spread::Even { *goal.end() } else { 100.0 };
            assert!(
                (goal.start() - slack..=most + slack).contains(&found),
                "{found} of 100 surveys of {n}: {figure:?}, {spread:?}, {way:?}"
            );
        }
    }
}

#[test]
fn ranges_of_exact_counts_hold_the_truth_in_95_of_100_surveys() {
    for (n, runs) in [(10, 2_000), (30, 1_500), (100, 500)] {
        assert_holds(Way::Exact, &Figure::ALL, n, runs);
    }
}

#[test]
fn ranges_of_randomised_answers_hold_the_truth_in_95_of_100_surveys() {
    assert_holds(Way::Randomised(2.0), &Figure::ALL, 300, 150);
    // Hardly any answer is replaced, so of a share that few people have there are hardly any reports.
    assert_holds(Way::Randomised(8.0), &Figure::ALL, 100, 300);
}

#[test]
fn ranges_of_a_sum_alone_hold_the_truth_in_more_than_95_of_100_surveys() {
    for n in [3, 10] {
        assert_holds(Way::SumAlone, &Figure::SCORES, n, 1_000);
    }
}
