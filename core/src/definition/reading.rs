//! The order in which a definition's parts are read: each part after those that it refers to.

use super::derived::read_derived;
use super::item::{Conditions, RawItem, read_items};
use super::known::Known;
use super::mechanism::RawMechanism;
use super::thanks::RawThanks;
use super::{
    Audience, Definition, Derived, Item, ItemKind, Joint, MAX_LINES, Mechanism, MechanismKind, Order,
    Routing, Show, Thanks,
};
use crate::FULL;
use crate::language::{Text, TextRules, read_tag};
use crate::read::{Fault, Fields, Node, check_label, distinct, read_name};
use crate::segment::{Declared, read_declared};
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

/// The fields that only the full build knows.
const FURTHER_FIELDS: &[&str] =
    if FULL { &["pieces", "order", "sample", "routing", "derived", "joint", "withhold"] } else { &[] };

/// The parts that refer to other parts, each read as far as it goes by itself.
struct Raw<'a> {
    items: Vec<RawItem<'a>>,
    thanks: Vec<RawThanks<'a>>,
    privacy: RawMechanism<'a>,
}

/// The same parts with their references resolved, and the parts that can only be read then.
struct Resolved {
    items: Vec<Item>,
    derived: Vec<Derived>,
    joint: Joint,
    routing: Routing,
    thanks: Vec<Thanks>,
    privacy: Mechanism,
}

impl Definition {
    pub(super) fn read(node: &Node<'_>) -> Self {
        let fields = node.fields(&[&PLAIN_FIELDS, FURTHER_FIELDS].concat());
        if let Some(schema) = fields.get("$schema") {
            schema.string();
        }
        // Read first, since every text is checked against the languages and the pieces' names.
        let languages = fields.required("languages", |list| distinct(list, 1..=30, read_tag));
        let plain = TextRules { languages: &languages, pieces: &[] };
        let pieces = if FULL {
            fields.optional("pieces", Vec::new(), |node| read_pieces(node, plain))
        } else {
            Vec::new()
        };
        let rules = TextRules { languages: &languages, pieces: &pieces };
        let id = fields.required("id", read_survey_id);
        let version = fields.required("version", read_version);
        let audience = fields.required("audience", |node| read_name(node, &Audience::NAMES));
        let title = fields.required("title", |node| Text::read(node, rules));
        let items = fields.needed("items");
        let items = items.as_ref().map_or_else(Vec::new, |node| read_items(node, rules));
        let order = fields.optional("order", Order::default(), |node| read_name(node, &Order::NAMES));
        let sample = fields.get("sample").map(|sample| sample.integer(1..=49));
        let thanks = fields.get("thanks");
        let thanks = thanks.as_ref().map_or_else(Vec::new, |node| RawThanks::read_all(node, rules));
        let segments = fields.optional("segments", Vec::new(), read_declared);
        let privacy = fields.optional("privacy", RawMechanism::default(), RawMechanism::read);
        let show = fields.optional("show", Show::default(), Show::read);
        // Only the server, which shows results, needs these.
        #[cfg(feature = "outside-the-widget")]
        let withhold = fields.optional("withhold", super::Tiers::default(), super::Tiers::read);
        let wave = fields.optional("wave", Period::default(), |node| read_name(node, &Period::NAMES));
        let raw = Raw { items, thanks, privacy };
        let Resolved { items, derived, joint, routing, thanks, privacy } =
            if FULL { raw.resolve(order, sample, &segments, &fields, rules) } else { raw.plain() };
        let definition = Self {
            id,
            version,
            audience,
            languages,
            title,
            pieces,
            items,
            order,
            sample,
            routing,
            derived,
            joint,
            thanks,
            segments,
            privacy,
            show,
            #[cfg(feature = "outside-the-widget")]
            withhold,
            wave,
        };
        if !FULL && !definition.is_plain() {
            node.unfit("needs the full widget");
        }
        definition.check(&fields);
        definition
    }

    /// Logs what is wrong with the parts together, though each of them is fine by itself.
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

    /// Checks an item against the way in which items are drawn.
    fn check_drawn(&self, index: usize, node: &Node<'_>) {
        let Some(item) = self.items.get(index) else { return };
        if let Some(fixed) = node.peek("fixed").filter(|_| !self.is_order_random() && self.sample.is_none()) {
            fixed.unfit("means something only with `order` random or `sample`");
        }
        // A release shows plainly that an item wasn't drawn, by counting it as missing. So it may be missing for no
        // other reason.
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
}

impl Raw<'_> {
    /// Resolves what refers to other parts: first the derived measures, to which conditions refer; last what refers to
    /// ways out and to joint lines.
    fn resolve(
        self,
        order: Order,
        sample: Option<u32>,
        segments: &Declared,
        fields: &Fields<'_>,
        rules: TextRules<'_>,
    ) -> Resolved {
        let mut known = Known::of(&self.items, order, sample, segments);
        let derived = fields.get("derived");
        let derived = derived.as_ref().map_or_else(Vec::new, |node| read_derived(node, &known));
        known.add_derived(&derived);
        let joint = |node: &Node<'_>| Joint::read(node, &known, self.privacy.kind());
        let joint = fields.optional("joint", Joint::default(), joint);
        let shares: Vec<_> = derived.iter().map(|derived| derived.condition(&known)).collect();
        let items = self.items.iter().enumerate();
        let conditions: Vec<_> = items.map(|(index, item)| item.conditions(index, &known, rules)).collect();
        let routing = |node: &Node<'_>| Routing::read(node, &known, rules);
        let routing = fields.optional("routing", Routing::default(), routing);
        let thanks = self.thanks.into_iter().map(|thanks| thanks.resolve(&known, &routing.routes)).collect();
        let privacy = self.privacy.resolve(&known, &joint);
        let items = self.items.into_iter().zip(conditions).map(|(item, own)| item.with(own)).collect();
        let derived = derived.into_iter().zip(shares).map(|(derived, own)| derived.with(own)).collect();
        Resolved { items, derived, joint, routing, thanks, privacy }
    }

    /// Resolves the parts in the plain build, where none refers to another.
    fn plain(self) -> Resolved {
        Resolved {
            items: self.items.into_iter().map(|item| item.with(Conditions::default())).collect(),
            derived: Vec::new(),
            joint: Joint::default(),
            routing: Routing::default(),
            thanks: self.thanks.into_iter().map(RawThanks::plain).collect(),
            privacy: self.privacy.plain(),
        }
    }
}

/// Reads a survey's id: 1 to 64 of a-z 0-9 -. Logs any other text.
pub fn read_survey_id(node: &Node<'_>) -> String {
    node.form("1 to 64 of a-z 0-9 -", |id| {
        matches!(id.len(), 1..=64) && id.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'))
    })
}

/// Reads a survey's version: a whole number from 1. Logs anything else.
pub fn read_version(node: &Node<'_>) -> u32 {
    node.integer(1..=u32::MAX)
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
