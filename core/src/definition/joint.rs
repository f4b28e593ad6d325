use super::Definition;
#[cfg(feature = "full")]
use super::{Counted, Measure, MechanismKind};
#[cfg(feature = "full")]
use crate::read::{Node, note_distinct};

/// The scale lines of which a batch carries sums of products as well, or sealed reports do, so that results can
/// say how they go together; most surveys have none.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Joint {
    // The plain widget has no room for any, not even for an empty list.
    #[cfg(feature = "full")]
    lines: Vec<usize>,
}

/// Stands between the lines' ids where their sums are named: no id has it.
const AND: &str = "+";

impl Joint {
    /// The lines, in the author's order, as indices into [`Definition::counted`].
    pub fn lines(&self) -> &[usize] {
        #[cfg(feature = "full")]
        return &self.lines;
        #[cfg(not(feature = "full"))]
        &[]
    }

    /// Reads a definition's `joint`, whose items and mechanism have been read.
    #[cfg(feature = "full")]
    pub(super) fn read(node: &Node<'_>, definition: &Definition) -> Self {
        if !matches!(definition.privacy.kind(), MechanismKind::Batched | MechanismKind::Sealed) {
            node.unfit(
                "needs privacy batched or sealed: the products of one person's answers tell these answers",
            );
        }
        let lines = definition.counted();
        let scales: Vec<(usize, &Counted<'_>)> =
            lines.iter().enumerate().filter(|(_, line)| is_scale(line)).collect();
        let ids: Vec<&str> = scales.iter().map(|(_, line)| line.id).collect();
        let mut known = Vec::new();
        let read = |entry: &Node<'_>| {
            let scale = scales.get(entry.one_of(&ids));
            let Some((index, line)) = scale.filter(|(_, line)| is_named(entry, line.id)) else { return 0 };
            note_distinct(entry, &mut known, line.id);
            *index
        };
        Self { lines: node.entries(2..=12, read) }
    }
}

/// What sealed tasks add up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Summed {
    /// The answers on a line, as an index into [`Definition::counted`].
    Line(usize),
    /// The products of the joint lines' answers.
    Joint,
}

impl Default for Summed {
    fn default() -> Self {
        Self::Line(0)
    }
}

impl Definition {
    /// What there are sums of, by the names that tasks have for them: the ids of all lines, and the joint lines' ids with
    /// + between them, such as `recommend+ease`, for their products.
    pub fn summed(&self) -> Vec<(String, Summed)> {
        let line = |(index, line): (usize, super::Counted<'_>)| (line.id.to_owned(), Summed::Line(index));
        let name = self.joint_name();
        let joint = (!name.is_empty()).then_some((name, Summed::Joint));
        self.counted().into_iter().enumerate().map(line).chain(joint).collect()
    }

    /// The joint lines' ids with + between them; empty where no lines are joint.
    pub(crate) fn joint_name(&self) -> String {
        self.joint_ids().join(AND)
    }

    /// The ids of the lines that are joint.
    pub fn joint_ids(&self) -> Vec<&str> {
        let lines = self.counted();
        self.joint.lines().iter().filter_map(|line| Some(lines.get(*line)?.id)).collect()
    }
}

/// Whether the numbers of its cells mean something.
#[cfg(feature = "full")]
fn is_scale(line: &Counted<'_>) -> bool {
    matches!(line.measure, Measure::NetPromoterScore | Measure::Mean | Measure::Number)
}

/// Whether an entry names this line: what names none was logged, and the first stands in for it.
#[cfg(feature = "full")]
fn is_named(entry: &Node<'_>, id: &str) -> bool {
    matches!(entry.value(), crate::read::Json::String(name) if name == id)
}
