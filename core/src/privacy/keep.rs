//! What a browser remembers of a survey between respondents: open batches, and drawn replacements.

use super::release::List;
use super::{Batch, Channel};
use crate::FULL;
use crate::definition::Definition;
use crate::joint::JointSums;
use crate::read::{Decimal, Json, Node, document};
use crate::segment::Segment;
use crate::summary::{Counts, read_counts};
use rand_core::TryRng;
use std::fmt;

/// What a browser remembers of one survey. By itself it doesn't tell what one person answered; together with
/// that person's release, replacements may.
///
/// It is written with `to_string`, as JSON, and read with [`Keep::from_json`].
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Keep {
    batches: Vec<Batch>,
    replacements: Vec<Replacements>,
    /// ε of all that was released.
    spent: Decimal,
}

/// Most cells that a line has, and one class for those without an answer: an index of 20 scales of 10
/// points has 181. What is reported of it may lie by as many beyond its ends.
const MAX_CELLS: u32 = 182;

/// A line each, and the sums of products.
const MAX_ITEMS: usize = 101;

/// The largest product of two answers on joint lines: a count goes up to 30.
const MAX_PRODUCT: u32 = 900;

/// Above what any survey lets a browser tell.
const MAX_SPENT: Decimal = Decimal::thousandths(1_000_000);

/// What is reported for each class of a line; where several answers can be given, for each bit of it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Replacements {
    /// The line's id, for a bit with its number: `contact.3`.
    item: String,
    epsilon: Decimal,
    classes: Vec<u64>,
    /// In how many releases they were used, up to as many as there are classes.
    used: u64,
}

impl Keep {
    /// Reads what an earlier page view kept. What doesn't fit the definition, because it was changed by
    /// somebody or made for other items, is forgotten.
    pub fn from_json(json: &Json, definition: &Definition) -> Self {
        document(json, |node| Self::read(node, definition)).unwrap_or_default()
    }

    /// The segment's batch that waits for more people.
    pub(super) fn batch(&self, definition: &Definition, segment: &Segment, k: u32) -> Option<Batch> {
        let fits = |batch: &&Batch| batch.segment == *segment && batch.fits(definition) && !batch.is_full(k);
        self.batches.iter().find(fits).cloned()
    }

    /// Keeps a batch in place of what was kept of it. Those that no longer fit the definition are forgotten.
    pub(super) fn put(&mut self, definition: &Definition, batch: Batch) {
        self.batches.retain(|known| known.id != batch.id && known.fits(definition));
        self.batches.push(batch);
    }

    /// Takes out those batches.
    pub(super) fn take_batches(&mut self, wanted: impl Fn(&Batch) -> bool) -> Vec<Batch> {
        self.batches.extract_if(.., |batch| wanted(batch)).collect()
    }

    /// What is reported for each class of a line or a bit; drawn if it hasn't been yet.
    pub(super) fn replacements<R: TryRng>(
        &mut self,
        item: &str,
        channel: &Channel,
        rng: &mut R,
    ) -> Result<Vec<u64>, R::Error> {
        let epsilon = Decimal::nearest(channel.epsilon);
        let same = |known: &&Replacements| {
            known.item == item && known.epsilon == epsilon && known.classes.len() == channel.classes
        };
        let fits =
            |known: &&Replacements| known.classes.iter().all(|class| *class < channel.outputs() as u64);
        if let Some(known) = self.replacements.iter().filter(same).find(fits) {
            return Ok(known.classes.clone());
        }
        let classes = channel.draw_all(rng)?;
        self.replacements.retain(|known| known.item != item);
        self.replacements.push(Replacements {
            item: item.to_owned(),
            epsilon,
            classes: classes.clone(),
            used: 0,
        });
        Ok(classes)
    }

    /// Whether a release of a line or a bit that has so many `classes` can tell something that earlier ones
    /// didn't.
    pub(super) fn has_more_to_tell(&self, item: &str, classes: usize) -> bool {
        let known = self.replacements.iter().find(|known| known.item == item);
        // Replacements for other classes will be drawn anew, and so tell anew.
        known.is_none_or(|known| known.classes.len() != classes || known.used < classes as u64)
    }

    /// ε of all that was released.
    pub(super) fn spent(&self) -> Decimal {
        self.spent
    }

    /// Notes the ε of all that was released, this time included.
    pub(super) fn spend(&mut self, spent: Decimal) {
        self.spent = spent;
    }

    /// Counts one more release of a line or a bit, as long as that matters.
    pub(super) fn use_once(&mut self, item: &str) {
        for known in self.replacements.iter_mut().filter(|known| known.item == item) {
            known.used = (known.used + 1).min(known.classes.len() as u64);
        }
    }

