use super::{LineTotals, Published, Shown};
use puls_core::joint_sums::JointSums;
use std::collections::BTreeMap;

/// What is published of a survey for one choice of waves and segment values.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Totals {
    /// The people who are counted.
    pub respondents: u64,
    /// How many of them are sample data.
    pub sample: u64,
    /// What is published of each line, by its id.
    pub lines: BTreeMap<String, LineShown>,
    /// What is published of joint lines; `None` if there are none, or if nobody is counted yet.
    pub joint: Option<Shown<JointSums>>,
}

/// What is published of one line of a survey.
#[derive(Debug, Clone, PartialEq)]
pub enum LineShown {
    /// All that was received, since it was randomised before it arrived.
    Reports(LineTotals),
    /// The published part of answers that are counted as they were given.
    Published(Published),
}
