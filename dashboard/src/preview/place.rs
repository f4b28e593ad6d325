//! Finds the place of a mistake, such as `items[2].scale.points`, in a text.

use serde_json::value::RawValue;
use std::collections::BTreeMap;
use std::ops::Range;

/// The bytes of the value at a place in a JSON text, with its name. If the value isn't there, those of the nearest
/// value around it.
pub(crate) fn find(text: &str, place: &str) -> Range<usize> {
    let whole = text.trim();
    let (mut value, mut range, mut rest) = (whole, range_in(text, whole), place);
    while let Some(step) = step(value, rest) {
        range = range_in(text, step.value);
        if let Some(name) = &step.name {
            range.start = before(text, range.start, name);
        }
        (value, rest) = (step.value, step.rest);
    }
    range
}

/// One step into a value.
struct Step<'a> {
    value: &'a str,
    /// The name of the field that was entered.
    name: Option<String>,
    rest: &'a str,
}

fn step<'a>(value: &'a str, place: &'a str) -> Option<Step<'a>> {
    if let Some(place) = place.strip_prefix('[') {
        let (index, rest) = place.split_once(']')?;
        let entries: Vec<&RawValue> = serde_json::from_str(value).ok()?;
        let value = entries.get(index.parse::<usize>().ok()?)?.get();
        return Some(Step { value, name: None, rest });
    }
    let place = place.strip_prefix('.').unwrap_or(place);
    let fields: BTreeMap<String, &RawValue> = serde_json::from_str(value).ok()?;
    // A name may have dots and brackets itself, so the longest one that fits counts.
    let fitting = fields.iter().filter_map(|(name, value)| {
        let rest = place.strip_prefix(name.as_str())?;
        (rest.is_empty() || rest.starts_with(['.', '['])).then_some((name, value, rest))
    });
    let (name, value, rest) = fitting.filter(|_| !place.is_empty()).max_by_key(|(name, ..)| name.len())?;
    Some(Step { value: value.get(), name: Some(name.clone()), rest })
}

/// The bytes of a part of a text.
fn range_in(text: &str, part: &str) -> Range<usize> {
    let start = part.as_ptr().addr().saturating_sub(text.as_ptr().addr());
    start..start + part.len()
}

/// Where the name before a value begins, if it is written without escapes, as names usually are.
fn before(text: &str, value: usize, name: &str) -> usize {
    let quoted = format!("\"{name}\"");
    let found = text.get(..value).and_then(|text| text.trim_end().strip_suffix(':'));
    found.and_then(|text| text.trim_end().strip_suffix(quoted.as_str())).map_or(value, str::len)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = r#" {"items": [{"id": "å"}, {"scale" : {"points": 12}, "a.b": [true]}]} "#;

    fn found(place: &str) -> &'static str {
        TEXT.get(find(TEXT, place)).unwrap()
    }

    #[test]
    fn a_place_is_a_name_and_its_value() {
        assert_eq!(found("items[1].scale.points"), r#""points": 12"#);
        assert_eq!(found("items[1].scale"), r#""scale" : {"points": 12}"#);
        assert_eq!(found("items[0]"), r#"{"id": "å"}"#);
        assert_eq!(found("items[1].a.b[0]"), "true");
    }

    #[test]
    fn what_is_missing_is_missing_in_what_is_around_it() {
        assert_eq!(found("items[0].text.en"), r#"{"id": "å"}"#);
        assert_eq!(found("items[7]"), found("items"));
        assert_eq!(found("version"), TEXT.trim());
        assert_eq!(found(""), TEXT.trim());
        assert_eq!(find("[", "items"), 0..1);
    }
}
