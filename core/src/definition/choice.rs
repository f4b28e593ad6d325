use super::{note_distinct, read_label};
use crate::language::Text;
use crate::read::{Fields, Node};

/// One answer out of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Choice {
    /// From 2 to 20, in the order in which they are shown.
    #[cfg_attr(feature = "schema", schemars(length(min = 2, max = 20)))]
    pub options: Vec<ChoiceOption>,
}

/// An entry of a choice.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct ChoiceOption {
    /// Names the option in results: 1 to 32 of a-z 0-9 - _.
    #[cfg_attr(feature = "schema", schemars(regex(pattern = "^[a-z0-9_-]{1,32}$")))]
    pub id: String,
    /// What the respondent reads.
    pub text: Text,
}

impl Choice {
    pub(super) fn read(fields: &Fields<'_>, languages: &[String]) -> Self {
        let mut ids = Vec::new();
        let read = |entry: &Node<'_>| {
            let option = ChoiceOption::read(entry, languages);
            note_distinct(entry, &mut ids, &option.id);
            option
        };
        Self { options: fields.required("options", |options| options.entries(2..=20, read)) }
    }
}

impl ChoiceOption {
    fn read(node: &Node<'_>, languages: &[String]) -> Self {
        let fields = node.fields(&["id", "text"]);
        Self {
            id: fields.required("id", read_label),
            text: fields.required("text", |text| Text::read(text, languages)),
        }
    }
}
