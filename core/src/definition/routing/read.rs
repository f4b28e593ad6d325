use super::{Jump, Route, Routing};
use crate::definition::Condition;
use crate::definition::condition::Scope;
use crate::definition::known::{Known, KnownItem};
use crate::definition::link::read_url;
use crate::language::{Text, TextRules};
use crate::read::{Fault, Node, note_distinct, read_label};

impl Routing {
    /// Reads all rules of a survey whose items and derived measures have been read.
    pub(in crate::definition) fn read(node: &Node<'_>, known: &Known<'_>, rules: TextRules<'_>) -> Self {
        let mut routing = Self::default();
        let mut names = Vec::new();
        node.entries(1..=50, |entry| {
            let fields = entry.members();
            match fields.exactly_one(entry, &["go", "route"]) {
                Some("go") => routing.jumps.extend(read_jump(entry, known)),
                Some(_) => {
                    let route = read_route(entry, known, rules);
                    note_distinct(entry, &mut names, &route.name);
                    routing.routes.push(route);
                }
                None => {}
            }
        });
        routing
    }
}

fn read_jump(node: &Node<'_>, known: &Known<'_>) -> Option<Jump> {
    if known.is_drawn {
        node.unfit("`go` needs every item in the given order; leave out `order` and `sample`");
    }
    let fields = node.fields(&["after", "when", "go"]);
    let after = fields.required("after", |after| find(after, &known.items, &[]));
    let to = fields.required("go", |go| find(go, &known.items, &["end"]));
    let (after, to) = (after?, to?);
    if to <= after
        && let Some(node) = fields.get("go")
    {
        node.fault(Fault::Loop { found: node.string().to_owned() });
    }
    // `after + 1`, since the answer to the item that is left may decide, too.
    let when = Condition::of(node, Scope { known, before: Some(after + 1), routes: None });
    Some(Jump { after, when, to })
}

/// The index of the item that a node names. A name among `others` gets an index past the last item.
fn find(node: &Node<'_>, items: &[KnownItem<'_>], others: &[&str]) -> Option<usize> {
    let ids: Vec<&str> = items.iter().map(|item| item.id).collect();
    let id = node.string();
    let found = ids.iter().chain(others).position(|known| *known == id);
    if found.is_none() {
        node.not_one_of(id, &[ids.as_slice(), others].concat());
    }
    found
}

fn read_route(node: &Node<'_>, known: &Known<'_>, rules: TextRules<'_>) -> Route {
    let fields = node.fields(&["when", "route"]);
    let when = Condition::of(node, Scope { known, before: None, routes: None });
    let mut route = Route { name: String::new(), text: Text::default(), url: String::new(), when };
    if let Some(node) = fields.get("route") {
        let fields = node.fields(&["name", "text", "url"]);
        route.name = fields.required("name", read_label);
        route.text = fields.required("text", |text| Text::read(text, rules));
        route.url = fields.required("url", read_url);
    }
    route
}
