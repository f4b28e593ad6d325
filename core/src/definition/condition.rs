mod read;

pub(super) use read::Scope;

use super::{LineIndex, LineRange};
use std::ops::Range;

/// Something that holds for a respondent or doesn't, by their answers so far and their segment.
///
/// Ids have been resolved to lines, and values to cells. A line without an answer satisfies no comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    /// The answer on the line is one of these cells; so is the value of a derived measure.
    Within {
        /// The line.
        line: LineIndex,
        /// The cells.
        cells: Range<usize>,
    },
    /// All of these lines have been answered.
    Answered {
        /// The lines.
        lines: LineRange,
    },
    /// The survey is shown in this segment.
    Segment {
        /// Its name.
        name: String,
        /// Its value.
        value: String,
    },
    /// The scales answered so far have this mean.
    Mood(Mood),
    /// The way out with this index has been taken. Only the condition of a thanks may ask this.
    Route(usize),
    /// All of them hold.
    All(Vec<Self>),
    /// At least one of them holds.
    Any(Vec<Self>),
    /// It doesn't hold.
    Not(Box<Self>),
}

impl Condition {
    /// Whether this condition refers by name to a line that `is` something.
    pub(crate) fn refers_to(&self, is: &dyn Fn(LineIndex) -> bool) -> bool {
        match self {
            Self::Within { line, .. } => is(*line),
            Self::Answered { lines } => lines.clone().any(is),
            Self::All(conditions) | Self::Any(conditions) => {
                conditions.iter().any(|condition| condition.refers_to(is))
            }
            Self::Not(condition) => condition.refers_to(is),
            Self::Segment { .. } | Self::Mood(_) | Self::Route(_) => false,
        }
    }
}

/// The mean of the scales answered so far, each brought to 0 to 100.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename_all = "snake_case"))]
pub enum Mood {
    /// Below 40.
    Low,
    /// From 40 to below 70, and as long as no scale has been answered.
    #[default]
    Mixed,
    /// From 70 on.
    High,
}

impl Mood {
    pub(super) const NAMES: [(&'static str, Self); 3] =
        [("low", Self::Low), ("mixed", Self::Mixed), ("high", Self::High)];
}

/// A condition that never holds. It stands in for one that can't be read.
impl Default for Condition {
    fn default() -> Self {
        Self::Any(Vec::new())
    }
}
