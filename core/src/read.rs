//! Reading untrusted JSON by hand, so that every mistake is reported with its place and what is allowed.
//!
//! In comes a [`Json`] value; out comes either the typed document or all of its problems at once. Derived
//! deserialisers stop at the first mistake, lose the place inside tagged enums, and cost the widget more
//! bytes than this.

mod decimal;
mod fault;
mod json;
mod node;

pub use decimal::Decimal;
pub use fault::{Fault, Problem, Problems};
pub use json::Json;
pub(crate) use node::{Fields, Node, Place};

use std::cell::RefCell;

/// Hands the root of `json` to `reader`.
///
/// # Errors
/// Every problem that `reader` reported, in the order in which it met them.
pub(crate) fn document<T>(json: &Json, reader: impl FnOnce(&Node<'_>) -> T) -> Result<T, Problems> {
    let log = RefCell::default();
    let read = reader(&Node::new(json, Place::Root, &log));
    let problems = log.into_inner();
    if problems.is_empty() { Ok(read) } else { Err(Problems::new(problems)) }
}
