//! A line of a survey once its answers have left the page: all that disclosure and estimates need to know of it.
//!
//! In come a definition and one of its counted lines; out go what its cells stand for ([`Form`]), what chance did to
//! its answers ([`Noise`]), and the sums that its mean is computed from ([`Sums`]). The number of cells always comes
//! from here, never from the length of a list of counts.

mod noise;

pub use noise::{Noise, ResponseNoise, SquareWaveNoise};
pub use puls_statistics::scale::Sums;

use puls_core::definition::{Counted, Definition, Measure, NetPromoter, Thirds};
use puls_core::privacy::released_cells;
use puls_core::summary::Counts;
use puls_statistics::scale::Scale;
use std::ops::Range;

/// A line of a survey once its answers have left the page.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// What its cells stand for.
    pub form: Form,
    /// What chance did to the answers.
    pub noise: Noise,
    /// Its unfavourable, neutral and favourable cells, if it is usual to group this line's answers like that.
    pub thirds: Option<Thirds<Range<usize>>>,
}

/// What a line's answers stand for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Form {
    /// Answers from 0 to 10. The line's figure is a net promoter score.
    Recommendation,
    /// Detractors, passives and promoters. The line's figure is a net promoter score.
    Classes,
    /// Points at equal distances. The line's figure is their mean.
    Scale {
        /// How many points there are: 2 or more.
        points: usize,
        /// The figure that the first point stands for.
        lowest: f64,
        /// The figure that the last point stands for.
        highest: f64,
    },
    /// This many answers without an order; each respondent gives one.
    Options(usize),
    /// This many answers; each respondent gives any number of them.
    Several(usize),
}

impl Line {
    /// A line of the survey.
    pub fn of(definition: &Definition, line: &Counted<'_>) -> Self {
        let last = line.cells.saturating_sub(1) as f64;
        let scale = |lowest: f64, highest: f64| Form::Scale { points: line.cells, lowest, highest };
        let form = match line.measure {
            Measure::NetPromoterScore if released_cells(definition, line) == NetPromoter::CLASSES => {
                Form::Classes
            }
            Measure::NetPromoterScore => Form::Recommendation,
            Measure::Mean => scale(1.0, 1.0 + last),
            Measure::Number => scale(0.0, last),
            Measure::Index => scale(0.0, 100.0),
            Measure::Shares => Form::Options(line.cells),
            Measure::Several => Form::Several(line.cells),
        };
        let known = Self::new(form, Noise::of(definition, line));
        Self { thirds: known.thirds.clone().or_else(|| line.thirds()), ..known }
    }

    /// A line of this form. The form alone tells the thirds of a net promoter item, and of nothing else.
    pub fn new(form: Form, noise: Noise) -> Self {
        let thirds = |unfavourable, neutral, favourable| Some(Thirds { unfavourable, neutral, favourable });
        let thirds = match form {
            Form::Recommendation => thirds(0..7, 7..9, 9..11),
            Form::Classes => thirds(0..1, 1..2, 2..3),
            _ => None,
        };
        Self { form, noise, thirds }
    }

    /// How many cells are counted. A long scale that went through the square wave has more than points, since reports
    /// may lie beyond its ends.
    pub fn cells(&self) -> usize {
        match self.noise {
            Noise::SquareWave(SquareWaveNoise { width, .. }) => {
                (self.form.answers() + width).saturating_sub(1)
            }
            Noise::None | Noise::Response(_) => self.form.answers(),
        }
    }

    /// The counts of nobody: all 0.
    pub fn nobody(&self) -> Counts {
        Counts::empty(self.cells())
    }

    /// The lowest and the highest figure that the line can have; `None` if its only figures are shares.
    pub fn range(&self) -> Option<(f64, f64)> {
        match self.form {
            Form::Recommendation | Form::Classes => Some((-100.0, 100.0)),
            Form::Scale { lowest, highest, .. } => Some((lowest, highest)),
            Form::Options(_) | Form::Several(_) => None,
        }
    }

    /// The sums that the mean of its answers is computed from; `None` if the answers have no order.
    pub fn sums(&self, counts: &Counts) -> Option<Sums> {
        Some(Sums::of(counts.cells(), &self.steps()?))
    }

    /// The sums of `answered` answers of which only the `sum` is known, with the largest squares possible on this line;
    /// `None` if the answers have no order.
    pub fn widest_sums(&self, answered: u64, sum: u64) -> Option<Sums> {
        Some(Sums::widest(answered, sum, self.scale()?.last))
    }

    /// The scale of its figure; `None` if its only figures are shares.
    pub(crate) fn scale(&self) -> Option<Scale> {
        let (lowest, highest) = self.range()?;
        let last = match self.form {
            Form::Recommendation | Form::Classes => 2,
            _ => (self.form.answers() as u64).saturating_sub(1).max(1),
        };
        Some(Scale { lowest, highest, last })
    }

    /// How many equal steps each cell lies above the lowest figure; `None` if its only figures are shares.
    fn steps(&self) -> Option<Vec<u64>> {
        let cells = 0..self.form.answers();
        match self.form {
            Form::Recommendation => Some(cells.map(|cell| NetPromoter::class(cell) as u64).collect()),
            Form::Classes | Form::Scale { .. } => Some(cells.map(|cell| cell as u64).collect()),
            Form::Options(_) | Form::Several(_) => None,
        }
    }

    /// The figure that each cell stands for.
    pub(crate) fn weights(&self) -> Option<Vec<f64>> {
        let Scale { lowest, highest, last } = self.scale()?;
        let step = (highest - lowest) / last as f64;
        Some(self.steps()?.into_iter().map(|steps| lowest + step * steps as f64).collect())
    }
}

impl Form {
    /// The number of answers to choose from.
    pub fn answers(self) -> usize {
        match self {
            Self::Recommendation => 11,
            Self::Classes => NetPromoter::CLASSES,
            Self::Scale { points, .. } => points,
            Self::Options(options) | Self::Several(options) => options,
        }
    }

    pub(crate) fn is_several(self) -> bool {
        matches!(self, Self::Several(_))
    }
}
