use super::known::{Known, KnownLine};
use super::{Definition, LineIndex, Measure, MechanismKind};
use crate::read::{Json, Node, note_distinct};

/// The scale lines whose sums of products are released beside their counts, so that results can say how they go
/// together. Most surveys have none.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Joint {
    // The plain build saves even the bytes of an empty list.
    #[cfg(feature = "full")]
    lines: Vec<LineIndex>,
}

/// Joins the lines' ids into the name of their sums; no id contains it.
const AND: &str = "+";

impl Joint {
    /// The lines, in the author's order.
    pub fn lines(&self) -> &[LineIndex] {
        #[cfg(feature = "full")]
        return &self.lines;
        #[cfg(not(feature = "full"))]
        &[]
    }

    /// Reads a definition's `joint`, whose lines and mechanism are known.
    pub(super) fn read(node: &Node<'_>, known: &Known<'_>, mechanism: MechanismKind) -> Self {
        if !matches!(mechanism, MechanismKind::Batched | MechanismKind::Sealed) {
            node.unfit(
                "needs privacy batched or sealed: the products of one person's answers tell these answers",
            );
        }
        let scales: Vec<(usize, &KnownLine<'_>)> =
            known.lines.iter().enumerate().filter(|(_, line)| is_scale(line.measure)).collect();
        let ids: Vec<&str> = scales.iter().map(|(_, line)| line.id).collect();
        let mut named = Vec::new();
        let read = |entry: &Node<'_>| {
            let scale = scales.get(entry.one_of(&ids));
            let Some((index, line)) = scale.filter(|(_, line)| is_named(entry, line.id)) else {
                return LineIndex::default();
            };
            note_distinct(entry, &mut named, line.id);
            LineIndex(*index)
        };
        Self::of(node.entries(2..=12, read))
    }

    /// The ids of the joint lines, where `ids` are those of all lines.
    fn among<'a>(&self, ids: &[&'a str]) -> Vec<&'a str> {
        self.lines().iter().filter_map(|line| line.of(ids).copied()).collect()
    }

    #[cfg(feature = "full")]
    fn of(lines: Vec<LineIndex>) -> Self {
        Self { lines }
    }

    #[cfg(not(feature = "full"))]
    fn of(_: Vec<LineIndex>) -> Self {
        Self {}
    }
}

/// What a sealed task adds up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Summed {
    /// The answers on a line.
    Line(LineIndex),
    /// The products of the joint lines' answers.
    Joint,
}

impl Default for Summed {
    fn default() -> Self {
        Self::Line(LineIndex::default())
    }
}

impl Definition {
    /// Everything that sealed tasks add up, by the name that tasks use: each line by its id, and the joint lines'
    /// products by the lines' ids with + between them, such as `recommend+ease`.
    pub fn summed(&self) -> Vec<(String, Summed)> {
        summed(&self.line_ids(), &self.joint)
    }

    /// The joint lines' ids with + between them; empty where no lines are joint.
    pub(crate) fn joint_name(&self) -> String {
        self.joint_ids().join(AND)
    }

    /// The ids of the lines that are joint.
    pub fn joint_ids(&self) -> Vec<&str> {
        self.joint.among(&self.line_ids())
    }

    fn line_ids(&self) -> Vec<&str> {
        self.counted().iter().map(|line| line.id).collect()
    }
}

/// Everything that sealed tasks add up, where `ids` are those of all lines.
pub(super) fn summed(ids: &[&str], joint: &Joint) -> Vec<(String, Summed)> {
    let lines = ids.iter().enumerate().map(|(index, id)| ((*id).to_owned(), Summed::Line(LineIndex(index))));
    let name = joint.among(ids).join(AND);
    lines.chain((!name.is_empty()).then_some((name, Summed::Joint))).collect()
}

/// Whether a line's cells stand for numbers that can be multiplied.
fn is_scale(measure: Measure) -> bool {
    matches!(measure, Measure::NetPromoterScore | Measure::Mean | Measure::Number)
}

/// Whether an entry names this line. An entry that names none is logged already, and the first line stands in for it.
fn is_named(entry: &Node<'_>, id: &str) -> bool {
    matches!(entry.value(), Json::String(name) if name == id)
}
