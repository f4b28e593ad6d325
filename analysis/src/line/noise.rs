use puls_core::definition::{Counted, Definition};
use puls_core::privacy::{ChannelProbabilities, WaveProbabilities};

/// How what was counted came about from what was answered.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Noise {
    /// Counts are of answers.
    None,
    /// Counts are of randomised answers.
    Response(ResponseNoise),
    /// Counts are of reports near the truth, which may lie beyond the scale's ends.
    Wave(WaveNoise),
}

/// The true class was reported with probability `keep`, each other one with probability `switch`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ResponseNoise {
    /// Probability that the true class was reported.
    pub keep: f64,
    /// Probability of each other class.
    pub switch: f64,
    /// Whether to have no answer was randomised as well. Else whoever is missing is missing.
    pub missing: bool,
}

/// Points of a long scale were reported near the truth.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WaveNoise {
    /// How many reports are near a point: an odd number.
    pub width: usize,
    /// How likely each is.
    pub probabilities: WaveProbabilities,
    /// Whether to have no answer was randomised as well.
    pub missing: bool,
}

impl Noise {
    /// The noise in a line of a release.
    pub fn of(definition: &Definition, line: &Counted<'_>) -> Self {
        let missing = line.may_miss;
        match ChannelProbabilities::of(definition, line) {
            None => Self::None,
            Some(ChannelProbabilities::Response { keep, switch }) => {
                Self::Response(ResponseNoise { keep, switch, missing })
            }
            Some(ChannelProbabilities::Wave { width, probabilities }) => {
                Self::Wave(WaveNoise { width, probabilities, missing })
            }
        }
    }

    /// Whether how many answered is an estimate.
    pub fn hides_missing(self) -> bool {
        match self {
            Self::None => false,
            Self::Response(ResponseNoise { missing, .. }) | Self::Wave(WaveNoise { missing, .. }) => missing,
        }
    }
}
