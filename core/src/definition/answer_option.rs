use crate::FULL;
use crate::language::{Text, TextRules, check_tag, lookup};
use crate::read::{Fields, Node, note_distinct, read_label};
use std::ops::RangeInclusive;

/// An answer out of a list, or a theme of an open text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct AnswerOption {
    /// Names it in results: 1 to 32 of a-z 0-9 - _.
    #[cfg_attr(feature = "schema", schemars(regex(pattern = "^[a-z0-9_-]{1,32}$")))]
    pub id: String,
    /// What the respondent reads.
    pub text: Text,
    /// Words that hint at this option when a respondent writes them.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub words: Words,
}

/// Words by language, in lower case. A word that ends with `*` stands for all words that begin with it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Words(Vec<(String, Vec<String>)>);

impl Words {
    /// The words for a BCP 47 tag, found as a [`Text`] is.
    pub fn get(&self, language: &str) -> &[String] {
        let found = lookup(language, self.0.iter().map(|(tag, _)| tag.as_str()));
        self.0.get(found.unwrap_or(0)).map_or(&[], |(_, words)| words)
    }

    /// Reads an object of language and list of words.
    pub(super) fn read(node: &Node<'_>) -> Self {
        let read = |(tag, words): (&str, Node<'_>)| {
            check_tag(&words, tag);
            (tag.to_owned(), words.entries(1..=100, read_word))
        };
        Self(node.members().iter().map(read).collect())
    }
}

impl AnswerOption {
    /// Reads an option, which may have words.
    fn read(node: &Node<'_>, rules: TextRules<'_>) -> Self {
        Self::read_fields(&node.fields(&["id", "text", "words"]), rules)
    }

    /// Reads a theme. It needs words, since nothing else would find it in a text.
    pub(super) fn read_theme(node: &Node<'_>, rules: TextRules<'_>) -> Self {
        node.members().required("words", |_| ());
        Self::read(node, rules)
    }

    /// Reads an option beside the list. It has no words, since they would lead nowhere.
    pub(super) fn read_plain(node: &Node<'_>, rules: TextRules<'_>) -> Self {
        Self::read_fields(&node.fields(&["id", "text"]), rules)
    }

    fn read_fields(fields: &Fields<'_>, rules: TextRules<'_>) -> Self {
        Self {
            id: fields.required("id", read_label),
            text: fields.required("text", |text| Text::read(text, rules)),
            words: if FULL {
                fields.optional("words", Words::default(), Words::read)
            } else {
                Words::default()
            },
        }
    }
}

/// The options of a choice, and the two that may stand beside them.
pub(super) struct Options {
    pub(super) options: Vec<AnswerOption>,
    pub(super) other: Option<AnswerOption>,
    pub(super) none: Option<AnswerOption>,
}

/// Reads `options`, `other` and `none`, and checks that all their ids differ.
pub(super) fn read_options(fields: &Fields<'_>, rules: TextRules<'_>) -> Options {
    let mut ids = Vec::new();
    let options =
        fields.required("options", |list| read_list(list, 2..=20, &mut ids, rules, AnswerOption::read));
    let mut beside = |name| {
        fields.get(name).map(|node| {
            let option = AnswerOption::read_plain(&node, rules);
            note_distinct(&node, &mut ids, &option.id);
            option
        })
    };
    Options { options, other: beside("other"), none: beside("none") }
}

/// Reads a list of options, and checks that their ids differ from one another and from those in `ids`.
pub(super) fn read_list(
    node: &Node<'_>,
    length: RangeInclusive<usize>,
    ids: &mut Vec<String>,
    rules: TextRules<'_>,
    read: fn(&Node<'_>, TextRules<'_>) -> AnswerOption,
) -> Vec<AnswerOption> {
    node.entries(length, |entry| {
        let option = read(entry, rules);
        note_distinct(entry, ids, &option.id);
        option
    })
}

fn read_word(node: &Node<'_>) -> String {
    node.form("1 to 50 characters in lower case, of which the last may be *", is_word)
}

fn is_word(word: &str) -> bool {
    let stem = word.strip_suffix('*').unwrap_or(word);
    matches!(stem.chars().count(), 1..=50)
        && !stem.contains('*')
        && stem.trim() == stem
        && is_lower_case(stem)
}

/// Only outside the widget: it goes without the Unicode tables for this, since definitions are checked before they are
/// served.
#[cfg(feature = "outside-the-widget")]
fn is_lower_case(word: &str) -> bool {
    word.to_lowercase() == word
}

#[cfg(not(feature = "outside-the-widget"))]
fn is_lower_case(_: &str) -> bool {
    true
}
