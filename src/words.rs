//! The widget's own words in one language. `www/words/` has a file for each language.

#[cfg(not(target_arch = "wasm32"))]
mod native;

#[cfg(not(target_arch = "wasm32"))]
pub(crate) use native::native;
#[cfg(test)]
pub(crate) use native::native_plain;

use puls_core::language::lookup;
use puls_core::read::Json;
use std::rc::Rc;

/// How a language writes numbers, and which plural form a number takes.
pub(crate) trait Numerals {
    /// The number in the language's digits.
    fn number(&self, number: u64) -> String;

    /// The CLDR plural category: `zero`, `one`, `two`, `few`, `many` or `other`.
    fn category(&self, number: u64) -> String;
}

/// Everything that the widget says in its own words.
#[derive(Clone)]
pub(crate) struct Words {
    entries: Rc<Json>,
    numerals: Rc<dyn Numerals>,
}

impl Words {
    /// The words in a file of `www/words/`.
    pub(crate) fn new(entries: Json, numerals: Rc<dyn Numerals>) -> Self {
        Self { entries: Rc::new(entries), numerals }
    }

    /// The words with this key.
    pub(crate) fn get(&self, key: &str) -> String {
        match field(&self.entries, key) {
            Some(Json::String(text)) => text.clone(),
            _ => {
                debug_assert!(false, "no words for {key}");
                String::new()
            }
        }
    }

    /// The words with this key, with `numbers` in place of each `{}`. The first number decides which plural form is
    /// taken.
    pub(crate) fn fill(&self, key: &str, numbers: &[u64]) -> String {
        let entry = field(&self.entries, key);
        let form = match entry {
            Some(forms @ Json::Object(_)) => {
                let category = self.numerals.category(numbers.first().copied().unwrap_or_default());
                field(forms, &category).or_else(|| field(forms, "other"))
            }
            _ => entry,
        };
        let Some(Json::String(form)) = form else {
            debug_assert!(false, "no words for {key}");
            return String::new();
        };
        let mut numbers = numbers.iter();
        let mut text = String::new();
        // The words have braces only as `{}`.
        for part in form.split('}') {
            text.push_str(part.strip_suffix('{').unwrap_or(part));
            if part.ends_with('{') {
                text.push_str(&numbers.next().map_or_else(String::new, |number| self.number(*number)));
            }
        }
        text
    }

    /// A number in the language's digits.
    pub(crate) fn number(&self, number: u64) -> String {
        self.numerals.number(number)
    }
}

fn field<'a>(json: &'a Json, name: &str) -> Option<&'a Json> {
    let Json::Object(fields) = json else { return None };
    fields.iter().find(|(known, _)| known == name).map(|(_, value)| value)
}

/// The writing direction of a language, as HTML's `dir` wants it.
pub(crate) fn direction(language: &str) -> &'static str {
    const RIGHT_TO_LEFT: [&str; 8] = ["ar", "ckb", "dv", "fa", "he", "ps", "ur", "yi"];
    if lookup(language, RIGHT_TO_LEFT.into_iter()).is_some() { "rtl" } else { "ltr" }
}
