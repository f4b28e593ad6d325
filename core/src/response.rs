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

use crate::definition::{Counted, Definition, ItemKind, Source};

/// One of the answers that there are to choose from on a line, counted from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cell(pub usize);

/// What was answered on each line that can be: every item that is counted, every statement of a matrix.
/// Lines are indices into [`Definition::counted`]; [`Definition::lines`] has those of an item.
///
/// Going back and taking another way leaves answers behind that no longer count: a
/// [`Path`](crate::path::Path) tells which do.
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

    /// A cell is tapped: a line with one answer has it from now on, and where several can
    /// be chosen it is taken up or given up. A line or a cell that the definition doesn't have changes
    /// nothing.
    pub fn tap(&mut self, definition: &Definition, line: usize, Cell(cell): Cell) {
        let lines = definition.counted();
        let Some(counted) = lines.get(line).filter(|counted| cell < counted.cells.min(32)) else { return };
        let before = self.given(line).unwrap_or(0);
        let after = match kind(counted) {
            Some(ItemKind::Choices(choices)) => choices.toggled(before, cell),
            Some(ItemKind::OpenText(_)) => before ^ 1 << cell,
            _ => 1 << cell,
        };
        self.answer(definition, line, Some(after));
    }

    /// Answers a line with all of these cells, one bit each, or takes its answer back.
    ///
    /// An open text may be answered with none of its themes, `Some(0)`; for every other kind that is no
    /// answer. What the definition doesn't allow changes nothing.
    pub fn answer(&mut self, definition: &Definition, line: usize, cells: Option<u32>) {
        let lines = definition.counted();
        let (Some(counted), Some(given)) = (lines.get(line), self.given.get_mut(line)) else { return };
        match cells {
            None | Some(0) if !matches!(kind(counted), Some(ItemKind::OpenText(_))) => *given = None,
            Some(cells) if !allows(counted, cells) => {}
            cells => *given = cells,
        }
    }

    /// The cells that a line was answered with, one bit each.
    pub fn given(&self, line: usize) -> Option<u32> {
        self.given.get(line).copied().flatten()
    }

    /// The cell, of several the first, that a line was answered with.
    pub fn chosen(&self, line: usize) -> Option<Cell> {
        self.given(line).filter(|cells| *cells > 0).map(|cells| Cell(cells.trailing_zeros() as usize))
    }

    /// Whether a cell is among those that a line was answered with.
    pub fn has(&self, line: usize, Cell(cell): Cell) -> bool {
        self.given(line).is_some_and(|cells| cell < 32 && cells & 1 << cell != 0)
    }
}

fn kind<'a>(counted: &Counted<'a>) -> Option<&'a ItemKind> {
    match counted.source {
        Source::Item(item) => Some(&item.kind),
        Source::Statement(..) | Source::Derived(_) => None,
    }
}

/// Whether a line can be answered with just these cells.
fn allows(counted: &Counted<'_>, cells: u32) -> bool {
    let exist = u64::from(cells) < 1 << counted.cells.min(32);
    exist
        && match kind(counted) {
            Some(ItemKind::Choices(choices)) => choices.allows(cells),
            Some(ItemKind::OpenText(_)) => true,
            _ => cells.count_ones() == 1,
        }
}
