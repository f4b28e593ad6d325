use super::{Condition, Link};
use crate::FULL;
use crate::language::{Text, TextRules};
use crate::read::{Json, Node};

/// The last screen.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct Thanks {
    /// Its heading.
    pub title: Text,
    /// A sentence below the heading.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub text: Option<Text>,
    /// Where to go from here.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub link: Option<Link>,
    /// Who sees it. Of a list the first whose condition holds is shown, and the last one has none.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub when: Option<Condition>,
}

impl Thanks {
    /// Reads one, or a list of them; their conditions come later.
    pub(super) fn read_all(node: &Node<'_>, rules: TextRules<'_>) -> Vec<Self> {
        let read = |entry: &Node<'_>| Self::read(entry, rules);
        match node.value() {
            Json::Array(entries) if FULL => {
                let last = entries.len().saturating_sub(1);
                node.each(|index, entry| match entry.peek("when") {
                    Some(when) if index == last => when.unfit("the last one is for everybody else"),
                    None if index < last => entry.unfit("needs `when`, or those after it are never shown"),
                    _ => {}
                });
                node.entries(1..=10, read)
            }
            _ => {
                if let Some(when) = node.peek("when") {
                    when.unfit("only one of several thanks can have a condition");
                }
                vec![read(node)]
            }
        }
    }

    fn read(node: &Node<'_>, rules: TextRules<'_>) -> Self {
        let fields = node.fields(&["title", "text", "link", "when"]);
        Self {
            title: fields.required("title", |node| Text::read(node, rules)),
            text: fields.get("text").map(|node| Text::read(&node, rules)),
            link: fields.get("link").filter(|_| FULL).map(|node| Link::read(&node, rules)),
            when: None,
        }
    }
}
