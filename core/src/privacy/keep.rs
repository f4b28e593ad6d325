//! What a browser remembers of a survey between respondents: open batches, and drawn reports.

mod reports;

use super::Batch;
use super::release::List;
use crate::FULL;
use crate::definition::Definition;
use crate::joint_sums::JointSums;
use crate::read::{Decimal, Json, Node, document};
use crate::segment::Segment;
use crate::summary::{Counts, read_counts};
use reports::{ByLine, Drawn};
use std::fmt;

/// What a browser remembers of one survey. By itself it doesn't tell what anybody answered. Together with a person's
/// release, the drawn reports may tell what that person answered.
///
/// `to_string` writes it as JSON, and [`Keep::from_json`] reads it. Its members are of two kinds: `spent` and
/// `permanent` tell of no answer and no visit; `batches` and `wave` do.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Keep {
    batches: Vec<Batch>,
    permanent: Vec<Drawn>,
    /// The name of the wave in which the reports in `sent` are sent.
    wave: String,
    sent: Vec<Drawn>,
    /// ε of all that was released.
    spent: Decimal,
}

/// The most classes that a line can have: an index of 20 scales of 10 points has 181 cells, and one class is for those
/// without an answer. Reports may lie up to as many beyond the scale's ends.
const MAX_CELLS: u32 = 182;

/// The most entries of a batch: 100 lines, and the sums of products.
const MAX_ITEMS: usize = 101;

/// The largest product of two answers on joint lines: the highest count, 30, squared.
const MAX_PRODUCT: u32 = 900;

/// More than any lifetime ε.
const MAX_SPENT: u32 = 1_000;

impl Keep {
    /// Reads what an earlier page view kept. Somebody may have edited it, or it may be of other items: batches and
    /// reports of lines that don't fit the definition are forgotten, one by one. An earlier build sent permanent
    /// reports as they were drawn. Those aren't used any more, but their ε stays spent.
    pub fn from_json(json: &Json, definition: &Definition) -> Self {
        let spent = json.member("spent").and_then(|spent| spent.decimal(MAX_SPENT));
        let mut keep = Self {
            spent: spent.unwrap_or_default(),
            batches: if FULL { batches(json, definition) } else { Vec::new() },
            permanent: reports::read(json.member("permanent")),
            ..Self::default()
        };
        if let Some(wave) = json.member("wave")
            && let Some(Json::String(of)) = wave.member("of")
            && of.bytes().all(|byte| byte == b'-' || byte.is_ascii_alphanumeric())
        {
            (keep.wave, keep.sent) = (of.clone(), reports::read(wave.member("reports")));
        }
        keep
    }

    /// The open batch of a segment, if there is one.
    pub(super) fn batch(&self, definition: &Definition, segment: &Segment, k: u32) -> Option<Batch> {
        let fits = |batch: &&Batch| batch.segment == *segment && batch.fits(definition) && !batch.is_full(k);
        self.batches.iter().find(fits).cloned()
    }

    /// Keeps a batch, in place of its earlier state. Forgets batches that no longer fit the definition.
    pub(super) fn put(&mut self, definition: &Definition, batch: Batch) {
        self.batches.retain(|known| known.id != batch.id && known.fits(definition));
        self.batches.push(batch);
    }

    /// Takes out the `wanted` batches.
    pub(super) fn take_batches(&mut self, wanted: impl Fn(&Batch) -> bool) -> Vec<Batch> {
        self.batches.extract_if(.., |batch| wanted(batch)).collect()
    }

    /// ε of all that was released.
    pub(super) fn spent(&self) -> Decimal {
        self.spent
    }

    /// Adds the ε of one more release.
    pub(super) fn spend(&mut self, epsilon: Decimal) {
        self.spent = self.spent + epsilon;
    }
}

/// Reads the batches, and leaves out each one that has a mistake.
fn batches(json: &Json, definition: &Definition) -> Vec<Batch> {
    let read = |json| document(json, |node| Batch::read(node, definition)).ok();
    json.member("batches").map_or(&[][..], Json::entries).iter().filter_map(read).collect()
}

impl Batch {
    /// Whether its cells are those that the definition counts. The survey may have changed since the batch was opened.
    pub(super) fn fits(&self, definition: &Definition) -> bool {
        let lines = definition.counted();
        let shape = lines.iter().map(|line| (line.id, line.cells));
        let found = self.items.iter().map(|(id, counts)| (id.as_str(), counts.cells().len()));
        let joint = self.joint.as_ref().map(|(name, _)| name.as_str());
        let name = definition.joint_name();
        found.eq(shape) && joint.unwrap_or_default() == name
    }

    fn read(node: &Node<'_>, definition: &Definition) -> Self {
        let fields = node.fields(&["id", "segment", "respondents", "items"]);
        let respondents = fields.required("respondents", |node| node.integer(1..=1000));
        let (mut items, mut joint, joint_name) = (Vec::new(), None, definition.joint_name());
        // In storage the joint lines' sums are one more entry, under the joint lines' name.
        let mut item = |node: &Node<'_>| {
            let fields = node.fields(&["item", "cells", "missing"]);
            let item = fields.required("item", |item| item.string().to_owned());
            let is_joint = item == joint_name;
            let most = if is_joint { respondents * MAX_PRODUCT } else { respondents };
            let (cells, missing) = read_counts(&fields, 1..=MAX_CELLS as usize, most);
            if is_joint {
                joint = Some((cells, missing));
            } else {
                items.extend(Counts::of(cells.len(), cells, missing).map(|counts| (item, counts)));
            }
        };
        fields.required("items", |list| list.entries(1..=MAX_ITEMS, &mut item));
        let sums =
            joint.and_then(|(products, missing)| JointSums::empty(definition)?.with(products, missing));
        Self {
            id: fields.required("id", read_release_id),
            segment: fields.required("segment", |segment| Segment::read(segment, &definition.segments)),
            respondents: respondents.into(),
            items,
            joint: sums.map(|sums| (joint_name, sums)),
        }
    }
}

/// As JSON. Every name in it has been checked to need no escaping.
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
            if let Some((name, sums)) = joint {
                let (cells, missing) = (List(sums.products()), sums.missing());
                write!(formatter, r#",{{"item":"{name}","cells":{cells},"missing":{missing}}}"#)?;
            }
            formatter.write_str("]}")?;
        }
        let (permanent, sent) = (ByLine(&self.permanent), ByLine(&self.sent));
        let wave = &self.wave;
        write!(formatter, r#"],"permanent":{permanent},"wave":{{"of":"{wave}","reports":{sent}}}}}"#)
    }
}

/// Reads a release's id: 32 of 0-9 a-f. Logs any other text.
pub fn read_release_id(node: &Node<'_>) -> String {
    node.form("32 of 0-9 a-f", |id| {
        id.len() == 32 && id.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
    })
}
