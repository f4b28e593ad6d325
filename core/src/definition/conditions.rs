//! The second look at a definition: conditions refer to items, so they are read once all items are known.

use super::condition::Scope;
use super::{Condition, Definition, Derived, DerivedKind, Variant};
use crate::language::{Text, TextRules};
use crate::read::{Fields, Node};

/// What decides whether an item is asked, and how it is put.
#[derive(Default)]
struct Conditions {
    when: Option<Condition>,
    variants: Vec<Variant>,
}

impl Definition {
    /// Reads what holds on conditions, but for routing and thanks.
    pub(super) fn read_conditions(&mut self, fields: &Fields<'_>, rules: TextRules<'_>) {
        let shares = self.share_conditions(fields);
        for (derived, when) in self.derived.iter_mut().zip(shares) {
            if let (Derived { kind: DerivedKind::Share { when: own }, .. }, Some(when)) = (derived, when) {
                *own = when;
            }
        }
        let items = self.item_conditions(fields, rules);
        for (item, conditions) in self.items.iter_mut().zip(items) {
            (item.when, item.variants) = (conditions.when, conditions.variants);
        }
    }

    /// Reads who sees which thanks, once the ways out are known.
    pub(super) fn read_thanks_conditions(&mut self, fields: &Fields<'_>) {
        let thanks = self.thanks_conditions(fields);
        for (thanks, when) in self.thanks.iter_mut().zip(thanks) {
            thanks.when = when;
        }
    }

    fn share_conditions(&self, fields: &Fields<'_>) -> Vec<Option<Condition>> {
        let scope = Scope { definition: self, before: None, routes: false };
        let read = |(_, node): (&str, Node<'_>)| node.peek("when").map(|when| Condition::read(&when, scope));
        match fields.get("derived") {
            Some(node) if !self.derived.is_empty() => node.members().iter().map(read).collect(),
            _ => Vec::new(),
        }
    }

    fn item_conditions(&self, fields: &Fields<'_>, rules: TextRules<'_>) -> Vec<Conditions> {
        let mut all = Vec::new();
        if let Some(items) = fields.get("items").filter(|_| !self.items.is_empty()) {
            items.each(|index, node| {
                let scope = Scope { definition: self, before: Some(index), routes: false };
                all.push(Conditions::read(node, scope, rules));
            });
        }
        all
    }

    fn thanks_conditions(&self, fields: &Fields<'_>) -> Vec<Option<Condition>> {
        let scope = Scope { definition: self, before: None, routes: true };
        let mut all = Vec::new();
        if let Some(thanks) = fields.get("thanks").filter(|_| !self.thanks.is_empty()) {
            thanks.each(|_, node| all.push(node.peek("when").map(|when| Condition::read(&when, scope))));
        }
        all
    }
}

impl Conditions {
    fn read(node: &Node<'_>, scope: Scope<'_>, rules: TextRules<'_>) -> Self {
        let variant = |node: &Node<'_>| {
            let fields = node.fields(&["when", "text"]);
            Variant {
                when: fields.required("when", |when| Condition::read(when, scope)),
                text: fields.required("text", |text| Text::read(text, rules)),
            }
        };
        Self {
            when: node.peek("when").map(|when| Condition::read(&when, scope)),
            variants: node.peek("variants").map_or_else(Vec::new, |list| list.entries(1..=10, variant)),
        }
    }
}
