//! Surveys that are made for one story.

use puls_documents::{self as documents, choice, randomised};
use serde_json::Value;

/// A definition with one question, whose heading is its id, shown by these rules.
pub(crate) fn survey(id: &str, show: &Value) -> String {
    let asked = choice("answer", [("yes", "Yes"), ("no", "No")]).text(&format!("{id}?"));
    documents::survey(id).item(asked).privacy(randomised(1.0)).show(show.clone()).to_string()
}
