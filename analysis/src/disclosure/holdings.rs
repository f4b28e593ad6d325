use super::{LineTotals, Publications};
use puls_core::joint_sums::JointSums;
use puls_core::segment::Segment;
use std::collections::{BTreeMap, BTreeSet};

/// All that a store holds of a survey under one mechanism: what it has received, and what of it is published.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Holdings {
    /// What was received, by version, wave and segment.
    pub received: Vec<Holding>,
    /// What is published of it.
    pub published: Publications,
    /// All waves of which something was received, oldest first, even if `received` is of some of them only.
    pub waves: Vec<String>,
    /// The lines that this is of; all of the survey's if it is `None`.
    pub lines: Option<BTreeSet<String>>,
}

/// The sums that were received in one version, wave and segment.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Holding {
    /// The version of the survey.
    pub version: u32,
    /// The wave, as releases name it.
    pub wave: String,
    /// The segment values.
    pub segment: Segment,
    /// The number of respondents.
    pub respondents: u64,
    /// How many of them are sample data.
    pub sample: u64,
    /// The sums of each of the version's lines, by its id.
    pub lines: BTreeMap<String, LineTotals>,
    /// The sums of products, if the version has joint lines.
    pub joint: Option<JointSums>,
}
