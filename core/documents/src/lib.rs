//! Definitions as documents, written by tests. A test says what it is about; what every definition has to say besides is filled in.
//!
//! Whatever is asked for is written, right or wrong: it is the reader, in `puls-core`, who is to tell.
//!
//! ```
//! use puls_documents::{batched, net_promoter, rating, survey};
//!
//! let pulse = survey("pulse")
//!     .item(net_promoter("recommend"))
//!     .item(rating("ease", 5).text("How easy was it?").optional())
//!     .privacy(batched(3))
//!     .with("wave", "week");
//! assert!(pulse.to_string().starts_with(r#"{"id":"pulse","version":1,"audience":"customer","languages":["en"]"#));
//! ```

use serde_json::{Value, json};
use std::fmt;

/// An object: a definition, or an item in one.
#[derive(Debug, Clone)]
pub struct Document(Value);

/// A definition for customers, in English, whose title is its id.
pub fn survey(id: &str) -> Document {
    let fields = json!({"id": id, "version": 1, "audience": "customer", "languages": ["en"], "title": id, "items": []});
    Document(fields)
}

/// From 0 to 10.
pub fn net_promoter(id: &str) -> Document {
    item(id, "net_promoter")
}

/// From 1 up to so many points.
pub fn rating(id: &str, points: usize) -> Document {
    item(id, "rating").with("scale", json!({"points": points}))
}

/// One of these options, each with its id and its text.
pub fn choice<'a>(id: &str, options: impl IntoIterator<Item = (&'a str, &'a str)>) -> Document {
    item(id, "choice").with("options", named(options))
}

/// Any of these options.
pub fn choices<'a>(id: &str, options: impl IntoIterator<Item = (&'a str, &'a str)>) -> Document {
    item(id, "choices").with("options", named(options))
}

/// Statements, each with its id and its text, on one scale of so many points.
pub fn matrix<'a>(
    id: &str,
    points: usize,
    statements: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Document {
    item(id, "matrix").with("scale", json!({"points": points})).with("statements", named(statements))
}

/// A number, from 0 up to the most that can be said.
pub fn count(id: &str, most: usize) -> Document {
    item(id, "count").with("most", most)
}

/// Nothing to answer.
pub fn notice(id: &str) -> Document {
    item(id, "notice")
}

/// An item of this kind, whose text is a question mark.
pub fn item(id: &str, kind: &str) -> Document {
    Document(json!({"id": id, "kind": kind, "text": "?"}))
}

/// Sums of so many people, on a device that they share.
pub fn batched(k: usize) -> Value {
    json!({"kind": "batched", "k": k, "device": "shared"})
}

/// Answers as they are, for whoever is trusted with them.
pub fn direct() -> Value {
    json!({"kind": "direct", "trust": "endpoint"})
}

/// Randomised with this loss.
pub fn randomised(epsilon: f64) -> Value {
    json!({"kind": "randomised", "epsilon": epsilon})
}

/// Sealed for two aggregators, with a task for each line, by its id.
pub fn sealed<'a>(leader: &str, helper: &str, tasks: impl IntoIterator<Item = (&'a str, String)>) -> Value {
    let tasks: Value = tasks.into_iter().map(|(line, id)| json!({"item": line, "id": id})).collect();
    json!({"kind": "sealed", "leader": leader, "helper": helper, "tasks": tasks})
}

fn named<'a>(texts: impl IntoIterator<Item = (&'a str, &'a str)>) -> Value {
    texts.into_iter().map(|(id, text)| json!({"id": id, "text": text})).collect()
}

impl Document {
    /// The same with this field, in the place of what it said there.
    #[must_use]
    pub fn with(mut self, field: &str, value: impl Into<Value>) -> Self {
        if let Value::Object(fields) = &mut self.0 {
            fields.insert(field.to_owned(), value.into());
        }
        self
    }

    /// The same with another text.
    #[must_use]
    pub fn text(self, text: &str) -> Self {
        self.with("text", text)
    }

    /// The same, which may be skipped.
    #[must_use]
    pub fn optional(self) -> Self {
        self.with("required", false)
    }

    /// The same with this item, after those that it has.
    #[must_use]
    pub fn item(self, item: Document) -> Self {
        self.items([item])
    }

    /// The same with these items, after those that it has.
    #[must_use]
    pub fn items(mut self, items: impl IntoIterator<Item = Document>) -> Self {
        if let Some(Value::Array(all)) = self.0.get_mut("items") {
            all.extend(items.into_iter().map(Value::from));
        }
        self
    }

    /// The same under this mechanism.
    #[must_use]
    pub fn privacy(self, mechanism: Value) -> Self {
        self.with("privacy", mechanism)
    }

    /// The same, shown by these rules.
    #[must_use]
    pub fn show(self, rules: Value) -> Self {
        self.with("show", rules)
    }
}

impl From<Document> for Value {
    fn from(document: Document) -> Self {
        document.0
    }
}

/// As JSON.
impl fmt::Display for Document {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}
