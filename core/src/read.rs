//! Reading untrusted JSON by hand, so that every mistake is reported with its place and what is allowed.
//!
//! A [`Json`] value comes in; either the typed document or all of its problems at once come out. Derived deserialisers
//! would stop at the first mistake, lose the place inside tagged enums, and cost the widget more bytes.

mod decimal;
mod fault;
mod fields;
mod json;
mod names;
mod node;

pub use decimal::Decimal;
pub use fault::{Fault, Problem, Problems};
pub use fields::Fields;
pub use json::Json;
pub(crate) use names::{
    check_label, distinct, is_label, note_distinct, read_kind, read_label, read_name, read_value,
};
pub use node::Node;
pub(crate) use node::Place;

use std::cell::RefCell;

/// The text without the byte order mark that some editors put in front of it.
#[cfg(feature = "outside-the-widget")]
pub fn without_mark(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

/// Reads a document: hands the root of `json` to `reader`.
///
/// ```
/// use puls_core::read::{Json, document};
/// let json = Json::Number(7.0);
/// assert_eq!(document(&json, |node| node.integer(1..=9)), Ok(7));
/// let problems = document(&json, |node| node.integer(1..=5)).unwrap_err();
/// assert_eq!(problems.to_string(), "7 is above 5");
/// ```
///
/// # Errors
/// Every problem that `reader` reported, in the order in which it met them.
pub fn document<T>(json: &Json, reader: impl FnOnce(&Node<'_>) -> T) -> Result<T, Problems> {
    let log = RefCell::default();
    let read = reader(&Node::new(json, Place::Root, &log));
    let problems = log.into_inner();
    if problems.is_empty() { Ok(read) } else { Err(Problems::new(problems)) }
}
