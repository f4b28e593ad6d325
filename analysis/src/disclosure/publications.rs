use super::{Entry, LineTotals};
use puls_core::joint_sums::JointSums;
use std::collections::BTreeSet;

/// Sums that readers are shown from now on, or have been before.
#[derive(Debug, Clone, PartialEq)]
pub struct Publication<T> {
    /// The version of the survey that they are of.
    pub version: u32,
    /// The wave that they are of.
    pub wave: String,
    /// In which detail, whose and as whose.
    pub entry: Entry,
    /// The sums.
    pub totals: T,
}

/// What is published of lines, each with its id, and of joint lines' products.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Publications {
    /// Of lines, by their ids.
    pub lines: Vec<(String, Publication<LineTotals>)>,
    /// Of joint lines' products.
    pub joint: Vec<Publication<JointSums>>,
    /// Of which waves groups are published.
    pub open: BTreeSet<OpenGroups>,
}

/// A wave of which groups are published.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct OpenGroups {
    /// The wave.
    pub wave: String,
    /// Of which line; `None` for the products of joint lines.
    pub line: Option<String>,
}

impl Publications {
    /// Whether nothing is published.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty() && self.joint.is_empty() && self.open.is_empty()
    }
}
