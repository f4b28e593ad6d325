//! The order in which a definition's parts are read: each one knows those that it refers to.

use super::derived::read_derived;
use super::{
    Audience, Definition, Item, ItemKind, Joint, MAX_LINES, Mechanism, MechanismKind, Order, Routing, Sealed,
    Show, Thanks,
};
use crate::FULL;
use crate::language::{Text, TextRules, read_tag};
use crate::read::{Fault, Fields, Node, check_label, distinct, note_distinct, read_name};
use crate::segment::read_declared;
use crate::wave::Period;

/// The fields of every survey.
const PLAIN_FIELDS: [&str; 12] = [
    "$schema",
    "id",
    "version",
    "audience",
    "languages",
    "title",
    "items",
    "thanks",
    "segments",
    "privacy",
    "show",
    "wave",
];

/// What only the full widget knows.
const FURTHER_FIELDS: &[&str] =
    if FULL { &["pieces", "order", "sample", "routing", "derived", "joint", "withhold"] } else { &[] };

impl Definition {
    pub(super) fn read(node: &Node<'_>) -> Self {
        let fields = node.fields(&[&PLAIN_FIELDS, FURTHER_FIELDS].concat());
        if let Some(schema) = fields.get("$schema") {
            schema.string();
        }
        // All texts need the first language and the names of the pieces.
        let languages = fields.required("languages", |list| distinct(list, 1..=30, read_tag));
        let plain = TextRules { languages: &languages, pieces: &[] };
        let pieces = if FULL {
            fields.optional("pieces", Vec::new(), |node| read_pieces(node, plain))
        } else {
            Vec::new()
        };
        let rules = TextRules { languages: &languages, pieces: &pieces };
        let mut definition = Self {
            id: fields.required("id", read_survey_id),
            version: fields.required("version", read_version),
            audience: fields.required("audience", |node| read_name(node, &Audience::NAMES)),
            title: fields.required("title", |node| Text::read(node, rules)),
            items: fields.required("items", |node| read_items(node, rules)),
            order: fields.optional("order", Order::default(), |node| read_name(node, &Order::NAMES)),
            sample: fields.get("sample").map(|sample| sample.integer(1..=49)),
            thanks: fields.optional("thanks", Vec::new(), |node| Thanks::read_all(node, rules)),
            segments: fields.optional("segments", Vec::new(), read_declared),
            privacy: fields.optional("privacy", Mechanism::default(), Mechanism::read),
            show: fields.optional("show", Show::default(), Show::read),
            // Whoever shows results goes by it; a browser doesn't.
            #[cfg(feature = "outside-the-widget")]
            withhold: fields.optional("withhold", super::Tiers::default(), super::Tiers::read),
            wave: fields.optional("wave", Period::default(), |node| read_name(node, &Period::NAMES)),
            routing: Routing::default(),
            derived: Vec::new(),
            joint: Joint::default(),
            languages: Vec::new(),
            pieces: Vec::new(),
        };
        if FULL {
            definition.read_relations(&fields, rules);
        } else if !definition.is_plain() {
            node.unfit("needs the full widget");
        }
        definition.check(&fields);
        (definition.languages, definition.pieces) = (languages, pieces);
        definition
    }

    /// Reads what refers to items: measures made of them, and all that holds on conditions.
    fn read_relations(&mut self, fields: &Fields<'_>, rules: TextRules<'_>) {
        self.derived = fields.optional("derived", Vec::new(), |node| read_derived(node, self));
        #[cfg(feature = "full")]
        if let Some(joint) = fields.get("joint") {
            self.joint = Joint::read(&joint, self);
        }
        self.read_conditions(fields, rules);
        self.routing =
            fields.optional("routing", Routing::default(), |node| Routing::read(node, self, rules));
        self.read_thanks_conditions(fields);
        if let (Mechanism::Sealed(_), Some(privacy)) = (&self.privacy, fields.get("privacy")) {
            let read = Sealed::read_tasks(&privacy.members(), self);
            if let Mechanism::Sealed(Sealed { tasks, .. }) = &mut self.privacy {
                *tasks = read;
            }
        }
    }

