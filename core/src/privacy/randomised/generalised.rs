//! Generalised randomised response: the true class is reported more often than each other one.
//!
//! # Privacy
//! ε-local differential privacy. Neighbours are any two classes.
//!
//! Cost: two draws of 64 bits.
//!
//! # Source
//! Warner, "Randomized Response" (1965); Kairouz, Bonawitz and Ramage, "Discrete Distribution Estimation
//! under Local Privacy" (2016), k-RR.

use super::Likelihoods;
use crate::chance::{draw_below, threshold};
use rand_core::TryRng;

/// Randomised response over a number of classes, drawn with integers only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RandomisedResponse {
    classes: u64,
    /// Out of 2^64 draws, those below it keep the true class.
    threshold: u64,
}

impl RandomisedResponse {
    /// Over `classes` (2 or more) with a loss of at most `epsilon` (above 0).
    pub fn new(classes: usize, epsilon: f64) -> Self {
        let (keep, _) = Self::probabilities(classes, epsilon);
        Self { classes: classes as u64, threshold: threshold(keep) }
    }

    /// The probabilities that a class is reported when it is the true one, and when it is another one.
    pub fn probabilities(classes: usize, epsilon: f64) -> (f64, f64) {
        let odds = epsilon.exp();
        let all = odds + classes as f64 - 1.0;
        (odds / all, 1.0 / all)
    }

    /// Draws what is reported for the class `truth`.
    ///
    /// # Errors
    /// Whatever `rng` fails with.
    pub fn draw<R: TryRng>(&self, truth: usize, rng: &mut R) -> Result<usize, R::Error> {
        if rng.try_next_u64()? < self.threshold {
            return Ok(truth);
        }
        // One of the other classes, uniformly: those from the true one on are shifted by one.
        let others = self.classes - 1;
        let other = usize::try_from(draw_below(others, rng)?).unwrap_or(0);
        Ok(if other < truth { other } else { other + 1 })
    }

    /// The loss that the integer threshold amounts to: ln(T (k−1) / (2^64 − T)).
    pub fn epsilon(&self) -> f64 {
        self.likelihoods().loss()
    }

    /// How likely reports are by the integer threshold.
    pub fn likelihoods(&self) -> Likelihoods {
        let all = 2_f64.powi(64);
        let far = (u64::MAX - self.threshold) as f64 / (self.classes - 1) as f64;
        Likelihoods { near: self.threshold as f64 / all, far: far / all }
    }
}
