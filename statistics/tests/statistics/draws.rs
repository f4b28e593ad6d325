//! Made-up respondents.

use puls_statistics::Interval;
use puls_statistics::interval::Z;
use puls_statistics::scale::{Added, Scale, Sums, adjusted_wald};
use rand_chacha::ChaCha8Rng;
use rand_core::Rng;
use statrs::distribution::{ContinuousCDF, Normal};

/// The bounds of a net promoter score.
pub(crate) const SCORE: (f64, f64) = (-100.0, 100.0);

/// A number above 0 and below 1.
pub(crate) fn uniform(rng: &mut ChaCha8Rng) -> f64 {
    ((rng.next_u64() >> 12) as f64 + 0.5) / 2_f64.powi(52)
}

pub(crate) fn normal(rng: &mut ChaCha8Rng) -> f64 {
    Normal::standard().inverse_cdf(uniform(rng))
}

/// A number of respondents between two numbers, each order of magnitude as often as any other.
pub(crate) fn respondents((few, many): (f64, f64), rng: &mut ChaCha8Rng) -> u64 {
    (few * (many / few).powf(uniform(rng))).round() as u64
}

/// A figure that is normal around the truth.
pub(crate) fn measured(truth: f64, error: f64, rng: &mut ChaCha8Rng) -> Interval {
    let value = truth + error * normal(rng);
    Interval { value, low: value - Z * error, high: value + Z * error }
}

/// The net promoter score of `n` respondents, with the true shares of detractors and promoters.
pub(crate) fn score([detractors, promoters]: [f64; 2], n: u64, rng: &mut ChaCha8Rng) -> Interval {
    let mut counts = [0; 3];
    for _ in 0..n {
        let draw = uniform(rng);
        let class = if draw < detractors { 0 } else { 1 + usize::from(draw > 1.0 - promoters) };
        counts[class] += 1;
    }
    let scale = Scale { lowest: SCORE.0, highest: SCORE.1, last: 2 };
    adjusted_wald(Sums::of(&counts, &[0, 1, 2]), scale, Added::ToDifference).unwrap()
}
