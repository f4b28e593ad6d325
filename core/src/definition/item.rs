use super::condition::Scope;
use super::known::Known;
use super::{Agreement, Choice, Choices, Condition, Count, Matrix, NetPromoter, Notice, OpenText, Rating};
use crate::FULL;
use crate::language::{Text, TextRules};
use crate::read::{Fields, Node, note_distinct, read_kind, read_label};

/// A question or a notice: one screen.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Item {
    /// Names the item in releases and results: 1 to 32 of a-z 0-9 - _.
    #[cfg_attr(feature = "schema", schemars(regex(pattern = "^[a-z0-9_-]{1,32}$")))]
    pub id: String,
    /// The question or the notice.
    pub text: Text,
    /// Whether it has to be answered; true when left out.
    #[cfg_attr(feature = "schema", schemars(default = "required"))]
    pub required: bool,
    /// The condition under which it is asked. It refers to earlier items only.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub when: Option<Condition>,
    /// Other texts. The first whose condition holds replaces `text`.
    #[cfg_attr(feature = "schema", schemars(default, length(max = 10)))]
    pub variants: Vec<Variant>,
    /// Whether a random order leaves it in its place, and a `sample` always includes it.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub fixed: bool,
    /// What kind of answer it takes.
    #[cfg_attr(feature = "schema", schemars(flatten))]
    pub kind: ItemKind,
}

/// A text for some respondents.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct Variant {
    /// Who reads this text. The condition refers to earlier items only.
    pub when: Condition,
    /// What they read.
    pub text: Text,
}

/// The kinds of item, one file each.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(tag = "kind", rename_all = "snake_case")
)]
pub enum ItemKind {
    /// Recommendation from 0 to 10.
    NetPromoter(NetPromoter),
    /// A scale of 2 to 10 points.
    Rating(Rating),
    /// How far somebody agrees with one statement.
    Agreement(Agreement),
    /// How far somebody agrees with each of several statements.
    Matrix(Matrix),
    /// One of several options.
    Choice(Choice),
    /// Some of several options.
    Choices(Choices),
    /// The respondent's own words, in which themes are counted.
    OpenText(OpenText),
    /// How many of something.
    Count(Count),
    /// A text without an answer.
    Notice(Notice),
}

/// What the two ends of a scale mean.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct Anchors {
    /// The lowest point, in words.
    pub low: Text,
    /// The highest point, in words.
    pub high: Text,
}

impl ItemKind {
    /// How many answers each of its lines has to choose from.
    pub fn cells(&self) -> usize {
        match self {
            Self::NetPromoter(_) => NetPromoter::CELLS,
            Self::Rating(rating) => rating.scale.points.into(),
            Self::Agreement(agreement) => agreement.scale.points.into(),
            Self::Matrix(matrix) => matrix.scale.points.into(),
            Self::Choice(choice) => choice.answers().count(),
            Self::Choices(choices) => choices.answers().count(),
            Self::OpenText(text) => text.themes.len(),
            Self::Count(count) => (count.most as usize).saturating_add(1),
            Self::Notice(_) => 0,
        }
    }

    /// How many lines it has in a release.
    pub fn lines(&self) -> usize {
        match self {
            Self::Notice(_) => 0,
            Self::Matrix(matrix) => matrix.statements.len(),
            _ => 1,
        }
    }

    /// What the ends of its scale mean; `None` where it has no scale, or one without anchors.
    pub fn anchors(&self) -> Option<&Anchors> {
        match self {
            Self::NetPromoter(item) => item.anchors.as_ref(),
            Self::Rating(item) => item.anchors.as_ref(),
            _ => None,
        }
    }

    /// The options or themes that its cells stand for, in the cells' order; none for a scale.
    pub fn answers(&self) -> Vec<&super::AnswerOption> {
        match self {
            Self::Choice(choice) => choice.answers().collect(),
            Self::Choices(choices) => choices.answers().collect(),
            Self::OpenText(text) => text.themes.iter().collect(),
            _ => Vec::new(),
        }
    }

    /// How many of its options are shuffled for each respondent, counted from the first.
    pub(crate) fn shuffled(&self) -> usize {
        match self {
            Self::Choice(Choice { shuffle: true, options, .. })
            | Self::Choices(Choices { shuffle: true, options, .. }) => options.len(),
            _ => 0,
        }
    }
}

