use super::{Choice, Mechanism, NetPromoter, Notice, Rating, read_label};
use crate::language::Text;
use crate::read::{Fault, Node};

/// A question or a notice: one screen.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Item {
    /// Names the item in releases and results: 1 to 32 of a-z 0-9 - _.
    #[cfg_attr(feature = "schema", schemars(regex(pattern = "^[a-z0-9_-]{1,32}$")))]
    pub id: String,
    /// The question or the notice.
    pub text: Text,
    /// Whether it has to be answered; true when left out, and always true under `randomised`.
    #[cfg_attr(feature = "schema", schemars(default = "required"))]
    pub required: bool,
    /// What kind of answer it takes.
    #[cfg_attr(feature = "schema", schemars(flatten))]
    pub kind: ItemKind,
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
    /// One of several options.
    Choice(Choice),
    /// A text without an answer.
    Notice(Notice),
}

/// What an item's counts amount to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// Eleven cells, 0 to 10, of which a net promoter score is made.
    NetPromoterScore,
    /// Cells that stand for 1, 2, 3 …, of which a mean is made.
    Mean,
    /// Cells without an order.
    Shares,
    /// Not counted.
    Nothing,
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
    /// What its counts amount to.
    pub fn measure(&self) -> Measure {
        match self {
            Self::NetPromoter(_) => Measure::NetPromoterScore,
            Self::Rating(_) => Measure::Mean,
            Self::Choice(_) => Measure::Shares,
            Self::Notice(_) => Measure::Nothing,
        }
    }

    /// How many answers there are to choose from.
    pub fn cells(&self) -> usize {
        match self {
            Self::NetPromoter(_) => NetPromoter::CELLS,
            Self::Rating(rating) => rating.scale.points.into(),
            Self::Choice(choice) => choice.options.len(),
            Self::Notice(_) => 0,
        }
    }

    /// What the ends of its scale mean, where it has one and they are named.
    pub fn anchors(&self) -> Option<&Anchors> {
        match self {
            Self::NetPromoter(item) => item.anchors.as_ref(),
            Self::Rating(item) => item.anchors.as_ref(),
            Self::Choice(_) | Self::Notice(_) => None,
        }
    }
}

impl Item {
    pub(super) fn read(node: &Node<'_>, languages: &[String], privacy: Mechanism) -> Self {
        const KINDS: [&str; 4] = ["net_promoter", "rating", "choice", "notice"];
        let kind = node.members().required("kind", |kind| kind.one_of(&KINDS));
        let fields = node.fields(match kind {
            0 => &["id", "kind", "text", "required", "anchors"],
            1 => &["id", "kind", "text", "required", "scale", "anchors"],
            2 => &["id", "kind", "text", "required", "options"],
            _ => &["id", "kind", "text"],
        });
        Self {
            id: fields.required("id", read_label),
            text: fields.required("text", |text| Text::read(text, languages)),
            required: fields.optional("required", true, |required| read_required(required, privacy)),
            kind: match kind {
                0 => ItemKind::NetPromoter(NetPromoter::read(&fields, languages)),
                1 => ItemKind::Rating(Rating::read(&fields, languages)),
                2 => ItemKind::Choice(Choice::read(&fields, languages)),
                _ => ItemKind::Notice(Notice {}),
            },
        }
    }
}

impl Anchors {
    pub(super) fn read(node: &Node<'_>, languages: &[String]) -> Self {
        let fields = node.fields(&["low", "high"]);
        let text = |name| fields.required(name, |text| Text::read(text, languages));
        Self { low: text("low"), high: text("high") }
    }
}

fn read_required(node: &Node<'_>, privacy: Mechanism) -> bool {
    let required = node.boolean();
    if !required && matches!(privacy, Mechanism::Randomised { .. }) {
        node.fault(Fault::SkippableUnderRandomised);
    }
    required
}

#[cfg(feature = "schema")]
fn required() -> bool {
    true
}
