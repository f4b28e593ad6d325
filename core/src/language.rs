//! Texts in several languages, found by BCP 47 fallback (RFC 4647, section 3.4: lookup).

use crate::read::{Fault, Json, Node};
use std::ops::RangeInclusive;

/// Length of a text, in characters.
const TEXT_LENGTH: RangeInclusive<usize> = 1..=2_000;

const TAG_FORM: &str = "a BCP 47 tag such as en or pt-BR";

/// A text in one or more languages; its first entry is what every language falls back to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Text(Vec<(String, String)>);

impl Text {
    /// The text for a BCP 47 tag: the tag's own, else that of the tag cut short from its end (`de-CH`,
    /// then `de`), else the survey's first language.
    pub fn get(&self, language: &str) -> &str {
        let found = lookup(language, self.0.iter().map(|(tag, _)| tag.as_str()));
        self.0.get(found.unwrap_or(0)).map_or("", |(_, text)| text)
    }

    /// Reads a string, or an object of language and string that has `languages`' first.
    pub(crate) fn read(node: &Node<'_>, languages: &[String]) -> Self {
        if let Json::String(_) = node.value() {
            return Self(vec![(String::new(), node.text(TEXT_LENGTH))]);
        }
        let Json::Object(_) = node.value() else {
            node.wrong_type("a string, or an object of language and string");
            return Self::default();
        };
        let mut texts = Vec::new();
        for (tag, text) in node.members().iter() {
            if !is_tag(tag) {
                text.fault(Fault::Form { found: tag.to_owned(), allowed: TAG_FORM });
            }
            texts.push((tag.to_owned(), text.text(TEXT_LENGTH)));
        }
        if let Some(first) = languages.first() {
            match texts.iter().position(|(tag, _)| tag == first) {
                Some(index) => texts.swap(0, index),
                None => node.fault(Fault::LacksLanguage { language: first.clone() }),
            }
        }
        Self(texts)
    }
}

/// Reads a language tag.
pub(crate) fn read_tag(node: &Node<'_>) -> String {
    node.form(TAG_FORM, is_tag)
}

/// The index of the tag in `available` that serves `wanted` best, without regard to case.
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
