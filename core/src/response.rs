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

use crate::definition::Definition;

/// The cell chosen for each item, in the definition's order.
#[derive(Clone, PartialEq, Eq)]
pub struct Response {
    chosen: Vec<Option<usize>>,
}

impl Response {
    /// No answers yet.
    pub fn new(definition: &Definition) -> Self {
        Self { chosen: vec![None; definition.items.len()] }
    }

    /// Answers the item at `item` with `cell`, counted from 0. An item or a cell that the definition
    /// doesn't have changes nothing.
    pub fn answer(&mut self, definition: &Definition, item: usize, cell: usize) {
        let exists = definition.items.get(item).is_some_and(|item| cell < item.kind.cells());
        if let Some(chosen) = self.chosen.get_mut(item).filter(|_| exists) {
            *chosen = Some(cell);
        }
    }

    /// The cell chosen for the item at `item`, if it has been answered.
    pub fn chosen(&self, item: usize) -> Option<usize> {
        self.chosen.get(item).copied().flatten()
    }
}
