//! Long scales under `randomised`: what the wave promises.

use puls_core::privacy::{SquareWave, WaveProbabilities};
use rand_chacha::ChaCha12Rng;
use rand_core::SeedableRng;

/// How often each report is drawn of each class, out of `draws`.
fn drawn(wave: &SquareWave, classes: usize, draws: u32, rng: &mut ChaCha12Rng) -> Vec<Vec<u32>> {
    let of = |truth: usize, rng: &mut ChaCha12Rng| {
        let mut counts = vec![0; wave.cells() + 1];
        (0..draws).for_each(|_| counts[wave.draw(truth, rng).unwrap()] += 1);
        counts
    };
    (0..classes).map(|truth| of(truth, rng)).collect()
}

#[test]
fn the_loss_never_exceeds_epsilon_and_comes_close_to_it() {
    for epsilon in [0.01, 0.5, 1.0, 2.0, 4.0] {
        for points in [8, 10, 11, 41, 181] {
            for missing in [false, true] {
                let exact = SquareWave::new(points, missing, epsilon).epsilon();
                assert!(exact <= epsilon + 1e-14, "{points} points lose {exact}, more than {epsilon}");
                assert!(epsilon - exact < 1e-9, "{points} points lose only {exact} of {epsilon}");
            }
        }
    }
}

/// The half width and probabilities of the authors' own code (github.com/BufferZero/multifreq_ldp has the same
/// formula), worked out by hand for 1,024 points at ε = 1: b = floor(1024 · 0.25608…) = 262.
#[test]
fn the_wave_is_as_wide_as_the_paper_says() {
    for (points, epsilon, half_width) in
        [(1024, 1.0, 262), (10, 2.0, 1), (11, 1.0, 2), (41, 3.0, 2), (10, 3.0, 0)]
    {
        assert_eq!(
            SquareWave::new(points, false, epsilon).width(),
            2 * half_width + 1,
            "{points} at {epsilon}"
        );
    }
}

/// Pearson's χ² at α = 0.001, by the approximation of Wilson and Hilferty (1931) to its critical value.
#[test]
fn draws_follow_the_probabilities() {
    let mut rng = ChaCha12Rng::seed_from_u64(5);
    for (points, epsilon) in [(10, 1.0), (10, 2.0), (21, 0.5)] {
        let wave = SquareWave::new(points, true, epsilon);
        let WaveProbabilities { near, far, kept, instead } = wave.probabilities(epsilon);
        for (truth, counts) in drawn(&wave, points + 1, 100_000, &mut rng).iter().enumerate() {
            let expected = |report: usize| match (truth < points, report < wave.cells()) {
                (true, true) if (truth..truth + wave.width()).contains(&report) => near,
                (true, _) => far,
                (false, true) => instead,
                (false, false) => kept,
            };
            let sum: f64 = (0..=wave.cells()).map(expected).sum();
            assert!((sum - 1.0).abs() < 1e-12, "{sum}");
            let term = |(report, count): (usize, &u32)| {
                let expected = 100_000.0 * expected(report);
                (f64::from(*count) - expected).powi(2) / expected
            };
            let statistic: f64 = counts.iter().enumerate().map(term).sum();
            let freedom = wave.cells() as f64;
            let spread = 2.0 / (9.0 * freedom);
            let critical = freedom * (1.0 - spread + 3.0902 * spread.sqrt()).powi(3);
            assert!(statistic < critical, "χ² = {statistic} of {truth} at ε = {epsilon}");
        }
    }
}