    /// Logs what is fine in each part, but not in all of them together.
    fn check(&self, fields: &Fields<'_>) {
        let lines = self.counted().len();
        if let Some(items) = fields.get("items").filter(|_| !self.items.is_empty()) {
            if self.answerable() == 0 {
                items.fault(Fault::NothingToCount);
            }
            if lines > MAX_LINES {
                items.fault(Fault::TooMuchToCount { found: lines, most: MAX_LINES });
            }
            items.each(|index, node| self.check_drawn(index, node));
        }
        let loose = self.items.iter().filter(|item| !item.fixed).count();
        if let Some(sample) = fields.get("sample") {
            sample.at_most(self.sample.unwrap_or(0), loose);
        }
        if let Some(derived) = fields.get("derived").filter(|_| self.is_sample_randomised()) {
            derived.unfit("needs every item asked, which `sample` under `randomised` doesn't");
        }
        if let Some(withhold) =
            fields.get("withhold").filter(|_| self.privacy.kind() == MechanismKind::Randomised)
        {
            withhold
                .unfit("means something only where answers are counted exactly, which `randomised` doesn't");
        }
        #[cfg(feature = "outside-the-widget")]
        if let Some(routing) = fields.get("routing") {
            self.routing.check_reach(&routing, self);
        }
    }

    /// Holds an item against the way in which items are drawn.
    fn check_drawn(&self, index: usize, node: &Node<'_>) {
        let Some(item) = self.items.get(index) else { return };
        if let Some(fixed) = node.peek("fixed").filter(|_| !self.is_order_random() && self.sample.is_none()) {
            fixed.unfit("means something only with `order` random or `sample`");
        }
        // Who wasn't drawn is plainly missing, so nobody else may be.
        let is_countable = !matches!(item.kind, ItemKind::Notice(_));
        if self.is_sample_randomised()
            && !item.fixed
            && is_countable
            && (!item.required || item.when.is_some())
        {
            node.unfit(
                "has to be required and without `when`, or `fixed`: with `sample` under `randomised` a gap would show",
            );
        }
    }

    fn is_sample_randomised(&self) -> bool {
        self.sample.is_some() && self.privacy.kind() == MechanismKind::Randomised
    }

    /// The names of everything that is asked.
    pub(super) fn ids(&self) -> Vec<String> {
        let mut ids = Vec::new();
        for item in &self.items {
            ids.push(item.id.clone());
            if let ItemKind::Matrix(matrix) = &item.kind {
                ids.extend(matrix.statements.iter().map(|statement| statement.id.clone()));
            }
        }
        ids
    }
}

/// Reads a survey's id: 1 to 64 of a-z 0-9 -. Another text is logged at its place.
pub fn read_survey_id(node: &Node<'_>) -> String {
    node.form("1 to 64 of a-z 0-9 -", |id| {
        matches!(id.len(), 1..=64) && id.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'))
    })
}

/// Reads a survey's version: a whole number from 1. Anything else is logged at its place.
pub fn read_version(node: &Node<'_>) -> u32 {
    node.integer(1..=u32::MAX)
}

fn read_items(node: &Node<'_>, rules: TextRules<'_>) -> Vec<Item> {
    let mut ids = Vec::new();
    node.entries(1..=50, |entry| {
        let item = Item::read(entry, rules);
        note_distinct(entry, &mut ids, &item.id);
        if let ItemKind::Matrix(matrix) = &item.kind {
            matrix.statements.iter().for_each(|statement| note_distinct(entry, &mut ids, &statement.id));
        }
        item
    })
}

fn read_pieces(node: &Node<'_>, rules: TextRules<'_>) -> Vec<(String, Text)> {
    let members = node.members();
    let read = |(name, text): (&str, Node<'_>)| {
        check_label(&text, name);
        (name.to_owned(), Text::read(&text, rules))
    };
    let pieces: Vec<_> = members.iter().map(read).collect();
    node.length(pieces.len(), "entries", 0..=20);
    pieces
}
