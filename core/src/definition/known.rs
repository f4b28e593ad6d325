//! What the parts of a definition may refer to by name, once each part has been read by itself.

use super::derived::RawDerived;
use super::item::RawItem;
use super::{DerivedKind, ItemKind, Joint, LineIndex, LineRange, Measure, Order, Summed, joint_lines};
use crate::read::Node;
use crate::segment::Declared;

/// The items, the lines and the segments of a survey.
pub(super) struct Known<'a> {
    pub(super) items: Vec<KnownItem<'a>>,
    /// In the order of [`Definition::counted`](super::Definition::counted).
    pub(super) lines: Vec<KnownLine<'a>>,
    pub(super) segments: &'a Declared,
    is_order_random: bool,
    /// Whether chance has a say in which items are asked, or in which order.
    pub(super) is_drawn: bool,
}

/// An item.
pub(super) struct KnownItem<'a> {
    pub(super) id: &'a str,
    is_fixed: bool,
    pub(super) lines: LineRange,
}

/// A line of a release.
pub(super) struct KnownLine<'a> {
    pub(super) id: &'a str,
    pub(super) origin: Origin<'a>,
    pub(super) measure: Measure,
    pub(super) cells: usize,
}

/// Where a line comes from.
pub(super) enum Origin<'a> {
    /// Respondents answer it.
    Answers {
        /// The item, as an index.
        item: usize,
        kind: &'a ItemKind,
    },
    /// It follows from other lines.
    Derived(&'a DerivedKind<()>),
}

impl<'a> Known<'a> {
    /// The items and their lines, without derived measures.
    pub(super) fn of(
        items: &'a [RawItem<'_>],
        order: Order,
        sample: Option<u32>,
        segments: &'a Declared,
    ) -> Self {
        let is_order_random = order == Order::Random;
        let is_drawn = is_order_random || sample.is_some();
        let mut known = Self { items: Vec::new(), lines: Vec::new(), segments, is_order_random, is_drawn };
        for (item, RawItem { id, kind, fixed, .. }) in items.iter().enumerate() {
            let first = known.lines.len();
            if let Some(measure) = kind.measure() {
                let origin = || Origin::Answers { item, kind };
                let line = |id| KnownLine { id, origin: origin(), measure, cells: kind.cells() };
                match kind {
                    ItemKind::Matrix(matrix) => {
                        known.lines.extend(matrix.statements.iter().map(|statement| line(&statement.id)));
                    }
                    _ => known.lines.push(line(id)),
                }
            }
            known.items.push(KnownItem { id, is_fixed: *fixed, lines: LineRange(first..known.lines.len()) });
        }
        known
    }

    /// Adds the lines of all derived measures.
    pub(super) fn add_derived(&mut self, derived: &'a [RawDerived<'_>]) {
        for RawDerived { id, kind, .. } in derived {
            let (measure, cells) = kind.measure(|line| line.of(&self.lines).map(|line| line.cells));
            self.lines.push(KnownLine { id, origin: Origin::Derived(kind), measure, cells });
        }
    }

    /// The ids of all items and of the lines that are answered.
    pub(super) fn asked(&self) -> Vec<String> {
        let lines = self.lines.iter().filter(|line| line.is_answered()).map(|line| line.id);
        self.items.iter().map(|item| item.id).chain(lines).map(str::to_owned).collect()
    }

    /// The same as [`Definition::summed`](super::Definition::summed).
    pub(super) fn summed(&self, joint: &Joint) -> Vec<(String, Summed)> {
        joint_lines::summed(&self.lines.iter().map(|line| line.id).collect::<Vec<_>>(), joint)
    }

    /// Whether every order that may be drawn asks everything that a line needs before the item with index `before`.
    pub(super) fn is_asked_before(&self, line: &KnownLine<'_>, before: usize) -> bool {
        let is_earlier = |item: &usize| self.places(*item).1 < self.places(before).0;
        // A wrong name has a default in its place, which may be the line itself. So this follows lines two levels deep
        // and no further, and can't loop.
        let origin = |line: &LineIndex| line.of(&self.lines).map(|line| &line.origin);
        let answers = |line: &LineIndex| match origin(line) {
            Some(Origin::Answers { item, .. }) => is_earlier(item),
            _ => true,
        };
        let index = |line: &LineIndex| match origin(line) {
            Some(Origin::Derived(DerivedKind::Index { lines })) => lines.iter().all(answers),
            _ => true,
        };
        match &line.origin {
            Origin::Answers { item, .. } => is_earlier(item),
            Origin::Derived(DerivedKind::Index { lines }) => lines.iter().all(answers),
            Origin::Derived(DerivedKind::Class { energy, clarity, .. }) => index(energy) && index(clarity),
            Origin::Derived(DerivedKind::Share { .. }) => false,
        }
    }

    /// The first and the last place that an item may take in the order.
    fn places(&self, item: usize) -> (usize, usize) {
        if self.items.get(item).is_none_or(|item| item.is_fixed) || !self.is_order_random {
            return (item, item);
        }
        let is_loose = |item: &KnownItem<'_>| !item.is_fixed;
        let (first, last) = (self.items.iter().position(is_loose), self.items.iter().rposition(is_loose));
        (first.unwrap_or(item), last.unwrap_or(item))
    }
}

impl KnownLine<'_> {
    /// Logs that `id` names none of the lines that fit.
    pub(super) fn none_of(lines: &[Self], fits: &dyn Fn(&Self) -> bool, id: &str, node: &Node<'_>) {
        let ids: Vec<&str> = lines.iter().filter(|line| fits(line)).map(|line| line.id).collect();
        node.not_one_of(id, &ids);
    }

    /// Whether respondents answer it; else it is derived.
    pub(super) fn is_answered(&self) -> bool {
        matches!(self.origin, Origin::Answers { .. })
    }
}
