use puls_core::definition::{Counted, Definition};
use puls_core::privacy::{ChannelProbabilities, WaveProbabilities};

/// What chance did to the answers before they were counted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Noise {
    /// The counts are of the answers themselves.
    None,
    /// The counts are of answers that went through randomised response.
    Response(ResponseNoise),
    /// The counts are of points that went through the square wave, so some may lie beyond the scale's ends.
    SquareWave(SquareWaveNoise),
}

/// Randomised response: the true class was reported with probability `keep`, each other one with probability `switch`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ResponseNoise {
    /// The probability that the true class was reported.
    pub keep: f64,
    /// The probability of each other class.
    pub switch: f64,
    /// Whether "no answer" was randomised as well. If not, the count of missing answers is exact.
    pub missing: bool,
}

/// The square wave: points of a long scale were reported near the true one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SquareWaveNoise {
    /// How many reports are near a point: an odd number.
    pub width: usize,
    /// The probability of each report.
    pub probabilities: WaveProbabilities,
    /// Whether "no answer" was randomised as well.
    pub missing: bool,
}

impl Noise {
    /// The noise in this line of a survey's releases.
    pub fn of(definition: &Definition, line: &Counted<'_>) -> Self {
        let missing = line.may_miss;
        match ChannelProbabilities::of(definition, line) {
            None => Self::None,
            Some(ChannelProbabilities::Response { keep, switch }) => {
                Self::Response(ResponseNoise { keep, switch, missing })
            }
            Some(ChannelProbabilities::Wave { width, probabilities }) => {
                Self::SquareWave(SquareWaveNoise { width, probabilities, missing })
            }
        }
    }

    /// Whether the number of those who answered is only an estimate.
    pub fn hides_missing(self) -> bool {
        match self {
            Self::None => false,
            Self::Response(ResponseNoise { missing, .. })
            | Self::SquareWave(SquareWaveNoise { missing, .. }) => missing,
        }
    }
}
