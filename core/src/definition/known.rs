//! What the parts of a definition may refer to by name, once each of them has been read by itself.

use super::derived::RawDerived;
use super::item::RawItem;
use super::{DerivedKind, ItemKind, Joint, Measure, Order, Summed, joint};
use crate::segment::Declared;
use std::ops::Range;

/// The items, the lines and the segments of a survey.
pub(super) struct Known<'a> {
    pub(super) items: Vec<KnownItem>,
    /// In the order of [`Definition::counted`](super::Definition::counted).
    pub(super) lines: Vec<KnownLine>,
    pub(super) segments: &'a Declared,
    is_order_random: bool,
    /// Whether chance has a say in which items are asked, or in which order.
    pub(super) is_drawn: bool,
}

/// An item.
pub(super) struct KnownItem {
    pub(super) id: String,
    is_fixed: bool,
    pub(super) lines: Range<usize>,
}

/// A line of a release.
pub(super) struct KnownLine {
    pub(super) id: String,
    pub(super) origin: Origin,
    pub(super) measure: Measure,
    pub(super) cells: usize,
    /// The ids of the options that its cells stand for; none for a scale.
    pub(super) answers: Vec<String>,
    /// The items, as indices, that have to be asked for it.
    needs: Vec<usize>,
}

/// Where a line comes from.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Origin {
    /// It is answered.
    Answers,
    /// It is an index or a class, to which conditions may refer.
    Derived,
    /// It says whether a condition holds.
    Share,
}

impl<'a> Known<'a> {
    /// The items, and the lines that are answered.
    pub(super) fn of(
        items: &[RawItem<'_>],
        order: Order,
        sample: Option<u32>,
        segments: &'a Declared,
    ) -> Self {
        let is_order_random = order == Order::Random;
        let is_drawn = is_order_random || sample.is_some();
        let mut known = Self { items: Vec::new(), lines: Vec::new(), segments, is_order_random, is_drawn };
        for (index, RawItem { id, kind, fixed, .. }) in items.iter().enumerate() {
            let first = known.lines.len();
            if let Some(measure) = kind.measure() {
                let answers: Vec<String> = kind.answers().iter().map(|answer| answer.id.clone()).collect();
                let line = |id: &String| KnownLine {
                    id: id.clone(),
                    origin: Origin::Answers,
                    measure,
                    cells: kind.cells(),
                    answers: answers.clone(),
                    needs: vec![index],
                };
                match kind {
                    ItemKind::Matrix(matrix) => {
                        known.lines.extend(matrix.statements.iter().map(|statement| line(&statement.id)));
                    }
                    _ => known.lines.push(line(id)),
                }
            }
            let lines = first..known.lines.len();
            known.items.push(KnownItem { id: id.clone(), is_fixed: *fixed, lines });
        }
        known
    }

    /// Adds the lines of all derived measures.
    pub(super) fn add_derived(&mut self, derived: &[RawDerived<'_>]) {
        let first = self.lines.len();
        let of_index = |kind: &DerivedKind<()>, lines: &[KnownLine]| match kind {
            DerivedKind::Index { lines: parts } => {
                parts.iter().filter_map(|part| lines.get(*part)).flat_map(|line| line.needs.clone()).collect()
            }
            DerivedKind::Class { .. } | DerivedKind::Share { .. } => Vec::new(),
        };
        for RawDerived { id, kind, .. } in derived {
            let index = |line: &usize| derived.get(line.checked_sub(first)?);
            let needs = match kind {
                DerivedKind::Class { energy, clarity, .. } => {
                    let indices = [energy, clarity].into_iter().filter_map(index);
                    indices.flat_map(|index| of_index(&index.kind, &self.lines)).collect()
                }
                DerivedKind::Index { .. } | DerivedKind::Share { .. } => of_index(kind, &self.lines),
            };
            let origin = if let DerivedKind::Share { .. } = kind { Origin::Share } else { Origin::Derived };
            let (measure, cells) = kind.measure(|line| self.lines.get(line).map(|line| line.cells));
            let line = KnownLine { id: id.clone(), origin, measure, cells, answers: Vec::new(), needs };
            self.lines.push(line);
        }
    }

    /// The names of everything that is asked.
    pub(super) fn asked(&self) -> Vec<String> {
        let lines = self.lines.iter().filter(|line| line.origin == Origin::Answers).map(|line| &line.id);
        self.items.iter().map(|item| &item.id).chain(lines).cloned().collect()
    }

    /// What there are sums of, as [`Definition::summed`](super::Definition::summed) has it.
    pub(super) fn summed(&self, joint: &Joint) -> Vec<(String, Summed)> {
        joint::summed(&self.lines.iter().map(|line| line.id.as_str()).collect::<Vec<_>>(), joint)
    }

    /// Whether everything that a line needs is asked before the item at `before`, in every order that may be drawn.
    pub(super) fn is_asked_before(&self, line: &KnownLine, before: usize) -> bool {
        line.needs.iter().all(|item| self.places(*item).1 < self.places(before).0)
    }

    /// The first and the last place that an item may have in the order.
    fn places(&self, item: usize) -> (usize, usize) {
        if self.items.get(item).is_none_or(|item| item.is_fixed) || !self.is_order_random {
            return (item, item);
        }
        let is_loose = |item: &KnownItem| !item.is_fixed;
        let (first, last) = (self.items.iter().position(is_loose), self.items.iter().rposition(is_loose));
        (first.unwrap_or(item), last.unwrap_or(item))
    }
}
