//! Texts in several languages, found by BCP 47 fallback (RFC 4647, section 3.4: lookup).

use crate::read::{Fault, Json, Node, is_label};
use std::ops::RangeInclusive;

/// Length of a text, in characters.
const TEXT_LENGTH: RangeInclusive<usize> = 1..=2_000;

/// What every text of a survey is checked against.
#[derive(Clone, Copy)]
pub(crate) struct TextRules<'a> {
    /// The survey's languages. Every text has to have the first.
    pub(crate) languages: &'a [String],
    /// The pieces whose names may stand in braces.
    pub(crate) pieces: &'a [(String, Text)],
}

const TAG_FORM: &str = "a BCP 47 tag such as en or pt-BR";

/// A text in one or more languages. Languages that it lacks fall back to its first entry.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Text(Vec<(String, String)>);

impl Text {
    /// The text for a BCP 47 tag: the tag's own, else that of the tag shortened from its end (`de-CH`, then `de`), else
    /// that of the survey's first language.
    pub fn get(&self, language: &str) -> &str {
        let found = lookup(language, self.0.iter().map(|(tag, _)| tag.as_str()));
        self.0.get(found.unwrap_or(0)).map_or("", |(_, text)| text)
    }

    /// Reads a string, or an object of strings by language, which has to have the survey's first language.
    pub(crate) fn read(node: &Node<'_>, rules: TextRules<'_>) -> Self {
        if let Json::String(_) = node.value() {
            return Self(vec![(String::new(), read_string(node, rules))]);
        }
        let Json::Object(_) = node.value() else {
            node.wrong_type("a string, or an object of language and string");
            return Self::default();
        };
        let mut texts = Vec::new();
        for (tag, text) in node.members().iter() {
            check_tag(&text, tag);
            texts.push((tag.to_owned(), read_string(&text, rules)));
        }
        if let Some(first) = rules.languages.first() {
            match texts.iter().position(|(tag, _)| tag == first) {
                Some(index) => texts.swap(0, index),
                None => node.fault(Fault::LacksLanguage { language: first.clone() }),
            }
        }
        Self(texts)
    }
}

fn read_string(node: &Node<'_>, rules: TextRules<'_>) -> String {
    let text = node.text(TEXT_LENGTH);
    let mut rest = text.as_str();
    while let Some(Piece { name, after, .. }) = first_piece(rest) {
        if !rules.pieces.iter().any(|(declared, _)| declared == name) {
            node.fault(Fault::UndeclaredPiece { name: name.to_owned() });
        }
        rest = after;
    }
    text
}

/// A `{name}` in a text.
pub(crate) struct Piece<'a> {
    /// What stands before it.
    pub(crate) before: &'a str,
    pub(crate) name: &'a str,
    /// What stands behind it.
    pub(crate) after: &'a str,
}

/// The first piece in a text. Braces around anything but a label are ordinary characters.
pub(crate) fn first_piece(text: &str) -> Option<Piece<'_>> {
    let mut from = 0;
    loop {
        let open = from + text.get(from..)?.find('{')?;
        from = open + 1;
        if let Some((name, after)) = text.get(from..)?.split_once('}')
            && is_label(name)
        {
            return Some(Piece { before: text.get(..open)?, name, after });
        }
    }
}

/// Logs `tag`, the name of a field, if it isn't a language tag.
pub(crate) fn check_tag(node: &Node<'_>, tag: &str) {
    if !is_tag(tag) {
        node.fault(Fault::Form { found: tag.to_owned(), allowed: TAG_FORM });
    }
}

/// Reads a language tag.
pub(crate) fn read_tag(node: &Node<'_>) -> String {
    node.form(TAG_FORM, is_tag)
}

/// The index of the tag in `available` that serves `wanted` best. Case doesn't matter.
///
/// ```
/// use puls_core::language::lookup;
/// assert_eq!(lookup("sv-FI", ["en", "sv"].into_iter()), Some(1));
/// assert_eq!(lookup("ja", ["en", "sv"].into_iter()), None);
/// ```
pub fn lookup<'a>(wanted: &str, available: impl Iterator<Item = &'a str> + Clone) -> Option<usize> {
    let mut range = wanted;
    loop {
        if let Some(index) = available.clone().position(|tag| tag.eq_ignore_ascii_case(range)) {
            return Some(index);
        }
        range = range.rsplit_once('-')?.0;
    }
}

fn is_tag(tag: &str) -> bool {
    let subtag =
        |part: &str| matches!(part.len(), 1..=8) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    tag.len() <= 35
        && tag.split('-').all(subtag)
        && tag.starts_with(|first: char| first.is_ascii_alphabetic())
}
