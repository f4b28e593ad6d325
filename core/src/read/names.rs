use super::{Fault, Node};
use std::ops::RangeInclusive;

const LABEL_FORM: &str = "1 to 32 of a-z 0-9 - _";

/// Reads a name that stands in releases: 1 to 32 of a-z 0-9 - _.
pub(crate) fn read_label(node: &Node<'_>) -> String {
    node.form(LABEL_FORM, is_label)
}

/// Logs `name`, the name of a field, if it isn't a label.
pub(crate) fn check_label(node: &Node<'_>, name: &str) {
    if !is_label(name) {
        node.fault(Fault::Form { found: name.to_owned(), allowed: LABEL_FORM });
    }
}

/// Reads a segment's value, which may have capitals as well.
pub(crate) fn read_value(node: &Node<'_>) -> String {
    node.form("1 to 32 of a-z A-Z 0-9 - _", is_value)
}

/// Whether a name needs no escaping anywhere.
pub(crate) fn is_label(label: &str) -> bool {
    is_value(label) && !label.bytes().any(|byte| byte.is_ascii_uppercase())
}

fn is_value(label: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    matches!(label.len(), 1..=32) && label.bytes().all(plain)
}

/// Reads one of a closed list of names as the value that belongs to it.
pub(crate) fn read_name<T: Copy + Default>(node: &Node<'_>, names: &[(&'static str, T)]) -> T {
    let allowed: Vec<&str> = names.iter().map(|(name, _)| *name).collect();
    names.get(node.one_of(&allowed)).map_or_else(T::default, |(_, value)| *value)
}

/// The entry of `table` that an object's field `kind` names. The first entry stands in for an unknown name, which is
/// logged.
pub(crate) fn read_kind<'t, T>(node: &Node<'_>, table: &'t [T], name: impl Fn(&T) -> &str) -> Option<&'t T> {
    let allowed: Vec<&str> = table.iter().map(name).collect();
    table.get(node.members().required("kind", |kind| kind.one_of(&allowed)))
}

/// Reads a list of texts that differ from one another.
pub(crate) fn distinct(
    node: &Node<'_>,
    length: RangeInclusive<usize>,
    read: fn(&Node<'_>) -> String,
) -> Vec<String> {
    let mut known = Vec::new();
    node.entries(length, |entry| note_distinct(entry, &mut known, &read(entry)));
    known
}

/// Adds `name` to `known`. Logs it if it is there already.
pub(crate) fn note_distinct(entry: &Node<'_>, known: &mut Vec<String>, name: &str) {
    if known.iter().any(|other| other == name) {
        entry.fault(Fault::Duplicate { found: name.to_owned() });
    }
    known.push(name.to_owned());
}
