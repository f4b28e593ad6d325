use puls_core::definition::{Counted, Definition};
use puls_core::privacy::{ChannelProbabilities, WaveProbabilities};

/// How what was counted came about from what was answered.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Noise {
    /// Counts are of answers.
    None,
    /// Counts are of randomised answers: the true class was reported with probability `keep`, each other
    /// one with probability `switch`.
    Randomised {
        /// Probability that the true class was reported.
        keep: f64,
        /// Probability of each other class.
        switch: f64,
        /// Whether to have no answer was randomised as well. Else whoever is missing is missing.
        missing: bool,
    },
    /// Counts are of reports near the truth, which may lie beyond the scale's ends.
    Wave {
        /// How many reports are near a point: an odd number.
        width: usize,
        /// How likely each is.
        probabilities: WaveProbabilities,
        /// Whether to have no answer was randomised as well.
        missing: bool,
    },
}

impl Noise {
    /// The noise in a line of a release.
    pub fn of(definition: &Definition, line: &Counted<'_>) -> Self {
        let missing = line.may_miss;
        match ChannelProbabilities::of(definition, line) {
            None => Self::None,
            Some(ChannelProbabilities::Response { keep, switch }) => {
                Self::Randomised { keep, switch, missing }
            }
            Some(ChannelProbabilities::Wave { width, probabilities }) => {
                Self::Wave { width, probabilities, missing }
            }
        }
    }

    /// Whether how many answered is an estimate.
    pub fn hides_missing(self) -> bool {
        matches!(self, Self::Randomised { missing: true, .. } | Self::Wave { missing: true, .. })
    }
}
