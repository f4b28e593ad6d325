//! Checks how any text is read as a definition.

mod walk;

use crate::{Verdict, figures};
use puls_core::definition::{Definition, Source};
use puls_core::doubts::doubts;
use puls_core::language::Text;
use puls_core::pieces::Pieces;
use puls_core::privacy::released_cells;

/// The most lines that a release may have.
const MOST_LINES: usize = 100;

/// The most cells that a line may have: those of an index over 20 scales of 10 points.
const MOST_CELLS: usize = 181;

/// A text is read the same each time. A definition that is refused is told why. One that is taken can be shown and
/// answered, the collector takes the releases, and there are figures of them.
pub fn definition(input: &[u8]) -> Verdict {
    let Ok(text) = std::str::from_utf8(input) else { return Verdict::Refused };
    let read = Definition::parse(text);
    assert_eq!(read, Definition::parse(text), "read again it is another one");
    match read {
        Ok(definition) => {
            check_lines(&definition);
            check_texts(&definition);
            figures::check(&definition, &figures::Sum::default());
            walk::check(&definition, seed(text));
            Verdict::Taken
        }
        Err(problems) => {
            assert!(problems.iter().all(|problem| !problem.fault.to_string().is_empty()));
            assert!(problems.iter().count() > 0, "refused without a reason");
            Verdict::Refused
        }
    }
}

/// The seed of the answers, which is the same for the same text.
fn seed(text: &str) -> u64 {
    text.bytes().fold(0, |seed, byte| seed.wrapping_mul(31).wrapping_add(byte.into()))
}

fn check_lines(definition: &Definition) {
    let lines = definition.counted();
    assert!((1..=MOST_LINES).contains(&lines.len()), "{} lines", lines.len());
    assert!((1..=lines.len()).contains(&definition.answerable()));
    for (index, line) in lines.iter().enumerate() {
        assert!((1..=MOST_CELLS).contains(&line.cells), "{} cells on {}", line.cells, line.id);
        assert!(lines[..index].iter().all(|other| other.id != line.id), "{} stands twice", line.id);
        let fewest = if let Source::Derived(_) = line.source { 1 } else { line.cells.min(3) };
        assert!(released_cells(definition, line) >= fewest, "{} has lost cells", line.id);
    }
}

/// Every text can be shown in each of the survey's languages, and in one that it doesn't have.
fn check_texts(definition: &Definition) {
    let pieces = Pieces::default();
    let texts = [&definition.title].into_iter().chain(definition.items.iter().map(|item| &item.text));
    let languages = definition.languages.iter().map(String::as_str).chain(["tlh-Latn"]);
    let is_shown = |text: &Text, language: &str| !pieces.fill(definition, text, language).is_empty();
    for text in texts {
        assert!(languages.clone().all(|language| is_shown(text, language)), "{text:?}");
    }
    doubts(definition).iter().for_each(|doubt| assert!(!doubt.to_string().is_empty()));
}
