use super::{Numerals, Words};
use intl_pluralrules::{PluralCategory, PluralRuleType, PluralRules};
use puls_core::language::lookup;
use std::rc::Rc;
use unic_langid::LanguageIdentifier;

/// The files by language. The first one serves languages that have none.
const FILES: [(&str, &str); 12] = [
    ("en", include_str!("../../www/words/en.json")),
    ("ar", include_str!("../../www/words/ar.json")),
    ("da", include_str!("../../www/words/da.json")),
    ("de", include_str!("../../www/words/de.json")),
    ("es", include_str!("../../www/words/es.json")),
    ("fi", include_str!("../../www/words/fi.json")),
    ("fr", include_str!("../../www/words/fr.json")),
    ("ja", include_str!("../../www/words/ja.json")),
    ("nb", include_str!("../../www/words/nb.json")),
    ("nl", include_str!("../../www/words/nl.json")),
    ("pl", include_str!("../../www/words/pl.json")),
    ("sv", include_str!("../../www/words/sv.json")),
];

/// The key of the words that only the full build needs.
const FULL: &str = "full";

/// The words for a BCP 47 tag, else the English ones.
pub(crate) fn native(language: &str) -> Words {
    words(language, true)
}

/// The words that the plain build has.
#[cfg(test)]
pub(crate) fn native_plain(language: &str) -> Words {
    words(language, false)
}

fn words(language: &str, is_full: bool) -> Words {
    // Both forms of Norwegian share a file, named after the more common one.
    let norwegian = lookup(language, ["no", "nn"].into_iter()).is_some();
    let language = if norwegian { "nb" } else { language };
    let index = lookup(language, FILES.iter().map(|(tag, _)| *tag)).unwrap_or(0);
    let (tag, file) = FILES.get(index).copied().unwrap_or(("en", "{}"));
    let mut entries = serde_json::from_str::<serde_json::Map<_, _>>(file).unwrap_or_default();
    if let Some(serde_json::Value::Object(full)) = entries.remove(FULL).filter(|_| is_full) {
        entries.extend(full);
    }
    Words::new(serde_json::Value::Object(entries).into(), Rc::new(NativeNumerals(tag)))
}

/// Numerals without a browser. Its digits are always European, so the page shows no screen ahead of the WebAssembly in
/// a language with other digits.
struct NativeNumerals(&'static str);

impl Numerals for NativeNumerals {
    fn number(&self, number: u64) -> String {
        number.to_string()
    }

    fn category(&self, number: u64) -> String {
        let tag = self.0.parse::<LanguageIdentifier>().ok();
        let rules = tag.and_then(|tag| PluralRules::create(tag, PluralRuleType::CARDINAL).ok());
        let category = rules.and_then(|rules| rules.select(number).ok());
        let name = match category {
            Some(PluralCategory::ZERO) => "zero",
            Some(PluralCategory::ONE) => "one",
            Some(PluralCategory::TWO) => "two",
            Some(PluralCategory::FEW) => "few",
            Some(PluralCategory::MANY) => "many",
            Some(PluralCategory::OTHER) | None => "other",
        };
        name.to_owned()
    }
}

#[cfg(test)]
mod wording;

#[cfg(test)]
mod tests {
    use super::*;

    fn entries(file: &str) -> serde_json::Map<String, serde_json::Value> {
        serde_json::from_str(file).unwrap()
    }

    fn full(
        entries: &serde_json::Map<String, serde_json::Value>,
    ) -> &serde_json::Map<String, serde_json::Value> {
        entries[FULL].as_object().unwrap()
    }

    #[test]
    fn every_language_says_the_same_things() {
        let english = entries(FILES[0].1);
        for (language, file) in FILES {
            let words = entries(file);
            for (words, english) in [(&words, &english), (full(&words), full(&english))] {
                assert!(words.keys().eq(english.keys()), "{language} has other keys, or another order");
                for (key, value) in words {
                    assert_eq!(value.is_object(), english[key].is_object(), "{language}: {key}");
                }
            }
        }
    }

    #[test]
    fn every_language_explains_the_same_fields() {
        let names = |language| -> Vec<String> {
            let fields = native(language).get("fields") + &native(language).get("fields_joint");
            fields.split('\n').map(|line| line.split_once(": ").unwrap().0.to_owned()).collect()
        };
        assert_eq!(names("en").len(), 10);
        for (language, _) in FILES {
            assert_eq!(names(language), names("en"), "{language}");
        }
    }

    #[test]
    fn plural_forms_follow_the_number() {
        let polish = |number| native("pl-PL").fill("stars", &[number]);
        assert_eq!(
            (polish(1), polish(3), polish(5)),
            ("1 gwiazdka".into(), "3 gwiazdki".into(), "5 gwiazdek".into())
        );
    }

    #[test]
    fn a_language_without_words_gets_the_english_ones() {
        assert_eq!(native("tlh").get("back"), "Back");
    }
}
