use super::Decimal;
use std::fmt;

/// Everything that is wrong with a document; never empty.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct Problems(Vec<Problem>);

impl Problems {
    pub(crate) fn new(problems: Vec<Problem>) -> Self {
        Self(problems)
    }

    #[cfg(feature = "outside-the-widget")]
    pub(crate) fn one(fault: Fault) -> Self {
        Self::at("", fault)
    }

    /// One problem at a place such as `items.recommend`.
    #[cfg(feature = "outside-the-widget")]
    pub fn at(place: &str, fault: Fault) -> Self {
        Self(vec![Problem { place: place.to_owned(), fault }])
    }

    /// The problems in the document's order.
    pub fn iter(&self) -> impl Iterator<Item = &Problem> {
        self.0.iter()
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.0.iter().enumerate() {
            if index > 0 {
                formatter.write_str("\n")?;
            }
            problem.fmt(formatter)?;
        }
        Ok(())
    }
}

/// One mistake and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Such as `items[2].scale.points`; empty where the whole document is meant.
    pub place: String,
    /// What is wrong, and what is allowed.
    pub fault: Fault,
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.place.is_empty() {
            write!(formatter, "{}: ", self.place)?;
        }
        self.fault.fmt(formatter)
    }
}

/// What can be wrong with a value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Fault {
    /// The document is longer than its kind may be.
    #[error("{bytes} bytes is above {limit}")]
    TooLarge {
        /// Length received.
        bytes: usize,
        /// Longest length allowed.
        limit: usize,
    },
    /// The text is not JSON.
    #[error("not valid JSON at line {line}, column {column}")]
    Syntax {
        /// Counted from 1.
        line: usize,
        /// Counted from 1.
        column: usize,
    },
    /// A required field is missing.
    #[error("is missing")]
    Missing,
    /// A field that this object doesn't have.
    #[error("unknown field; allowed are {allowed}")]
    UnknownField {
        /// The object's fields.
        allowed: String,
    },
    /// A value of another JSON type.
    #[error("expected {expected}, found {found}")]
    WrongType {
        /// With its article: `a string`.
        expected: &'static str,
        /// With its article: `a number`.
        found: &'static str,
    },
    /// A number under its range.
    #[error("{value} is below {min}")]
    Below {
        /// As received.
        value: Decimal,
        /// Smallest value allowed.
        min: Decimal,
    },
    /// A number over its range.
    #[error("{value} is above {max}")]
    Above {
        /// As received.
        value: Decimal,
        /// Largest value allowed.
        max: Decimal,
    },
    /// A list or text of a length that isn't allowed.
    #[error("has {found} {unit}; allowed are {min} to {max}")]
    Length {
        /// Length received.
        found: usize,
        /// What is counted.
        unit: &'static str,
        /// Shortest length allowed.
        min: usize,
        /// Longest length allowed.
        max: usize,
    },
    /// A value outside a closed list.
    #[error("\"{found}\" is unknown; allowed are {allowed}")]
    NotOneOf {
        /// As received.
        found: String,
        /// The list.
        allowed: String,
    },
    /// A text that doesn't have the form of its kind.
    #[error("\"{found}\" has a form that isn't allowed; use {allowed}")]
    Form {
        /// As received.
        found: String,
        /// The form, in words.
        allowed: &'static str,
    },
    /// A value that may stand only once.
    #[error("\"{found}\" stands here twice")]
    Duplicate {
        /// As received.
        found: String,
    },
    /// A text lacks the language that all others fall back to.
    #[error("lacks \"{language}\", the first of `languages`")]
    LacksLanguage {
        /// The survey's first language.
        language: String,
    },
    /// A definition in which nothing is counted.
    #[error("has no item that counts answers")]
    NothingToCount,
    /// A definition with more lines than a release may have.
    #[error("has {found} things to count; allowed are up to {most}")]
    TooMuchToCount {
        /// Lines that a release would have.
        found: usize,
        /// Most that are allowed.
        most: usize,
    },
    /// An object with none or several of the fields of which it needs exactly one.
    #[error("needs exactly one of {allowed}")]
    ExactlyOne {
        /// The fields.
        allowed: String,
    },
    /// A text uses a piece that the survey doesn't declare.
    #[error("has {{{name}}}, which isn't among `pieces`")]
    UndeclaredPiece {
        /// The name between braces.
        name: String,
    },
    /// A condition refers to something that may be asked only after it is evaluated.
    #[error("\"{found}\" may be asked later; conditions look back only")]
    AskedLater {
        /// What the condition refers to.
        found: String,
    },
    /// A jump that doesn't lead onwards.
    #[error("leads back to \"{found}\", which makes a loop")]
    Loop {
        /// Where it leads.
        found: String,
    },
    /// An item that no path leads to.
    #[error("no path leads to \"{found}\"")]
    Unreachable {
        /// The item's id.
        found: String,
    },
    /// A value that is fine by itself, but not with the rest of the document.
    #[error("{reason}")]
    Unfit {
        /// Why, and what to do.
        reason: &'static str,
    },
    /// Cells that don't add up to the respondents.
    #[error("cells and missing add up to {found}, not to the {respondents} respondents")]
    Sum {
        /// Sum of cells and missing.
        found: u64,
        /// Respondents stated.
        respondents: u64,
    },
    /// An answer counted more often than people answered.
    #[error("a cell has {found}, but only {answered} answered")]
    MoreThanAnswered {
        /// The largest cell.
        found: u64,
        /// Respondents with an answer.
        answered: u64,
    },
    /// The survey declares no segment of this name.
    #[error("segment \"{name}\" is unknown; the survey declares {allowed}")]
    UnknownSegment {
        /// As received.
        name: String,
        /// The declared names.
        allowed: String,
    },
    /// The survey's segment doesn't have this value.
    #[error("segment \"{name}\" has no value \"{value}\"; the survey declares {allowed}")]
    UnknownSegmentValue {
        /// The segment.
        name: String,
        /// As received.
        value: String,
        /// The declared values.
        allowed: String,
    },
    /// A value that has to equal what the definition says.
    #[error("is {found}, but the survey says {expected}")]
    Differs {
        /// As received.
        found: String,
        /// As defined.
        expected: String,
    },
}
