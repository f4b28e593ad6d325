//! Finds by their words which themes a text hints at. That happens on the device, and the respondent can correct it.

use crate::definition::AnswerOption;

/// The cells of those `options` that have a word in `text`, one bit for each cell.
///
/// `text` has to be in lower case, as the options' words are. The caller lets the browser do that, whose Unicode tables
/// cost the widget nothing. Words stand between white space and punctuation, so `price` isn't found in `priceless`, but
/// `price*` is. Scripts without spaces have no such bounds: there a word is found anywhere.
///
/// ```
/// use puls_core::{definition::{Definition, ItemKind}, themes::found};
/// let definition = Definition::parse(r#"{"id": "s", "version": 1, "audience": "customer", "languages": ["en"],
///     "title": "S", "items": [{"id": "why", "kind": "open_text", "text": "Why?", "themes": [
///         {"id": "price", "text": "Price", "words": {"en": ["price", "expensive"]}},
///         {"id": "staff", "text": "Staff", "words": {"en": ["help*"]}}]}]}"#).unwrap();
/// let ItemKind::OpenText(item) = &definition.items[0].kind else { unreachable!() };
/// assert_eq!(found(&item.themes, "en", "too expensive, but helpful"), 0b11);
/// assert_eq!(found(&item.themes, "en", "priceless"), 0);
/// ```
pub fn found<'a>(options: impl IntoIterator<Item = &'a AnswerOption>, language: &str, text: &str) -> u32 {
    let mut cells = 0;
    for (cell, option) in options.into_iter().enumerate().take(32) {
        if option.words.get(language).iter().any(|word| stands_in(text, word)) {
            cells |= 1 << cell;
        }
    }
    cells
}

fn stands_in(text: &str, word: &str) -> bool {
    let (stem, whole) = word.strip_suffix('*').map_or((word, true), |stem| (stem, false));
    let anywhere = stem.chars().any(|letter| letter >= '\u{3040}');
    let mut before = ' ';
    for (at, letter) in text.char_indices() {
        if (anywhere || separates(before))
            && let Some(behind) = text.get(at..).and_then(|rest| rest.strip_prefix(stem))
            && (anywhere || !whole || behind.chars().next().is_none_or(separates))
        {
            return true;
        }
        before = letter;
    }
    false
}

/// Whether a character separates words: all of ASCII except letters and digits, and the punctuation that other scripts
/// add. Tables for all of Unicode would be the largest part of the widget.
fn separates(letter: char) -> bool {
    let is_punctuation =
        matches!(letter, '\u{80}'..='\u{bf}' | '\u{2000}'..='\u{206f}' | '\u{3000}'..='\u{303f}');
    is_punctuation || (letter.is_ascii() && !letter.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::stands_in;

    #[test]
    fn words_stand_between_what_separates_them() {
        for (text, word) in [
            ("the price!", "price"),
            ("«price»", "price"),
            ("prices went up", "price*"),
            ("för dyrt", "dyrt"),
            ("customer service was slow", "customer service"),
            ("值段が高い", "高い"),
            ("price", "price"),
            ("a price-tag", "price"),
        ] {
            assert!(stands_in(text, word), "{word} in {text}");
        }
        for (text, word) in [("priceless", "price"), ("", "price"), ("reprice", "price*"), ("dyrtå", "dyrt")]
        {
            assert!(!stands_in(text, word), "{word} in {text}");
        }
    }
}
