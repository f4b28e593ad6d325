//! When counts of two versions of a survey may be added up.

use puls_core::definition::{Definition, Item, ItemKind};

/// Whether two items' cells stand for the same answers.
pub(super) fn same_answers(one: &Item, other: &Item) -> bool {
    one.id == other.id
        && one.kind.measure() == other.kind.measure()
        && one.kind.cells() == other.kind.cells()
        && options(&one.kind).eq(options(&other.kind))
}

/// What `new` counts otherwise than `old`, or no longer takes. Texts may change, and items, segments and
/// their values may move; new segments and values do no harm either.
pub(super) fn changes(old: &Definition, new: &Definition) -> Vec<String> {
    let mut changes = Vec::new();
    if old.privacy != new.privacy {
        changes.push(format!("privacy: was {}, is {}", old.privacy, new.privacy));
    }
    if old.wave != new.wave {
        changes.push(format!("wave: was {}, is {}", old.wave.name(), new.wave.name()));
    }
    changes.extend(changed_items(old, new));
    changes.extend(removed_segments(old, new));
    changes
}

fn changed_items(old: &Definition, new: &Definition) -> Vec<String> {
    let find = |definition: &Definition, id: &str| definition.counted().find(|item| item.id == id).cloned();
    let of_old = old.counted().filter_map(|item| match find(new, &item.id) {
        None => Some(format!("items: {:?} is gone", item.id)),
        Some(now) if !same_answers(item, &now) => Some(format!("items: {:?} has other answers", item.id)),
        Some(now) if now.required && !item.required => {
            Some(format!("items: {:?} has to be answered now", item.id))
        }
        Some(_) => None,
    });
    let added = new.counted().filter(|item| find(old, &item.id).is_none());
    of_old.chain(added.map(|item| format!("items: {:?} is new", item.id))).collect()
}

fn removed_segments(old: &Definition, new: &Definition) -> Vec<String> {
    let mut removed = Vec::new();
    for (name, values) in &old.segments {
        let now = new.segments.iter().find(|(declared, _)| declared == name).map(|(_, values)| values);
        for value in values.iter().filter(|value| now.is_none_or(|now| !now.contains(value))) {
            removed.push(format!("segments.{name}: {value:?} is gone"));
        }
    }
    removed
}

fn options(kind: &ItemKind) -> impl Iterator<Item = &str> {
    let options = match kind {
        ItemKind::Choice(choice) => choice.options.as_slice(),
        ItemKind::NetPromoter(_) | ItemKind::Rating(_) | ItemKind::Notice(_) => &[],
    };
    options.iter().map(|option| option.id.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SURVEY: &str = r#"{
        "id": "s", "version": 1, "audience": "employee", "languages": ["en"], "title": "S",
        "items": [
            {"id": "hello", "kind": "notice", "text": "Hello"},
            {"id": "ease", "kind": "rating", "text": "How easy?", "scale": {"points": 5}, "required": false},
            {"id": "why", "kind": "choice", "text": "Why?",
             "options": [{"id": "price", "text": "Price"}, {"id": "place", "text": "Place"}]}
        ],
        "segments": {"unit": ["billing", "sales"]},
        "privacy": {"kind": "batched", "k": 5, "device": "shared"},
        "wave": "week"
    }"#;

    fn changed(from: &str, to: &str) -> Vec<String> {
        assert!(SURVEY.contains(from), "{from}");
        let new = Definition::parse(&SURVEY.replacen(from, to, 1)).unwrap();
        changes(&Definition::parse(SURVEY).unwrap(), &new)
    }

    #[test]
    fn what_is_counted_may_not_change() {
        assert_eq!(
            changed(r#""k": 5"#, r#""k": 7"#),
            [r#"privacy: was {"kind":"batched","k":5}, is {"kind":"batched","k":7}"#]
        );
        assert_eq!(changed(r#""wave": "week""#, r#""wave": "month""#), ["wave: was week, is month"]);
        assert_eq!(changed(r#""points": 5"#, r#""points": 7"#), [r#"items: "ease" has other answers"#]);
        assert_eq!(changed(r#""id": "price""#, r#""id": "pride""#), [r#"items: "why" has other answers"#]);
        assert_eq!(
            changed(r#""id": "ease""#, r#""id": "eases""#),
            [r#"items: "ease" is gone"#, r#"items: "eases" is new"#]
        );
        assert_eq!(
            changed(r#"["billing", "sales"]"#, r#"["sales"]"#),
            [r#"segments.unit: "billing" is gone"#]
        );
        assert_eq!(changed(r#""unit""#, r#""team""#).len(), 2);
        assert_eq!(changed(r#", "required": false"#, ""), [r#"items: "ease" has to be answered now"#]);
    }

    #[test]
    fn what_is_shown_may_change() {
        assert!(changed("How easy?", "How easy was it?").is_empty());
        assert!(changed(r#"{"id": "hello", "kind": "notice", "text": "Hello"},"#, "").is_empty());
        assert!(changed(r#"["billing", "sales"]"#, r#"["service", "sales", "billing"]"#).is_empty());
    }
}
