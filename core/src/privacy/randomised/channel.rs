use super::{InstantaneousResponse, RandomisedResponse, SquareWave};
use crate::FULL;
use crate::definition::{Counted, Measure, NetPromoter};
use rand_core::TryRng;

/// How one answer of a line, or one bit of several, is replaced.
#[derive(Clone, Copy)]
pub(crate) struct Channel {
    /// The loss of one report, at most.
    pub(crate) epsilon: f64,
    /// How many answers there are to replace, the lack of one among them where it is randomised: the last.
    pub(crate) classes: usize,
    /// For the points of a long scale; all else goes through a randomised response.
    pub(crate) wave: Option<SquareWave>,
}

impl Channel {
    /// The channel of a line that has this part of ε.
    pub(crate) fn of(line: &Counted<'_>, epsilon: f64) -> Self {
        let missing = usize::from(line.may_miss);
        let classes = match line.measure {
            Measure::NetPromoterScore => NetPromoter::CLASSES,
            _ => line.cells,
        };
        let response = Self { epsilon, classes: classes + missing, wave: None };
        match line.measure {
            Measure::Several if FULL => {
                Self { epsilon: epsilon / response.classes as f64, classes: 2, ..response }
            }
            Measure::Mean | Measure::Number | Measure::Index
                if FULL && SquareWave::suits(classes, epsilon) =>
            {
                Self { wave: Some(SquareWave::new(classes, line.may_miss, epsilon)), ..response }
            }
            _ => response,
        }
    }

    /// How many answers there are to report.
    pub(crate) fn outputs(&self) -> usize {
        self.wave.filter(|_| FULL).map_or(self.classes, |wave| wave.outputs())
    }

    /// Draws the permanent report of a class, where that loses `epsilon`.
    pub(crate) fn draw_permanent<R: TryRng>(
        &self,
        class: usize,
        epsilon: f64,
        rng: &mut R,
    ) -> Result<usize, R::Error> {
        if let Some(wave) = self.wave.filter(|_| FULL) {
            return wave.losing(epsilon).draw(class, rng);
        }
        RandomisedResponse::new(self.classes, epsilon).draw(class, rng)
    }

    /// Draws what is sent in place of a `permanent` report that loses `epsilon`.
    pub(crate) fn draw_sent<R: TryRng>(
        &self,
        permanent: usize,
        epsilon: f64,
        rng: &mut R,
    ) -> Result<usize, R::Error> {
        let width = self.wave.filter(|_| FULL).map_or(1, |wave| wave.width());
        InstantaneousResponse::new(self.outputs(), width, epsilon, self.epsilon).draw(permanent, rng)
    }
}
