use super::AnswerOption;
use super::answer_option::read_list;
use super::item::{ItemKind, Kind};
use crate::language::TextRules;
use crate::read::{Fields, Node};

/// A text in the respondent's own words, of which only themes are counted; the text never leaves.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OpenText {
    /// From 1 to 20, found by their words and corrected by the respondent.
    #[cfg_attr(feature = "schema", schemars(length(min = 1, max = 20), with = "Vec<super::schema::Theme>"))]
    pub themes: Vec<AnswerOption>,
    /// How much may be written: 50 to 2000 characters, 500 when left out.
    #[cfg_attr(feature = "schema", schemars(default = "max_characters", range(min = 50, max = 2000)))]
    pub max_characters: u32,
}

impl OpenText {
    pub(super) const KIND: Kind = Kind {
        name: "open_text",
        is_asked: true,
        fields: &["themes", "max_characters"],
        read: |fields, rules| ItemKind::OpenText(Self::read(fields, rules)),
    };

    const MAX_CHARACTERS: u32 = 500;

    fn read(fields: &Fields<'_>, rules: TextRules<'_>) -> Self {
        let themes =
            |list: &Node<'_>| read_list(list, 1..=20, &mut Vec::new(), rules, AnswerOption::read_theme);
        Self {
            themes: fields.required("themes", themes),
            max_characters: fields
                .optional("max_characters", Self::MAX_CHARACTERS, |most| most.integer(50..=2_000)),
        }
    }
}

#[cfg(feature = "schema")]
fn max_characters() -> u32 {
    OpenText::MAX_CHARACTERS
}
