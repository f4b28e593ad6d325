//! Square wave: the report of a point on a long scale lies near the point more often than far from it.
//!
//! The scale's ends are extended by the square wave's half width, so that every point has equally many reports near it.
//! A report near the truth says almost as much as the truth itself. So the mean of a long scale is about twice as
//! precise as with randomised response (`docs/privacy.md` has the figures).
//!
//! # Privacy
//! ε-local differential privacy. Neighbours are any two points; where "no answer" is reported as well, also a point and
//! "no answer".
//!
//! Cost: two or three draws of 64 bits.
//!
//! # Source
//! Li, Wang, Lopuhaä-Zwakenberg, Li and Škoric, "Estimating Numerical Distributions under Local Differential
//! Privacy" (2020), the mechanism for discrete values. The class for those without an answer is ours.

use super::Likelihoods;
use crate::chance::{draw_below, threshold};
use rand_core::TryRng;

/// For scales of up to this many points, randomised response estimates the shares better.
const SHORT: usize = 7;

/// A square wave over a number of points, drawn with integers only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SquareWave {
    points: usize,
    half_width: usize,
    /// Whether there is a class for those without an answer, after the points.
    missing: bool,
    /// Out of 2^64 draws, those below it give a report near a point.
    near: u64,
    /// Out of 2^64 draws, those below it report a missing answer as such.
    kept: u64,
}

/// How likely each report is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WaveProbabilities {
    /// The probability of each report near the point.
    pub near: f64,
    /// The probability of each other report; also that of "missing" where there is an answer.
    pub far: f64,
    /// The probability of "missing" where there is no answer.
    pub kept: f64,
    /// The probability of each point where there is no answer.
    pub instead: f64,
}

impl SquareWave {
    /// Whether a square wave estimates a scale's mean better than randomised response does.
    pub fn suits(points: usize, epsilon: f64) -> bool {
        points > SHORT && half_width(points, epsilon) > 0
    }

    /// A square wave over `points` (2 or more), and a class for those without an answer if there may be any `missing`,
    /// with a loss of at most `epsilon` (above 0).
    pub fn new(points: usize, missing: bool, epsilon: f64) -> Self {
        Self { points, half_width: half_width(points, epsilon), missing, near: 0, kept: 0 }.losing(epsilon)
    }

    /// The same reports with another loss. The width stays, since estimates depend on it.
    pub fn losing(self, epsilon: f64) -> Self {
        let WaveProbabilities { near, kept, .. } = self.probabilities(epsilon);
        Self { near: threshold(near * self.width() as f64), kept: threshold(kept), ..self }
    }

    /// How likely each report is with a loss of `epsilon`.
    pub fn probabilities(&self, epsilon: f64) -> WaveProbabilities {
        let odds = epsilon.exp();
        let others = (self.points - 1 + usize::from(self.missing)) as f64;
        let all = self.width() as f64 * odds + others;
        let kept = odds / all;
        WaveProbabilities { near: kept, far: 1.0 / all, kept, instead: (1.0 - kept) / self.cells() as f64 }
    }

    /// How many points a report may name: those of the scale, and the half width at each end.
    pub fn cells(&self) -> usize {
        self.points + 2 * self.half_width
    }

    /// How many reports count as near a point.
    pub fn width(&self) -> usize {
        2 * self.half_width + 1
    }

    /// How many different reports there are, with "missing" where that is reported.
    pub fn outputs(&self) -> usize {
        self.cells() + usize::from(self.missing)
    }

    /// Draws what is reported for the class `truth`.
    ///
    /// # Errors
    /// Whatever `rng` fails with.
    pub fn draw<R: TryRng>(&self, truth: usize, rng: &mut R) -> Result<usize, R::Error> {
        let below =
            |bound: usize, rng: &mut R| Ok(usize::try_from(draw_below(bound as u64, rng)?).unwrap_or(0));
        let draw = rng.try_next_u64()?;
        if truth >= self.points {
            return if draw < self.kept { Ok(self.cells()) } else { below(self.cells(), rng) };
        }
        if draw < self.near {
            return Ok(truth + below(self.width(), rng)?);
        }
        // One of the other reports, uniformly: those beyond the reports near the truth are shifted past them.
        let other = below(self.outputs() - self.width(), rng)?;
        Ok(if other < truth { other } else { other + self.width() })
    }

    /// The loss that the integer thresholds amount to: the logarithm of the largest quotient of two
    /// probabilities of one report.
    pub fn epsilon(&self) -> f64 {
        self.likelihoods().loss()
    }

    /// How likely reports are by the integer thresholds: the likeliest one near the truth, and the least likely one far
    /// from it.
    pub fn likelihoods(&self) -> Likelihoods {
        let far = (u64::MAX - self.near) as f64 / (self.outputs() - self.width()) as f64;
        let near = self.near as f64 / self.width() as f64;
        let kept = if self.missing { self.kept as f64 } else { 0.0 };
        let all = 2_f64.powi(64);
        Likelihoods { near: near.max(kept) / all, far: far / all }
    }
}

/// The half width with which a report says most about its point.
fn half_width(points: usize, epsilon: f64) -> usize {
    let odds = epsilon.exp();
    let share = (epsilon * odds - odds + 1.0) / (2.0 * odds * (odds - 1.0 - epsilon));
    #[expect(
        clippy::cast_possible_truncation,
        reason = "rounds down on purpose; it is below half the points"
    )]
    let half_width = (share * points as f64) as usize;
    half_width
}
