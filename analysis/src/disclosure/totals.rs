use super::{LineTotals, Published, Shown};
use puls_core::joint_sums::JointSums;
use std::collections::BTreeMap;

/// What is published of a survey for one choice of wave and segment.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Totals {
    /// People counted.
    pub respondents: u64,
    /// How many of them are sample data.
    pub sample: u64,
    /// What is published of each line, by its id.
    pub lines: BTreeMap<String, LineShown>,
    /// What is published of joint lines; `None` where there are none, and as long as nobody is counted.
    pub joint: Option<Shown<JointSums>>,
}

/// What is published of one line of a survey.
#[derive(Debug, Clone, PartialEq)]
pub enum LineShown {
    /// All that was received: it was randomised before.
    Reports(LineTotals),
    /// What may be published of answers that are counted as they were given.
    Published(Published),
}