/// A kind of item as definitions name it.
pub(super) struct Kind {
    pub(super) name: &'static str,
    /// Whether it takes an answer, and so may be required.
    pub(super) is_asked: bool,
    /// The fields that it has besides those of every item.
    pub(super) fields: &'static [&'static str],
    pub(super) read: fn(&Fields<'_>, TextRules<'_>) -> ItemKind,
}

/// The kinds that this build reads.
const KINDS: &[Kind] = if FULL {
    &[
        NetPromoter::KIND,
        Rating::KIND,
        Agreement::KIND,
        Choice::KIND,
        Notice::KIND,
        Matrix::KIND,
        Choices::KIND,
        OpenText::KIND,
        Count::KIND,
    ]
} else {
    &[NetPromoter::KIND, Rating::KIND, Agreement::KIND, Choice::KIND, Notice::KIND]
};

/// An item whose conditions aren't read yet, since they refer to other items.
pub(super) struct RawItem<'a> {
    pub(super) id: String,
    text: Text,
    required: bool,
    pub(super) fixed: bool,
    pub(super) kind: ItemKind,
    node: Node<'a>,
}

/// An item's conditions: whether it is asked, and with which text.
#[derive(Default)]
pub(super) struct Conditions {
    when: Option<Condition>,
    variants: Vec<Variant>,
}

/// Reads all items, and checks that the ids of items and statements differ.
pub(super) fn read_items<'a>(node: &'a Node<'_>, rules: TextRules<'_>) -> Vec<RawItem<'a>> {
    let mut ids = Vec::new();
    node.entries(1..=50, |entry| {
        let item = RawItem::read(entry, rules);
        note_distinct(entry, &mut ids, &item.id);
        if let ItemKind::Matrix(matrix) = &item.kind {
            matrix.statements.iter().for_each(|statement| note_distinct(entry, &mut ids, &statement.id));
        }
        item
    })
}

impl<'a> RawItem<'a> {
    fn read(node: &Node<'a>, rules: TextRules<'_>) -> Self {
        let kind = read_kind(node, KINDS, |kind| kind.name).unwrap_or(&NetPromoter::KIND);
        let relations: &[&str] = if FULL { &["when", "variants", "fixed"] } else { &[] };
        let required: &[&str] = if kind.is_asked { &["required"] } else { &[] };
        let fields = node.fields(&[&["id", "kind", "text"], required, relations, kind.fields].concat());
        Self {
            id: fields.required("id", read_label),
            text: fields.required("text", |text| Text::read(text, rules)),
            required: fields.flag("required", true),
            fixed: fields.flag("fixed", false),
            kind: (kind.read)(&fields, rules),
            node: *node,
        }
    }

    /// Reads its conditions, which refer to what is asked before this item. `index` is the item's own.
    pub(super) fn conditions(&self, index: usize, known: &Known<'_>, rules: TextRules<'_>) -> Conditions {
        let scope = Scope { known, before: Some(index), routes: None };
        let variant = |node: &Node<'_>| Variant::read(node, scope, rules);
        Conditions {
            when: Condition::of(&self.node, scope),
            variants: self.node.peek("variants").map_or_else(Vec::new, |list| list.entries(1..=10, variant)),
        }
    }

    /// The item with its conditions.
    pub(super) fn with(self, Conditions { when, variants }: Conditions) -> Item {
        let Self { id, text, required, fixed, kind, .. } = self;
        Item { id, text, required, when, variants, fixed, kind }
    }
}

impl Variant {
    fn read(node: &Node<'_>, scope: Scope<'_>, rules: TextRules<'_>) -> Self {
        let fields = node.fields(&["when", "text"]);
        Self {
            when: fields.required("when", |when| Condition::read(when, scope)),
            text: fields.required("text", |text| Text::read(text, rules)),
        }
    }
}

impl Anchors {
    pub(super) fn read(node: &Node<'_>, rules: TextRules<'_>) -> Self {
        let fields = node.fields(&["low", "high"]);
        let text = |name| fields.required(name, |text| Text::read(text, rules));
        Self { low: text("low"), high: text("high") }
    }
}

#[cfg(feature = "schema")]
fn required() -> bool {
    true
}
