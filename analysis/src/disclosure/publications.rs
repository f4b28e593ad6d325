use super::{Entry, LineTotals};
use puls_core::joint_sums::JointSums;
use std::collections::BTreeSet;

/// Sums that readers are shown, from now on or since before.
#[derive(Debug, Clone, PartialEq)]
pub struct Publication<T> {
    /// The version of the survey.
    pub version: u32,
    /// The wave.
    pub wave: String,
    /// The detail and the groups under which they are published.
    pub entry: Entry,
    /// The sums.
    pub totals: T,
}

/// All that is published of lines and of joint lines' products.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Publications {
    /// The publications of lines, each with the line's id.
    pub lines: Vec<(String, Publication<LineTotals>)>,
    /// The publications of joint lines' products.
    pub joint: Vec<Publication<JointSums>>,
    /// The waves and lines whose groups are open to readers.
    pub open: BTreeSet<OpenGroups>,
}

/// A wave in which a line's groups are open to readers.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct OpenGroups {
    /// The wave.
    pub wave: String,
    /// The line's id; `None` for the products of joint lines.
    pub line: Option<String>,
}

impl Publications {
    /// Whether nothing is published.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty() && self.joint.is_empty() && self.open.is_empty()
    }
}
