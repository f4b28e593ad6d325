use super::condition::Scope;
use super::known::Known;
use super::{Condition, Link, Route};
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
    /// Who sees it. Of a list, the first whose condition holds is shown; the last one has no condition.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub when: Option<Condition>,
}

/// A last screen whose condition isn't read yet, since it may refer to ways out.
pub(super) struct RawThanks<'a> {
    title: Text,
    text: Option<Text>,
    link: Option<Link>,
    /// The JSON that it is read from, where it is one of several and so may have a condition.
    node: Option<Node<'a>>,
}

impl<'a> RawThanks<'a> {
    /// Reads one, or a list of them.
    pub(super) fn read_all(node: &'a Node<'_>, rules: TextRules<'_>) -> Vec<Self> {
        match node.value() {
            Json::Array(entries) if FULL => {
                let last = entries.len().saturating_sub(1);
                node.each(|index, entry| match entry.peek("when") {
                    Some(when) if index == last => when.unfit("the last one is for everybody else"),
                    None if index < last => entry.unfit("needs `when`, or those after it are never shown"),
                    _ => {}
                });
                node.entries(1..=10, |entry| Self { node: Some(*entry), ..Self::read(entry, rules) })
            }
            _ => {
                if let Some(when) = node.peek("when") {
                    when.unfit("only one of several thanks can have a condition");
                }
                vec![Self::read(node, rules)]
            }
        }
    }

    fn read(node: &Node<'_>, rules: TextRules<'_>) -> Self {
        let fields = node.fields(&["title", "text", "link", "when"]);
        Self {
            title: fields.required("title", |node| Text::read(node, rules)),
            text: fields.get("text").map(|node| Text::read(&node, rules)),
            link: fields.get("link").filter(|_| FULL).map(|node| Link::read(&node, rules)),
            node: None,
        }
    }

    /// The thanks with its condition, once the ways out are known.
    pub(super) fn resolve(self, known: &Known<'_>, routes: &[Route]) -> Thanks {
        let scope = Scope { known, before: None, routes: Some(routes) };
        let when = self.node.and_then(|node| Condition::of(&node, scope));
        Thanks { when, ..self.plain() }
    }

    /// The thanks in the plain build, where it is the same for everybody.
    pub(super) fn plain(self) -> Thanks {
        let Self { title, text, link, .. } = self;
        Thanks { title, text, link, when: None }
    }
}
