use crate::disclosure::{Reason, Shown};
use crate::estimates::{Estimate, LineReliability, alpha, correlation, line_reliability};
use puls_core::definition::{Counted, Definition};
use puls_core::joint_sums::JointSums;
use serde::{Deserialize, Serialize};

/// How the answers to several lines go together, over the respondents who answered all of them. Lines that count
/// against what the survey asks about are turned round first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct JointResult {
    /// The lines' ids, in the order of rows and columns.
    pub lines: Vec<String>,
    /// How many people answered all of them.
    pub respondents: u64,
    /// Why the figures are withheld, if they are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withheld: Option<Reason>,
    /// Pearson's correlation of each line with each other one; `null` if everybody answered one of the two alike. No
    /// rows if it is withheld.
    pub correlations: Vec<Vec<Option<Estimate>>>,
    /// Cronbach's α of all lines, each scaled to 0 to 1; `null` if it is withheld, or if everybody's sum is the same.
    #[cfg_attr(feature = "openapi", schema(required))]
    pub alpha: Option<Estimate>,
    /// What each line has to do with the others, in the lines' order and on the same scale as α; empty if it is
    /// withheld.
    #[serde(default)]
    pub reliability: Vec<LineReliability>,
}

impl JointResult {
    /// The figures of the definition's joint lines; `None` if it has none. If nothing is published, the result has no
    /// figures.
    pub(super) fn of(definition: &Definition, published: Option<&Shown<JointSums>>) -> Option<Self> {
        JointSums::empty(definition)?;
        let counted = definition.counted();
        let lines: Vec<&Counted<'_>> =
            definition.joint.lines().iter().filter_map(|line| line.of(&counted)).collect();
        let sums = published.and_then(Shown::published);
        let n = sums.map_or(0, JointSums::respondents);
        let of_unit = sums.map_or_else(Vec::new, |sums| covariances_of_unit(&lines, sums));
        Some(Self {
            lines: lines.iter().map(|line| line.id.to_owned()).collect(),
            respondents: n,
            withheld: sums.is_none().then_some(Reason::TooFew),
            correlations: sums.map_or_else(Vec::new, |sums| correlations(&lines, sums)),
            alpha: alpha(&of_unit, n as f64),
            reliability: line_reliability(&of_unit, n as f64),
        })
    }
}

fn correlations(lines: &[&Counted<'_>], sums: &JointSums) -> Vec<Vec<Option<Estimate>>> {
    let covariances = covariances(lines, sums);
    let n = sums.respondents() as f64;
    let row = |one: usize| (0..lines.len()).map(|other| correlation(&covariances, (one, other), n)).collect();
    (0..lines.len()).map(row).collect()
}

/// The [`covariances`] of the lines if each is scaled to 0 to 1.
fn covariances_of_unit(lines: &[&Counted<'_>], sums: &JointSums) -> Vec<Vec<f64>> {
    let mut covariances = covariances(lines, sums);
    for (row, one) in covariances.iter_mut().zip(lines) {
        for (covariance, other) in row.iter_mut().zip(lines) {
            *covariance /= (one.cells.max(2) - 1) as f64 * (other.cells.max(2) - 1) as f64;
        }
    }
    covariances
}

/// Covariances of the lines, after reversed lines have been turned round. Each is n² times too large, which no figure
/// depends on.
pub(crate) fn covariances(lines: &[&Counted<'_>], sums: &JointSums) -> Vec<Vec<f64>> {
    let sign = |line: &Counted<'_>| if line.is_reversed() { -1.0 } else { 1.0 };
    let row = |(one, of): (usize, &&Counted<'_>)| {
        let covariance =
            |(other, with): (usize, &&Counted<'_>)| sums.comoment(one, other) as f64 * sign(of) * sign(with);
        lines.iter().enumerate().map(covariance).collect()
    };
    lines.iter().enumerate().map(row).collect()
}
