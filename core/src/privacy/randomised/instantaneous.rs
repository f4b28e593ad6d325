//! The second stage: what is sent in place of a permanent report, drawn anew for each wave.
//!
//! A report that never changes is a name: whoever sees it twice knows that both come from the same browser. So the
//! permanent report is sent only with probability β; otherwise one of all n reports is sent, each equally likely. Both
//! stages together are one response again. Let p and q be the probabilities of a permanent report near the truth and
//! far from it. What is sent is then a report near the truth with probability β p + (1 − β) / n. So β = (p − q of what
//! is sent) / (p − q of what is permanent) makes what is sent exactly the response that loses ε, with its variance,
//! however much more the permanent report loses.
//!
//! # Privacy
//! What is sent once loses the ε of its line. However often something is sent, all of it together loses no more than
//! the permanent report, from which it is made without another look at the answer. Neighbours are those of the first
//! stage.
//!
//! Cost: one or two draws of 64 bits.
//!
//! # Source
//! Erlingsson, Pihur and Korolova, "RAPPOR" (2014), the instantaneous response; Arcolezi, Couchot, Al Bouna and Xiao,
//! "Improving the Utility of Locally Differentially Private Protocols for Longitudinal and Multidimensional Frequency
//! Estimates" (2021), L-GRR.

use crate::chance::{draw_below, threshold};
use rand_core::TryRng;

/// How likely the reports of a response are.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Likelihoods {
    /// The probability of each report near the truth.
    pub near: f64,
    /// The probability of each other report.
    pub far: f64,
}

impl Likelihoods {
    /// The loss: the logarithm of the largest quotient of a report's probabilities under two answers.
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
    /// A response over so many `reports` (2 or more), `width` of them near the truth. The permanent report loses
    /// `permanent` (at least `epsilon`), what is sent at most `epsilon` (above 0).
    pub fn new(reports: usize, width: usize, permanent: f64, epsilon: f64) -> Self {
        let gain = |gain: f64| gain / ((gain + 1.0) * width as f64 + (reports - width) as f64);
        // The last bits of an exponential may be wrong, which matters for a small ε: e^ε − 1 has few others.
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

    /// How likely the permanent report and each other report are sent, by the integer threshold.
    pub fn likelihoods(&self) -> Likelihoods {
        self.after(Likelihoods { near: 1.0, far: 0.0 })
    }

    /// How likely the reports that are sent are, where `first` says how likely the permanent ones are.
    pub fn after(&self, first: Likelihoods) -> Likelihoods {
        let kept = self.threshold as f64 / 2_f64.powi(64);
        let other = (u64::MAX - self.threshold) as f64 / 2_f64.powi(64) / self.reports as f64;
        Likelihoods { near: kept * first.near + other, far: kept * first.far + other }
    }
}
