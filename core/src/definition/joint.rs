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

impl Definition {
    /// What the sums of the joint lines' products are called beside the lines themselves, such as
    /// `recommend+ease`, and how many there are; `None` where no lines are joint.
    pub fn joint_sums(&self) -> Option<(String, usize)> {
        let ids = self.joint_ids();
        (!ids.is_empty()).then(|| (ids.join(AND), crate::joint::size(ids.len())))
    }

    /// What there are sums of: the ids of all lines, then the name of the joint lines' products.
    pub fn summed(&self) -> Vec<String> {
        let lines = self.counted().into_iter().map(|line| line.id.to_owned());
        lines.chain(self.joint_sums().map(|(name, _)| name)).collect()
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
