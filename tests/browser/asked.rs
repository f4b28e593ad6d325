//! Surveys that are made for one story.

use serde_json::{Value, json};

/// A definition with one question, whose heading is its id, shown by these rules.
pub(crate) fn survey(id: &str, show: &Value) -> String {
    json!({
        "id": id, "version": 1, "audience": "customer", "languages": ["en"], "title": id,
        "items": [{ "id": "answer", "kind": "choice", "text": format!("{id}?"), "options": [
            { "id": "yes", "text": "Yes" }, { "id": "no", "text": "No" }] }],
        "privacy": { "kind": "randomised", "epsilon": 1.0 },
        "show": show,
    })
    .to_string()
}
