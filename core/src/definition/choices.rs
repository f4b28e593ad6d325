use super::AnswerOption;
use super::answer_option::{Options, read_options};
use super::item::{ItemKind, Kind};
use crate::language::TextRules;
use crate::read::Fields;

/// Several answers out of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Choices {
    /// From 2 to 20, in the order in which they are counted.
    #[cfg_attr(feature = "schema", schemars(length(min = 2, max = 20)))]
    pub options: Vec<AnswerOption>,
    /// Whether each respondent sees the options in an order of their own; false when left out.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub shuffle: bool,
    /// A last option with room for words. The option is counted; the words aren't, and never leave the device.
    #[cfg_attr(feature = "schema", schemars(default, with = "Option<super::schema::PlainOption>"))]
    pub other: Option<AnswerOption>,
    /// An option that can't be chosen together with another.
    #[cfg_attr(feature = "schema", schemars(default, with = "Option<super::schema::PlainOption>"))]
    pub none: Option<AnswerOption>,
    /// How many options may be chosen; any number when left out.
    #[cfg_attr(feature = "schema", schemars(default, range(min = 1, max = 20)))]
    pub most: Option<u32>,
}

impl Choices {
    pub(super) const KIND: Kind = Kind {
        name: "choices",
        is_asked: true,
        fields: &["options", "shuffle", "other", "none", "most"],
        read: |fields, rules| ItemKind::Choices(Self::read(fields, rules)),
    };

    /// Every answer, in the order of its cells: the options, then `other`, then `none`.
    pub fn answers(&self) -> impl Iterator<Item = &AnswerOption> {
        self.options.iter().chain(&self.other).chain(&self.none)
    }

    /// What is chosen after a tap on `cell`, where `chosen` was chosen before it: one bit for each cell.
    ///
    /// `none` replaces all other options, and any other option replaces `none`. A tap that would exceed `most` changes
    /// nothing.
    pub(crate) fn toggled(&self, chosen: u32, cell: usize) -> u32 {
        let (tapped, none) = (1 << cell, self.none_bit());
        let kept = if tapped == none { chosen & none } else { chosen & !none };
        let toggled = kept ^ tapped;
        if self.allows(toggled) { toggled } else { chosen }
    }

    /// Whether these cells can be chosen together.
    pub(crate) fn allows(&self, chosen: u32) -> bool {
        let none = self.none_bit();
        (chosen & none == 0 || chosen == none) && self.most.is_none_or(|most| chosen.count_ones() <= most)
    }

    /// The bit of `none`, which is the last cell; no bit without it.
    fn none_bit(&self) -> u32 {
        if self.none.is_some() { 1 << (self.answers().count() - 1).min(31) } else { 0 }
    }

    fn read(fields: &Fields<'_>, rules: TextRules<'_>) -> Self {
        let Options { options, other, none } = read_options(fields, rules);
        Self {
            options,
            other,
            none,
            shuffle: fields.flag("shuffle", false),
            most: fields.get("most").map(|most| most.integer(1..=20)),
        }
    }
}
