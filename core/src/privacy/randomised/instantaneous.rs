//! The second stage: what is sent in place of a permanent report, drawn anew for each wave.
//!
//! A report that never changes is a name: whoever sees it twice knows that it is the same browser. So what is sent
//! is the permanent report only with a certain probability, and else any report, each as likely as the other. Two
//! stages in a row are one response again. With p and q the probabilities of a report near the truth and far from it,
//! and β that of keeping the permanent report, what is sent is near the truth with β p + (1 − β) / n, where n is the
//! number of reports. So β = (p − q of what is sent) / (p − q of what is permanent) makes what is sent the very response
//! that loses ε, with its variance, however much more the permanent one loses.
//!
//! # Privacy
//! What is sent once loses the ε of its line; however often it is sent, all of it together loses no more than the
//! permanent report, from which it is made without another look at the answer. Neighbours are those of the first stage.
//!
//! Cost: one or two draws of 64 bits.
//!
//! # Source
//! Erlingsson, Pihur and Korolova, "RAPPOR" (2014), the instantaneous response; Arcolezi, Couchot, Al Bouna and Xiao,
//! "Improving the Utility of Locally Differentially Private Protocols for Longitudinal and Multidimensional Frequency
//! Estimates" (2021), L-GRR.

use crate::chance::{draw_below, threshold};
use rand_core::TryRng;

/// How likely the reports of a response are: each one near the truth, and each other one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Likelihoods {
    /// Of each report near the truth.
    pub near: f64,
    /// Of each other one.
    pub far: f64,
}

impl Likelihoods {
    /// The logarithm of how many times as likely a report is from one answer as from another, at most.
    pub fn loss(&self) -> f64 {
        (self.near / self.far).ln()
    }
}

/// A response to a permanent report, drawn with integers only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InstantaneousResponse {
    reports: u64,
    /// Out of 2^64 draws, those below it keep the permanent report.
    threshold: u64,
}

impl InstantaneousResponse {
    /// Over so many `reports` (2 or more), `width` of them near the truth, where the permanent one loses `permanent`
    /// (at least `epsilon`) and what is sent may lose `epsilon` (above 0).
    pub fn new(reports: usize, width: usize, permanent: f64, epsilon: f64) -> Self {
        let gain = |gain: f64| gain / ((gain + 1.0) * width as f64 + (reports - width) as f64);
        // An exponential may be off in its last bits, which of a small ε are many of what is above 1.
        let sent = epsilon.exp() - 1.0 - 4.0 * f64::EPSILON;
        let share = gain(sent) / gain(permanent.exp() - 1.0);
        Self { reports: reports as u64, threshold: threshold(share) }
    }

    /// Draws what is sent in place of the `permanent` report.
    ///
    /// # Errors
    /// Whatever `rng` fails with.
    pub fn draw<R: TryRng>(&self, permanent: usize, rng: &mut R) -> Result<usize, R::Error> {
        if rng.try_next_u64()? < self.threshold {
            return Ok(permanent);
        }
        Ok(usize::try_from(draw_below(self.reports, rng)?).unwrap_or(0))
    }

    /// How likely the permanent report is sent, and each other one: what the integer threshold amounts to.
    pub fn likelihoods(&self) -> Likelihoods {
        self.after(Likelihoods { near: 1.0, far: 0.0 })
    }

    /// How likely what is sent is, where this is how likely the permanent report is.
    pub fn after(&self, first: Likelihoods) -> Likelihoods {
        let kept = self.threshold as f64 / 2_f64.powi(64);
        let other = (u64::MAX - self.threshold) as f64 / 2_f64.powi(64) / self.reports as f64;
        Likelihoods { near: kept * first.near + other, far: kept * first.far + other }
    }
}
