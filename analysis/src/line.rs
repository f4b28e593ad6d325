//! A line of a survey as it is counted once its answers have left the page: all that disclosure and estimates have to know of it.
//!
//! In come a definition and one of its counted lines; out go what its cells stand for ([`Form`]), what chance did to its answers
//! ([`Noise`]), and what a mean is made of ([`Sums`]). How many cells there are is known from here, never from how long a list of
//! counts is.

mod noise;

pub use noise::{Noise, ResponseNoise, WaveNoise};
pub use puls_statistics::scale::Sums;

use puls_core::definition::{Counted, Definition, Measure, NetPromoter, Thirds};
use puls_core::privacy::released_cells;
use puls_core::summary::Counts;
use puls_statistics::scale::Scale;
use std::ops::Range;

/// A line as it is counted once its answers have left the page: all that an estimate has to know of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// What its cells stand for.
    pub form: Form,
    /// What chance did to the answers.
    pub noise: Noise,
    /// Its unfavourable, neutral and favourable cells, where it is usual to tell them apart.
    pub thirds: Option<Thirds<Range<usize>>>,
}

/// What a line's answers stand for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Form {
    /// 0 to 10, of which a net promoter score is made.
    Recommendation,
    /// Detractor, passive and promoter, of which a net promoter score is made.
    Classes,
    /// Points at equal distances, of which a mean is made.
    Scale {
        /// How many points there are: 2 or more.
        points: usize,
        /// What the first one stands for.
        lowest: f64,
        /// What the last one stands for.
        highest: f64,
    },
    /// So many answers without an order, of which each respondent has one.
    Options(usize),
    /// So many answers, of which each respondent has any number.
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

    /// A line of this form. Only a net promoter score's classes follow from that.
    pub fn new(form: Form, noise: Noise) -> Self {
        let thirds = |unfavourable, neutral, favourable| Some(Thirds { unfavourable, neutral, favourable });
        let thirds = match form {
            Form::Recommendation => thirds(0..7, 7..9, 9..11),
            Form::Classes => thirds(0..1, 1..2, 2..3),
            _ => None,
        };
        Self { form, noise, thirds }
    }

    /// How many cells are counted: reports of a long scale may lie beyond its ends.
    pub fn cells(&self) -> usize {
        match self.noise {
            Noise::Wave(WaveNoise { width, .. }) => (self.form.answers() + width).saturating_sub(1),
            Noise::None | Noise::Response(_) => self.form.answers(),
        }
    }

    /// Nobody's counts.
    pub fn nobody(&self) -> Counts {
        Counts::empty(self.cells())
    }

    /// The lowest and the highest figure there can be; `None` where there is none but shares.
    pub fn range(&self) -> Option<(f64, f64)> {
        match self.form {
            Form::Recommendation | Form::Classes => Some((-100.0, 100.0)),
            Form::Scale { lowest, highest, .. } => Some((lowest, highest)),
            Form::Options(_) | Form::Several(_) => None,
        }
    }

    /// What a mean of its answers is made of; `None` where answers have no order.
    pub fn sums(&self, counts: &Counts) -> Option<Sums> {
        Some(Sums::of(counts.cells(), &self.steps()?))
    }

    /// Sums with the largest squares that so many answers with such a sum can have on the line, where no more than the sum is known of
    /// them; `None` where answers have no order.
    pub fn widest_sums(&self, answered: u64, sum: u64) -> Option<Sums> {
        Some(Sums::widest(answered, sum, self.scale()?.last))
    }

    /// The scale that its figure lies on; `None` where there is no figure but shares.
    pub(crate) fn scale(&self) -> Option<Scale> {
        let (lowest, highest) = self.range()?;
        let last = match self.form {
            Form::Recommendation | Form::Classes => 2,
            _ => (self.form.answers() as u64).saturating_sub(1).max(1),
        };
        Some(Scale { lowest, highest, last })
    }

    /// How many equal steps above the lowest figure each cell lies; `None` where there is no figure but shares.
    fn steps(&self) -> Option<Vec<u64>> {
        let cells = 0..self.form.answers();
        match self.form {
            Form::Recommendation => Some(cells.map(|cell| NetPromoter::class(cell) as u64).collect()),
            Form::Classes | Form::Scale { .. } => Some(cells.map(|cell| cell as u64).collect()),
            Form::Options(_) | Form::Several(_) => None,
        }
    }

    /// What each cell adds to the figure.
    pub(crate) fn weights(&self) -> Option<Vec<f64>> {
        let Scale { lowest, highest, last } = self.scale()?;
        let step = (highest - lowest) / last as f64;
        Some(self.steps()?.into_iter().map(|steps| lowest + step * steps as f64).collect())
    }
}

impl Form {
    /// How many answers there are to choose from.
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
