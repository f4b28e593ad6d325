//! Conditions in words, with the ids of the definition.

use puls_core::definition::{Condition, Counted, Definition, DerivedKind, LineRange, Measure, Mood, Source};
use std::ops::Range;

/// Writes a condition, such as `recommend is at most 6`.
pub(crate) fn in_words(definition: &Definition, condition: &Condition) -> String {
    words(definition, &definition.counted(), condition)
}

fn words(definition: &Definition, lines: &[Counted<'_>], condition: &Condition) -> String {
    match condition {
        Condition::Within { line, cells } => {
            line.of(lines).map_or_else(String::new, |line| within(line, cells))
        }
        Condition::Answered { lines: answered } => {
            format!("{} is answered", answered_id(definition, lines, answered))
        }
        Condition::Segment { name, value } => format!("the segment {name} is {value}"),
        Condition::Mood(mood) => format!("the mood is {}", mood_name(*mood)),
        Condition::Route(route) => format!("the way out {} was taken", route_name(definition, *route)),
        Condition::Not(inner) => negated(definition, lines, inner),
        Condition::All(all) => is_not(lines, all).unwrap_or_else(|| joined(definition, lines, all, " and ")),
        Condition::Any(any) => joined(definition, lines, any, " or "),
    }
}

fn negated(definition: &Definition, lines: &[Counted<'_>], condition: &Condition) -> String {
    match condition {
        Condition::Answered { lines: answered } => {
            format!("{} is not answered", answered_id(definition, lines, answered))
        }
        Condition::Segment { name, value } => format!("the segment {name} is not {value}"),
        Condition::Mood(mood) => format!("the mood is not {}", mood_name(*mood)),
        Condition::Route(route) => format!("the way out {} was not taken", route_name(definition, *route)),
        _ => format!("not ({})", words(definition, lines, condition)),
    }
}

fn route_name(definition: &Definition, route: usize) -> &str {
    definition.routing.routes.get(route).map_or("", |route| &route.name)
}

/// Finds the form of "is not" in a condition: the item is answered, and its answer is another one.
fn is_not(lines: &[Counted<'_>], all: &[Condition]) -> Option<String> {
    let [Condition::Answered { .. }, Condition::Not(inner)] = all else { return None };
    let Condition::Within { line, cells } = &**inner else { return None };
    let line = line.of(lines)?;
    Some(format!("{} is not {}", line.id, cell(line, cells.start)))
}

fn joined(definition: &Definition, lines: &[Counted<'_>], all: &[Condition], by: &str) -> String {
    let is_compound = |condition: &Condition| match condition {
        Condition::All(parts) => parts.len() > 1 && is_not(lines, parts).is_none(),
        Condition::Any(parts) => parts.len() > 1,
        _ => false,
    };
    let part = |condition: &Condition| {
        let text = words(definition, lines, condition);
        if all.len() > 1 && is_compound(condition) { format!("({text})") } else { text }
    };
    all.iter().map(part).collect::<Vec<_>>().join(by)
}

fn within(line: &Counted<'_>, cells: &Range<usize>) -> String {
    let (id, last) = (line.id, cells.end.saturating_sub(1));
    let verb = if line.is_multiple() { "includes" } else { "is" };
    if cells.is_empty() {
        format!("{id} {verb} something that can't be")
    } else if cells.start == 0 && cells.end >= line.cells {
        format!("{id} is answered")
    } else if cells.len() == 1 {
        format!("{id} {verb} {}", cell(line, cells.start))
    } else if cells.start == 0 {
        format!("{id} is at most {}", cell(line, last))
    } else {
        format!("{id} is at least {}", cell(line, cells.start))
    }
}

/// The name of a cell.
fn cell(line: &Counted<'_>, cell: usize) -> String {
    match (line.source, line.measure) {
        (Source::Derived(derived), Measure::Shares) => match derived.kind {
            DerivedKind::Class { .. } => {
                DerivedKind::CLASSES.get(cell).copied().unwrap_or_default().to_owned()
            }
            _ => if cell == 0 { "no" } else { "yes" }.to_owned(),
        },
        (_, Measure::Index) => {
            let index = 100.0 * cell as f64 / line.cells.saturating_sub(1).max(1) as f64;
            crate::figure::decimal(index, 0)
        }
        (_, Measure::Mean) => (cell + 1).to_string(),
        (Source::Item(item), Measure::Shares | Measure::Several) => {
            item.kind.answers().get(cell).map_or_else(String::new, |option| option.id.clone())
        }
        _ => cell.to_string(),
    }
}

/// The id of what was answered. For a matrix it is the matrix's own, which is no line's.
fn answered_id(definition: &Definition, lines: &[Counted<'_>], answered: &LineRange) -> String {
    let item = (0..definition.items.len())
        .find(|item| answered.len() > 1 && definition.lines(*item) == *answered)
        .and_then(|item| definition.items.get(item));
    let line = || answered.clone().find_map(|line| line.of(lines)).map_or("", |line| line.id);
    item.map_or_else(line, |item| &item.id).to_owned()
}

fn mood_name(mood: Mood) -> &'static str {
    match mood {
        Mood::Low => "low",
        Mood::Mixed => "mixed",
        Mood::High => "high",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use puls_documents::{batched, choices, matrix, notice, rating, survey};
    use serde_json::{Value, json};

    fn said(when: &str) -> String {
        let when: Value = serde_json::from_str(when).unwrap();
        let index = json!({"kind": "index", "items": ["ease", "pace"]});
        let mix = json!({"kind": "class", "energy": "energy", "clarity": "clarity"});
        let document = survey("s")
            .items([rating("ease", 5), rating("pace", 5)])
            .item(choices("why", [("price", "P"), ("place", "L")]))
            .item(matrix("grid", 5, [("m1", "?"), ("m2", "?")]))
            .item(notice("end").with("when", when))
            .with("derived", json!({"energy": index, "clarity": index, "mix": mix}))
            .with("segments", json!({"unit": ["billing"]}))
            .privacy(batched(3));
        let definition = Definition::parse(&document.to_string()).unwrap();
        in_words(&definition, definition.items[4].when.as_ref().unwrap())
    }

    #[test]
    fn comparisons() {
        for (when, words) in [
            (r#"{"item": "ease", "at_most": 3}"#, "ease is at most 3"),
            (r#"{"item": "ease", "at_least": 4}"#, "ease is at least 4"),
            (r#"{"item": "ease", "is": 5}"#, "ease is 5"),
            (r#"{"item": "ease", "is_not": 2}"#, "ease is not 2"),
            (r#"{"item": "ease", "at_least": 1}"#, "ease is answered"),
            (r#"{"item": "why", "includes": "place"}"#, "why includes place"),
            (r#"{"item": "grid", "answered": false}"#, "grid is not answered"),
            (r#"{"item": "m2", "answered": true}"#, "m2 is answered"),
            (r#"{"derived": "energy", "at_least": 75}"#, "energy is at least 75"),
            (r#"{"derived": "mix", "is": "engaged"}"#, "mix is engaged"),
            (r#"{"segment": "unit", "is": "billing"}"#, "the segment unit is billing"),
            (r#"{"not": {"mood": "low"}}"#, "the mood is not low"),
        ] {
            assert_eq!(said(when), words);
        }
    }

    #[test]
    fn compounds_keep_their_order_of_reading() {
        let low = r#"{"item": "ease", "at_most": 2}"#;
        let mood = r#"{"mood": "high"}"#;
        let said = said(&format!(
            r#"{{"all": [{{"any": [{low}, {mood}]}}, {{"not": {{"all": [{low}, {mood}]}}}}]}}"#
        ));
        assert_eq!(
            said,
            "(ease is at most 2 or the mood is high) and not (ease is at most 2 and the mood is high)"
        );
    }
}
