use super::{LineTotals, Publications};
use puls_core::joint_sums::JointSums;
use puls_core::segment::Segment;
use std::collections::BTreeMap;

/// All that a store holds of a survey under one mechanism: what was received, and what of it readers have been shown.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Holdings {
    /// What was received.
    pub streams: Vec<Holding>,
    /// What readers have been shown.
    pub published: Publications,
    /// The waves that there is anything of, whichever are asked for, oldest first.
    pub waves: Vec<String>,
}

/// What was received of one version, wave and segment.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Holding {
    /// The version of the survey.
    pub version: u32,
    /// The wave, as releases name it.
    pub wave: String,
    /// The segment.
    pub segment: Segment,
    /// How many people.
    pub respondents: u64,
    /// How many of them are sample data.
    pub sample: u64,
    /// Each of the version's lines, by its id.
    pub lines: BTreeMap<String, LineTotals>,
    /// The sums of products, where the version has joint lines.
    pub joint: Option<JointSums>,
}
