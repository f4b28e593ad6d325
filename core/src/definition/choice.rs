use super::AnswerOption;
use super::answer_option::{Options, read_options};
use super::item::{ItemKind, Kind};
use crate::language::TextRules;
use crate::read::Fields;

/// One answer out of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Choice {
    /// From 2 to 20, in the order in which they are counted.
    #[cfg_attr(feature = "schema", schemars(length(min = 2, max = 20)))]
    pub options: Vec<AnswerOption>,
    /// Whether each respondent sees the options in an order of their own; false when left out.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub shuffle: bool,
    /// A last option with room for words. The option is counted; the words aren't, and never leave the device.
    #[cfg_attr(feature = "schema", schemars(default, with = "Option<super::schema::PlainOption>"))]
    pub other: Option<AnswerOption>,
}

impl Choice {
    pub(super) const KIND: Kind = Kind {
        name: "choice",
        is_asked: true,
        fields: &["options", "shuffle", "other"],
        read: |fields, rules| ItemKind::Choice(Self::read(fields, rules)),
    };

    /// Every answer, in the order of its cells: the options, then `other`.
    pub fn answers(&self) -> impl Iterator<Item = &AnswerOption> {
        self.options.iter().chain(&self.other)
    }

    fn read(fields: &Fields<'_>, rules: TextRules<'_>) -> Self {
        let Options { options, other, .. } = read_options(fields, rules);
        Self { options, other, shuffle: fields.flag("shuffle", false) }
    }
}
