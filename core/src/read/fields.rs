use super::{Fault, Json, Node, Place, Problem};
use std::cell::RefCell;

/// The fields of an object. If the value wasn't an object, there are no fields, and none is logged as missing.
pub struct Fields<'a> {
    pub(super) fields: Option<&'a [(String, Json)]>,
    pub(super) place: &'a Place<'a>,
    pub(super) log: &'a RefCell<Vec<Problem>>,
}

impl<'a> Fields<'a> {
    /// A field, if it is there.
    pub fn get(&self, name: &'a str) -> Option<Node<'a>> {
        // JSON allows a name twice. The last one counts, as in JavaScript.
        let field = self.fields?.iter().rev().find(|(known, _)| known == name);
        field.map(|(_, value)| Node::new(value, Place::Field(self.place, name), self.log))
    }

    /// Reads a field, or takes `default` if it is left out.
    pub fn optional<T>(&self, name: &'a str, default: T, read: impl FnOnce(&Node<'a>) -> T) -> T {
        match self.get(name) {
            Some(node) => read(&node),
            None => default,
        }
    }

    /// Reads a boolean field, or takes `default` if it is left out.
    pub(crate) fn flag(&self, name: &'a str, default: bool) -> bool {
        self.get(name).map_or(default, |node| node.boolean())
    }

    /// Reads a required field. Logs one that is missing, and takes the type's default for it.
    pub fn required<T: Default>(&self, name: &'a str, read: impl FnOnce(&Node<'a>) -> T) -> T {
        self.needed(name).map_or_else(T::default, |node| read(&node))
    }

    /// A required field. Logs it if it is missing.
    pub(crate) fn needed(&self, name: &'a str) -> Option<Node<'a>> {
        let node = self.get(name);
        if node.is_none() {
            self.missing(name);
        }
        node
    }

    /// Which of `names` the object has. Logs if it doesn't have exactly one of them.
    pub(crate) fn exactly_one(&self, node: &Node<'_>, names: &[&'static str]) -> Option<&'static str> {
        let mut there = names.iter().copied().filter(|name| self.has(name));
        let one = there.next();
        if self.fields.is_some() && (one.is_none() || there.next().is_some()) {
            node.fault(Fault::ExactlyOne { allowed: names.join(", ") });
            return None;
        }
        one
    }

    fn has(&self, name: &str) -> bool {
        self.fields.is_some_and(|fields| fields.iter().any(|(known, _)| known == name))
    }

    /// Every field with its name.
    pub fn iter(&self) -> impl Iterator<Item = (&'a str, Node<'a>)> {
        let (place, log) = (self.place, self.log);
        let fields = self.fields.unwrap_or_default().iter();
        fields.map(move |(name, value)| (name.as_str(), Node::new(value, Place::Field(place, name), log)))
    }

    fn missing(&self, name: &str) {
        if self.fields.is_some() {
            let place = Place::Field(self.place, name).to_string();
            self.log.borrow_mut().push(Problem { place, fault: Fault::Missing });
        }
    }
}
