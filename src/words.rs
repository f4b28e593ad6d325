//! The widget's own words, one file a language.

mod da;
mod en;
mod sv;

use puls_core::language::lookup;

/// Everything that the widget says of itself. `{}` stands for a number, in the order of use.
pub(crate) struct Words {
    pub(crate) progress: &'static str,
    pub(crate) back: &'static str,
    pub(crate) next: &'static str,
    pub(crate) skip: &'static str,
    pub(crate) send: &'static str,
    pub(crate) close: &'static str,
    pub(crate) next_person: &'static str,
    /// Read out with every question that goes on to the next one by itself.
    pub(crate) goes_on: &'static str,
    pub(crate) thanks: &'static str,
    pub(crate) failed_title: &'static str,
    pub(crate) failed_text: &'static str,
    pub(crate) what_is_sent: &'static str,
    pub(crate) randomised: &'static str,
    pub(crate) batched: &'static str,
    pub(crate) nothing_yet: &'static str,
    pub(crate) held: &'static str,
    pub(crate) will_be_sent: &'static str,
    pub(crate) was_sent: &'static str,
    /// Before the origin that releases go to.
    pub(crate) destination: &'static str,
    pub(crate) nothing_else: &'static str,
}

impl Words {
    /// The words for a BCP 47 tag, else the English ones.
    pub(crate) fn find(language: &str) -> &'static Self {
        const LANGUAGES: [(&str, &Words); 3] = [("en", &en::WORDS), ("sv", &sv::WORDS), ("da", &da::WORDS)];
        let index = lookup(language, LANGUAGES.iter().map(|(tag, _)| *tag)).unwrap_or(0);
        LANGUAGES.get(index).map_or(&en::WORDS, |(_, words)| words)
    }
}

/// Puts `numbers` in the places of `{}`.
pub(crate) fn fill(words: &str, numbers: &[u64]) -> String {
    let mut text = String::new();
    let mut numbers = numbers.iter();
    // Braces stand in these words in pairs alone.
    for part in words.split('}') {
        match part.strip_suffix('{') {
            Some(before) => {
                text.push_str(before);
                text.push_str(&numbers.next().map(u64::to_string).unwrap_or_default());
            }
            None => text.push_str(part),
        }
    }
    text
}

/// The writing direction of a language, as HTML's `dir` wants it.
pub(crate) fn direction(language: &str) -> &'static str {
    const RIGHT_TO_LEFT: [&str; 8] = ["ar", "ckb", "dv", "fa", "he", "ps", "ur", "yi"];
    if lookup(language, RIGHT_TO_LEFT.into_iter()).is_some() { "rtl" } else { "ltr" }
}
