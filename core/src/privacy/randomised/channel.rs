use super::{RandomisedResponse, SquareWave};
use crate::FULL;
use crate::definition::{Counted, Measure, NetPromoter};
use rand_core::TryRng;

/// How one answer of a line, or one bit of several, is replaced.
#[derive(Clone, Copy)]
pub(crate) enum Channel {
    /// Classes, or the points of a short scale.
    Response(RandomisedResponse),
    /// The points of a long scale.
    Wave(SquareWave),
}

impl Channel {
    /// The channel of a line that has this part of ε.
    pub(crate) fn of(line: &Counted<'_>, epsilon: f64) -> Self {
        let missing = usize::from(line.may_miss);
        match line.measure {
            Measure::NetPromoterScore => {
                Self::Response(RandomisedResponse::new(NetPromoter::CLASSES + missing, epsilon))
            }
            Measure::Several => {
                Self::Response(RandomisedResponse::new(2, epsilon / (line.cells + missing) as f64))
            }
            Measure::Mean | Measure::Number | Measure::Index
                if FULL && SquareWave::suits(line.cells, epsilon) =>
            {
                Self::Wave(SquareWave::new(line.cells, line.may_miss, epsilon))
            }
            _ => Self::Response(RandomisedResponse::new(line.cells + missing, epsilon)),
        }
    }

    /// How many answers there are to replace, the lack of one among them where it is randomised: the last.
    pub(crate) fn classes(self) -> usize {
        match self {
            Self::Response(response) => response.classes(),
            Self::Wave(wave) => wave.classes(),
        }
    }

    /// How many there are to report.
    pub(crate) fn outputs(self) -> usize {
        match self {
            Self::Response(response) => response.classes(),
            Self::Wave(wave) => wave.outputs(),
        }
    }

    /// Draws what is reported for `truth`.
    pub(super) fn draw<R: TryRng>(self, truth: usize, rng: &mut R) -> Result<usize, R::Error> {
        match self {
            Self::Response(response) => response.draw(truth, rng),
            Self::Wave(wave) => wave.draw(truth, rng),
        }
    }

    /// The loss of one report.
    pub(crate) fn epsilon(self) -> f64 {
        match self {
            Self::Response(response) => response.epsilon(),
            Self::Wave(wave) => wave.epsilon(),
        }
    }
}
