//! What a screen reader is given to read: the accessibility tree, as text.

use crate::browser::Browser;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt::Write;

/// Roles that are said of nothing, or only hold others.
const SILENT: [&str; 3] = ["none", "generic", "LineBreak"];
/// Roles whose texts are their names, which have been said by then.
const NAMED_BY_TEXT: [&str; 5] = ["button", "radio", "heading", "link", "StaticText"];

/// A browser's accessibility tree at one moment.
pub struct Transcript {
    nodes: BTreeMap<String, Value>,
}

impl Transcript {
    /// Looks at the page as it is now.
    pub async fn of(browser: &Browser) -> Self {
        let tree = browser.command("Accessibility.getFullAXTree", json!({})).await;
        let nodes = tree["nodes"].as_array().into_iter().flatten();
        let id = |node: &Value| node["nodeId"].as_str().unwrap_or_default().to_owned();
        Self { nodes: nodes.map(|node| (id(node), node.clone())).collect() }
    }

    /// One line for each thing that is read, indented below what it is in: role, name, states, description. The first line
    /// is the first thing with this role and name.
    ///
    /// # Panics
    ///
    /// When there is no such thing.
    pub fn below(&self, role: &str, name: &str) -> String {
        let fits = |node: &&Value| {
            text(node, "role") == role && text(node, "name") == name && node["ignored"] != true
        };
        let top = self.nodes.values().find(fits);
        let mut lines = String::new();
        self.read(top.unwrap_or_else(|| panic!("no {role} {name:?} in {:#?}", self.nodes)), 0, &mut lines);
        lines
    }

    fn read(&self, node: &Value, depth: usize, lines: &mut String) {
        let role = text(node, "role");
        let is_read = node["ignored"] != true && !SILENT.contains(&role);
        if is_read && role == "paragraph" {
            let _ = writeln!(lines, "{:width$}text {:?}", "", self.text_in(node), width = 2 * depth);
            return;
        }
        if is_read {
            let _ = writeln!(lines, "{:width$}{}", "", line(node), width = 2 * depth);
        }
        if is_read && NAMED_BY_TEXT.contains(&role) {
            return;
        }
        for child in self.children(node) {
            self.read(child, depth + usize::from(is_read), lines);
        }
    }

    /// Without a stop where the markup has one.
    fn text_in(&self, node: &Value) -> String {
        match text(node, "role") {
            "StaticText" => text(node, "name").to_owned(),
            _ => self.children(node).map(|child| self.text_in(child)).collect(),
        }
    }

    fn children(&self, node: &Value) -> impl Iterator<Item = &Value> {
        let ids = node["childIds"].as_array().into_iter().flatten().filter_map(Value::as_str);
        ids.filter_map(|id| self.nodes.get(id))
    }
}

/// Such as `radio "10, Extremely likely", not checked`.
fn line(node: &Value) -> String {
    let [role, name, description] = ["role", "name", "description"].map(|field| text(node, field));
    let role = match role {
        "StaticText" => "text",
        "radiogroup" => "radio group",
        role => role,
    };
    let name = (!name.is_empty()).then(|| format!("{role} {name:?}"));
    let description = (!description.is_empty()).then(|| format!("described as {description:?}"));
    let states = node["properties"].as_array().into_iter().flatten().filter_map(state);
    let said = [name.unwrap_or_else(|| role.to_owned())].into_iter().chain(states).chain(description);
    said.collect::<Vec<_>>().join(", ")
}

/// What is said of a property, if it is said at all.
fn state(property: &Value) -> Option<String> {
    let value = &property["value"]["value"];
    // Some are texts, some are not.
    let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let said = match (property["name"].as_str()?, value.as_str()) {
        ("checked", "true") => "checked",
        ("checked", "false") => "not checked",
        ("pressed", "true") => "pressed",
        ("pressed", "false") => "not pressed",
        ("expanded", "true") => "expanded",
        ("expanded", "false") => "collapsed",
        ("level", level) => return Some(format!("level {level}")),
        ("live", politeness) => return Some(format!("announced when it changes ({politeness})")),
        (state @ ("disabled" | "required" | "modal" | "focused"), "true") => state,
        _ => return None,
    };
    Some(said.to_owned())
}

fn text<'a>(node: &'a Value, field: &str) -> &'a str {
    node[field]["value"].as_str().unwrap_or_default()
}