    fn read(node: &Node<'_>, definition: &Definition) -> Self {
        let fields = node.fields(&["spent", "batches", "replacements"]);
        let batch = |node: &Node<'_>| Batch::read(node, definition);
        Self {
            spent: fields.required("spent", |node| node.decimal(Decimal::default()..=MAX_SPENT)),
            batches: fields
                .required("batches", |list| if FULL { list.entries(0..=10_000, batch) } else { Vec::new() }),
            replacements: fields.required("replacements", |items| {
                items.members().iter().map(|(item, node)| Replacements::read(item, &node)).collect()
            }),
        }
    }
}

impl Batch {
    /// Whether its cells are those that the definition counts: a survey may have changed since it was opened.
    pub(super) fn fits(&self, definition: &Definition) -> bool {
        let lines = definition.counted();
        let shape = lines.iter().map(|line| (line.id, line.cells));
        let found = self.items.iter().map(|(id, counts)| (id.as_str(), counts.cells().len()));
        let joint = self.joint.as_ref().map(|(name, _)| name.as_str());
        let name = definition.joint_name();
        found.eq(shape) && (!FULL || joint.unwrap_or_default() == name)
    }

    fn read(node: &Node<'_>, definition: &Definition) -> Self {
        let fields = node.fields(&["id", "segment", "respondents", "items"]);
        let respondents = fields.required("respondents", |node| node.integer(1..=1000));
        let (mut items, mut joint) = (Vec::new(), None);
        // In storage, joint lines' products stand among the lines, under their ids with + between them.
        let mut item = |node: &Node<'_>| {
            let fields = node.fields(&["item", "cells", "missing"]);
            let item = fields.required("item", |item| item.string().to_owned());
            let is_joint = FULL && item.contains('+');
            let most = if is_joint { respondents * MAX_PRODUCT } else { respondents };
            let (cells, missing) = read_counts(&fields, 1..=MAX_CELLS as usize, most);
            if is_joint {
                joint = (item == definition.joint_name()).then_some((cells, missing));
            } else {
                items.extend(Counts::of(cells.len(), cells, missing).map(|counts| (item, counts)));
            }
        };
        fields.required("items", |list| list.entries(1..=MAX_ITEMS, &mut item));
        let sums =
            joint.and_then(|(products, missing)| JointSums::empty(definition)?.with(products, missing));
        Self {
            id: fields.required("id", |id| id.form(ID_FORM, is_release_id)),
            segment: fields.required("segment", |segment| Segment::read(segment, definition)),
            respondents: respondents.into(),
            items,
            joint: sums.map(|sums| (definition.joint_name(), sums)),
        }
    }
}

impl Replacements {
    fn read(item: &str, node: &Node<'_>) -> Self {
        let fields = node.fields(&["epsilon", "classes", "used"]);
        let epsilon = |node: &Node<'_>| node.decimal(Decimal::default()..=Decimal::thousandths(8000));
        let number = |node: &Node<'_>| u64::from(node.integer(0..=2 * MAX_CELLS));
        let classes = fields.required("classes", |classes| classes.entries(2..=MAX_CELLS as usize, number));
        Self {
            item: item.to_owned(),
            epsilon: fields.required("epsilon", epsilon),
            used: fields.required("used", |used| number(used)),
            classes,
        }
    }
}

/// As JSON; every name in it has been checked to need no escaping.
impl fmt::Display for Keep {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, r#"{{"spent":{},"batches":["#, self.spent)?;
        let batches = self.batches.iter().filter(|_| FULL);
        for (index, Batch { id, segment, respondents, items, joint }) in batches.enumerate() {
            let comma = if index > 0 { "," } else { "" };
            write!(
                formatter,
                r#"{comma}{{"id":"{id}","segment":{segment},"respondents":{respondents},"items":["#
            )?;
            for (index, (item, counts)) in items.iter().enumerate() {
                let (comma, cells) = (if index > 0 { "," } else { "" }, List(counts.cells()));
                let missing = counts.missing();
                write!(formatter, r#"{comma}{{"item":"{item}","cells":{cells},"missing":{missing}}}"#)?;
            }
            if FULL && let Some((name, sums)) = joint {
                let (cells, missing) = (List(sums.products()), sums.missing());
                write!(formatter, r#",{{"item":"{name}","cells":{cells},"missing":{missing}}}"#)?;
            }
            formatter.write_str("]}")?;
        }
        formatter.write_str(r#"],"replacements":{"#)?;
        for (index, Replacements { item, epsilon, classes, used }) in self.replacements.iter().enumerate() {
            let (comma, classes) = (if index > 0 { "," } else { "" }, List(classes));
            write!(
                formatter,
                r#"{comma}"{item}":{{"epsilon":{epsilon},"classes":{classes},"used":{used}}}"#
            )?;
        }
        formatter.write_str("}}")
    }
}

pub(crate) const ID_FORM: &str = "32 of 0-9 a-f";

/// Whether a text has the form of a release's id.
pub(crate) fn is_release_id(text: &str) -> bool {
    text.len() == 32 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}
