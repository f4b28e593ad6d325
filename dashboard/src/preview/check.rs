//! Reads a definition from a text, or finds its mistakes and their places.

use super::place;
use puls_core::definition::Definition;
use puls_core::read::{Fault, Problem};
use serde::de::IgnoredAny;

/// A part of the text. Positions count as text areas do, in UTF-16 code units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Selection {
    /// The position where it begins.
    pub(crate) start: u32,
    /// The position where it ends.
    pub(crate) end: u32,
    /// The line that it begins on, counted from 1.
    pub(crate) line: u32,
    /// How many lines the text has.
    pub(crate) lines: u32,
}

/// One mistake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mistake {
    /// The place, such as `items[2].scale.points`; empty for the whole text.
    pub(crate) place: String,
    /// What is wrong, and what is allowed.
    pub(crate) message: String,
    /// The part of the text at this place.
    pub(crate) selection: Selection,
}

/// Reads a definition.
///
/// # Errors
/// Returns all of its mistakes.
pub(crate) fn check(text: &str) -> Result<Definition, Vec<Mistake>> {
    Definition::parse(text)
        .map_err(|problems| problems.iter().map(|problem| Mistake::of(text, problem)).collect())
}

/// The part of the text at a place.
pub(crate) fn selection(text: &str, place: &str) -> Selection {
    let range = place::find(text, place);
    Selection::of(text, range.start, range.end)
}

impl Mistake {
    fn of(text: &str, Problem { place, fault }: &Problem) -> Self {
        let (selection, message) = match fault {
            Fault::Syntax { line, column } => {
                (Selection::at(text, *line, *column), format!("{fault}{}", reason(text)))
            }
            _ => (selection(text, place), fault.to_string()),
        };
        Self { place: place.clone(), message, selection }
    }
}

impl Selection {
    fn of(text: &str, start: usize, end: usize) -> Self {
        let count = |part: Option<&str>| {
            let part = part.unwrap_or_default();
            (to_u32(part.encode_utf16().count()), to_u32(part.matches('\n').count()))
        };
        let ((start, above), (length, within), (_, below)) =
            (count(text.get(..start)), count(text.get(start..end)), count(text.get(end..)));
        Self { start, end: start + length, line: above + 1, lines: above + within + below + 1 }
    }

    /// The character at a line and a column, both from 1; the column counts bytes.
    fn at(text: &str, line: usize, column: usize) -> Self {
        let above: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
        // If the text ends too early, this is its last character.
        let start = (above + column.saturating_sub(1)).min(text.trim_end().len().saturating_sub(1));
        let start = (0..=start).rev().find(|index| text.is_char_boundary(*index)).unwrap_or(0);
        let length = text.get(start..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        Self::of(text, start, start + length)
    }
}

/// The parser's message about a text that isn't JSON, without the place.
fn reason(text: &str) -> String {
    let error = serde_json::from_str::<IgnoredAny>(text).err().map(|error| error.to_string());
    let said = error.as_deref().and_then(|error| error.rsplit_once(" at line ")).map(|(said, _)| said);
    said.map_or_else(String::new, |said| format!(": {said}"))
}

fn to_u32(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mistakes_are_found_in_the_text() {
        let text = "{\n\"title\": \"😀\", \"version\": 0\n}";
        let mistakes = check(text).unwrap_err();
        let version = mistakes.iter().find(|mistake| mistake.place == "version").unwrap();
        assert_eq!(version.message, "0 is below 1");
        assert_eq!(version.selection, Selection { start: 17, end: 29, line: 2, lines: 3 });
    }

    #[test]
    fn what_is_no_json_has_a_line_and_a_column() {
        for (text, message, start, line) in [
            ("{\"å\": 1,\n \"b\": tru }", "not valid JSON at line 2, column 10: expected ident", 18, 2),
            ("{\"a\": [", "not valid JSON at line 1, column 7: EOF while parsing a list", 6, 1),
            ("", "not valid JSON at line 1, column 0: EOF while parsing a value", 0, 1),
        ] {
            let [Mistake { place, message: found, selection }] = &check(text).unwrap_err()[..] else {
                panic!("one mistake alone");
            };
            assert_eq!((place.as_str(), found.as_str()), ("", message));
            assert_eq!((selection.start, selection.line), (start, line), "{text}");
        }
    }
}
