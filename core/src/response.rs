//! One person's answers, for as long as they are being given.
//!
//! A response lives in memory between the screen and the [summary](crate::summary). It can be neither
//! printed nor serialised, so it can't be stored, logged or sent, by mistake or otherwise.
//!
//! ```compile_fail
//! fn printable<T: std::fmt::Debug>() {}
//! printable::<puls_core::response::Response>();
//! ```
//!
//! ```compile_fail
//! fn serialisable<T: serde::Serialize>() {}
//! serialisable::<puls_core::response::Response>();
//! ```

use crate::definition::{Counted, Definition, ItemKind, LineIndex, Source};

/// One of a line's possible answers, counted from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cell(pub usize);

/// One person's answers, by line: one for every counted item and every statement of a matrix. [`Definition::lines`] has
/// the lines of an item.
///
/// A respondent who goes back and takes another way leaves answers behind that no longer count. A
/// [`Path`](crate::path::Path) tells which ones count.
#[derive(Clone, PartialEq, Eq)]
pub struct Response {
    /// One bit for each cell.
    given: Vec<Option<u32>>,
}

impl Response {
    /// No answers yet.
    pub fn new(definition: &Definition) -> Self {
        Self { given: vec![None; definition.answerable()] }
    }

    /// Takes a tap on a cell. On a line with one answer, the cell becomes the answer; on a line with several, the tap
    /// adds or removes it. A line or cell that the definition doesn't have changes nothing.
    pub fn tap(&mut self, definition: &Definition, line: LineIndex, Cell(cell): Cell) {
        let lines = definition.counted();
        let Some(counted) = line.of(&lines).filter(|counted| cell < counted.cells.min(32)) else { return };
        let before = self.given(line).unwrap_or(0);
        let after = match kind(counted) {
            Some(ItemKind::Choices(choices)) => choices.toggled(before, cell),
            Some(ItemKind::OpenText(_)) => before ^ 1 << cell,
            _ => 1 << cell,
        };
        self.answer(definition, line, Some(after));
    }

    /// Answers a line with exactly these cells, one bit each. `None` takes the answer back.
    ///
    /// `Some(0)` answers an open text with none of its themes; for every other kind it is no answer. Cells that the
    /// definition doesn't allow change nothing.
    pub fn answer(&mut self, definition: &Definition, line: LineIndex, cells: Option<u32>) {
        let lines = definition.counted();
        let (Some(counted), Some(given)) = (line.of(&lines), self.given.get_mut(line.0)) else { return };
        match cells {
            None | Some(0) if !matches!(kind(counted), Some(ItemKind::OpenText(_))) => *given = None,
            Some(cells) if !allows(counted, cells) => {}
            cells => *given = cells,
        }
    }

    /// The cells that a line was answered with, one bit each.
    pub fn given(&self, line: LineIndex) -> Option<u32> {
        line.of(&self.given).copied().flatten()
    }

    /// The cell that a line was answered with; the first, if there are several.
    pub fn chosen(&self, line: LineIndex) -> Option<Cell> {
        self.given(line).filter(|cells| *cells > 0).map(|cells| Cell(cells.trailing_zeros() as usize))
    }

    /// Whether a line was answered with a cell, alone or among others.
    pub fn has(&self, line: LineIndex, Cell(cell): Cell) -> bool {
        self.given(line).is_some_and(|cells| cell < 32 && cells & 1 << cell != 0)
    }
}

fn kind<'a>(counted: &Counted<'a>) -> Option<&'a ItemKind> {
    match counted.source {
        Source::Item(item) => Some(&item.kind),
        Source::Statement(..) | Source::Derived(_) => None,
    }
}

/// Whether a line can be answered with exactly these cells.
fn allows(counted: &Counted<'_>, cells: u32) -> bool {
    let exist = u64::from(cells) < 1 << counted.cells.min(32);
    exist
        && match kind(counted) {
            Some(ItemKind::Choices(choices)) => choices.allows(cells),
            Some(ItemKind::OpenText(_)) => true,
            _ => cells.count_ones() == 1,
        }
}
