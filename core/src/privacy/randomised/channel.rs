use super::{
    InstantaneousResponse, RandomisedResponse, SquareWave, WaveProbabilities, line_epsilon, reported_classes,
};
use crate::FULL;
use crate::definition::{Counted, Definition, Measure, Mechanism};
use rand_core::TryRng;

/// How likely each report of a randomised line is. Estimates are made by it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum ChannelProbabilities {
    /// The true class is reported with probability `keep`, each other class with probability `switch`. Where a line
    /// takes several answers, the same holds for the two values of each answer's bit.
    Response {
        /// 0 to 1.
        keep: f64,
        /// 0 to `keep`.
        switch: f64,
    },
    /// A point of a long scale is reported as one near it more often than as one far from it.
    Wave {
        /// How many reports count as near a point: an odd number.
        width: usize,
        /// How likely each report is.
        probabilities: WaveProbabilities,
    },
}

impl ChannelProbabilities {
    /// The probabilities of a line of the survey; `None` if the survey isn't randomised.
    ///
    /// ```
    /// use puls_core::definition::Definition;
    /// use puls_core::privacy::ChannelProbabilities;
    ///
    /// let definition = Definition::parse(
    ///     r#"{"id": "s", "version": 1, "audience": "customer", "languages": ["en"], "title": "S",
    ///         "privacy": {"kind": "randomised", "epsilon": 2},
    ///         "items": [{"id": "recommend", "kind": "net_promoter", "text": "?"}]}"#,
    /// )?;
    /// let Some(ChannelProbabilities::Response { keep, switch }) =
    ///     ChannelProbabilities::of(&definition, &definition.counted()[0])
    /// else {
    ///     unreachable!()
    /// };
    /// assert!((keep / switch - 2_f64.exp()).abs() < 1e-9, "one of three classes, with a loss of 2");
    /// # Ok::<(), puls_core::read::Problems>(())
    /// ```
    pub fn of(definition: &Definition, line: &Counted<'_>) -> Option<Self> {
        let Mechanism::Randomised { epsilon, .. } = definition.privacy else { return None };
        let epsilon = line_epsilon(definition, epsilon);
        let channel = Channel::of(line, epsilon);
        if let Some(wave) = channel.wave {
            return Some(Self::Wave { width: wave.width(), probabilities: wave.probabilities(epsilon) });
        }
        let (keep, switch) = RandomisedResponse::probabilities(channel.classes, channel.epsilon);
        Some(Self::Response { keep, switch })
    }
}

/// How a line's answer is replaced; where it takes several answers, how each answer's bit is.
#[derive(Clone, Copy)]
pub(crate) struct Channel {
    /// The loss of one report at most.
    pub(crate) epsilon: f64,
    /// How many answers can be replaced. The last of them is "no answer", where the line may go unanswered.
    pub(crate) classes: usize,
    /// The square wave of a long scale. Without one, a randomised response replaces the answer.
    pub(crate) wave: Option<SquareWave>,
}

impl Channel {
    /// The channel of a line that has this part of ε.
    pub(crate) fn of(line: &Counted<'_>, epsilon: f64) -> Self {
        let missing = usize::from(line.may_miss);
        let classes = reported_classes(line);
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

    /// How many cells a release has for `line`, whose channel this is. A long scale has reports beyond its ends.
    pub(super) fn released_cells(&self, line: &Counted<'_>) -> usize {
        self.wave.filter(|_| FULL).map_or_else(|| reported_classes(line), |wave| wave.cells())
    }

    /// How many different reports there are.
    pub(crate) fn outputs(&self) -> usize {
        self.wave.filter(|_| FULL).map_or(self.classes, |wave| wave.outputs())
    }

    /// Draws the permanent report of a class with a loss of `epsilon`.
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

    /// Draws what is sent in place of the report `permanent`, which was drawn with a loss of `epsilon`.
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
