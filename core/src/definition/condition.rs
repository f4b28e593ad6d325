mod read;

pub(super) use read::Scope;

use std::ops::Range;

/// Whether something holds for one respondent, by what has been answered and by the segment.
///
/// Ids have been resolved: lines are indices into [`Definition::counted`](super::Definition::counted), and
/// values are cells. What was not answered satisfies nothing but the negation of [`Self::Answered`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    /// One of these cells of the line was answered, or follows from what was.
    Within {
        /// The line.
        line: usize,
        /// The cells.
        cells: Range<usize>,
    },
    /// All of these lines have been answered.
    Answered {
        /// The lines.
        lines: Range<usize>,
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
    /// This way out has been taken, as an index; only thanks can tell.
    Route(usize),
    /// All of them hold.
    All(Vec<Self>),
    /// At least one of them holds.
    Any(Vec<Self>),
    /// It doesn't hold.
    Not(Box<Self>),
}

impl Condition {
    /// The lines that it refers to by name.
    pub(super) fn lines(&self) -> Vec<usize> {
        match self {
            Self::Within { line, .. } => vec![*line],
            Self::Answered { lines } => lines.clone().collect(),
            Self::All(conditions) | Self::Any(conditions) => {
                conditions.iter().flat_map(Self::lines).collect()
            }
            Self::Not(condition) => condition.lines(),
            Self::Segment { .. } | Self::Mood(_) | Self::Route(_) => Vec::new(),
        }
    }
}

/// The mean of the scales answered so far, each brought to 0 to 100.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename_all = "snake_case"))]
pub enum Mood {
    /// Below 40.
    Low,
    /// In between, and as long as no scale has been answered.
    #[default]
    Mixed,
    /// From 70 on.
    High,
}

impl Mood {
    pub(super) const NAMES: [(&'static str, Self); 3] =
        [("low", Self::Low), ("mixed", Self::Mixed), ("high", Self::High)];
}

/// Holds never: what stands in for a condition that can't be read.
impl Default for Condition {
    fn default() -> Self {
        Self::Any(Vec::new())
    }
}
