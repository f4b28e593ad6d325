use super::{Agreement, Choice, Choices, Condition, Count, Matrix, NetPromoter, Notice, OpenText, Rating};
use crate::FULL;
use crate::language::{Text, TextRules};
use crate::read::{Fields, Node, read_label};

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
    /// What has to hold for it to be asked; it refers to earlier items only.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub when: Option<Condition>,
    /// Other texts: the first whose condition holds takes `text`'s place.
    #[cfg_attr(feature = "schema", schemars(default, length(max = 10)))]
    pub variants: Vec<Variant>,
    /// Whether it stays where it is in a random order, and is asked of everybody in a sample.
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
    /// Who reads it; it refers to earlier items only.
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
    /// Words, of which themes are counted.
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
    const NAMES: [&str; 9] = [
        "net_promoter",
        "rating",
        "agreement",
        "choice",
        "notice",
        "matrix",
        "choices",
        "open_text",
        "count",
    ];

    /// How many of them a plain survey has.
    const PLAIN: usize = 5;

    /// How many answers there are to choose from, in each of its lines.
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

    /// How many lines it has in a release: one for each answer that is given to it.
    pub fn lines(&self) -> usize {
        match self {
            Self::Notice(_) => 0,
            Self::Matrix(matrix) => matrix.statements.len(),
            _ => 1,
        }
    }

    /// What the ends of its scale mean, where it has one and they are named.
    pub fn anchors(&self) -> Option<&Anchors> {
        match self {
            Self::NetPromoter(item) => item.anchors.as_ref(),
            Self::Rating(item) => item.anchors.as_ref(),
            _ => None,
        }
    }

    /// The options or themes that its cells stand for, in their order; none for a scale.
    pub fn answers(&self) -> Vec<&super::AnswerOption> {
        match self {
            Self::Choice(choice) => choice.answers().collect(),
            Self::Choices(choices) => choices.answers().collect(),
            Self::OpenText(text) => text.themes.iter().collect(),
            _ => Vec::new(),
        }
    }

    /// How many of its options each respondent sees in an order of their own: the first so many.
    pub(crate) fn shuffled(&self) -> usize {
        match self {
            Self::Choice(Choice { shuffle: true, options, .. })
            | Self::Choices(Choices { shuffle: true, options, .. }) => options.len(),
            _ => 0,
        }
    }

    fn read(kind: usize, fields: &Fields<'_>, rules: TextRules<'_>) -> Self {
        match kind {
            0 => Self::NetPromoter(NetPromoter::read(fields, rules)),
            1 => Self::Rating(Rating::read(fields, rules)),
            2 => Self::Agreement(Agreement::read(fields)),
            3 => Self::Choice(Choice::read(fields, rules)),
            5 if FULL => Self::Matrix(Matrix::read(fields, rules)),
            6 if FULL => Self::Choices(Choices::read(fields, rules)),
            7 if FULL => Self::OpenText(OpenText::read(fields, rules)),
            8 if FULL => Self::Count(Count::read(fields)),
            _ => Self::Notice(Notice::read(fields, rules)),
        }
    }
}

impl Item {
    /// Reads all but the conditions, which refer to other items and are read when all are known.
    pub(super) fn read(node: &Node<'_>, rules: TextRules<'_>) -> Self {
        let kinds = ItemKind::NAMES.get(..if FULL { 9 } else { ItemKind::PLAIN }).unwrap_or_default();
        let kind = node.members().required("kind", |kind| kind.one_of(kinds));
        let own: &[&str] = match kind {
            0 => &NetPromoter::FIELDS,
            1 => &Rating::FIELDS,
            2 => &Agreement::FIELDS,
            3 => &Choice::FIELDS,
            5 if FULL => &Matrix::FIELDS,
            6 if FULL => &Choices::FIELDS,
            7 if FULL => &OpenText::FIELDS,
            8 if FULL => &Count::FIELDS,
            _ => &["link"],
        };
        // A notice has nothing to answer, so it can't be required.
        let required: &[&str] = if kind == 4 { &[] } else { &["required"] };
        let relations: &[&str] = if FULL { &["when", "variants", "fixed"] } else { &[] };
        let fields = node.fields(&[&["id", "kind", "text"], required, relations, own].concat());
        Self {
            id: fields.required("id", read_label),
            text: fields.required("text", |text| Text::read(text, rules)),
            required: fields.flag("required", true),
            when: None,
            variants: Vec::new(),
            fixed: fields.flag("fixed", false),
            kind: ItemKind::read(kind, &fields, rules),
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
