use super::Definition;
use crate::read::{Fault, Node, check_label, distinct, read_value};

/// Reads an object of name and list of values.
pub(super) fn read_segments(node: &Node<'_>) -> Vec<(String, Vec<String>)> {
    let read = |(name, values): (&str, Node<'_>)| {
        check_label(&values, name);
        (name.to_owned(), distinct(&values, 1..=500, read_value))
    };
    node.members().iter().map(read).collect()
}

impl Definition {
    /// Whether the survey declares a segment with this value.
    pub(crate) fn check_segment(&self, name: &str, value: &str) -> Result<(), Fault> {
        let Some((_, values)) = self.segments.iter().find(|(declared, _)| declared == name) else {
            let names: Vec<&str> = self.segments.iter().map(|(name, _)| name.as_str()).collect();
            return Err(Fault::UnknownSegment { name: name.to_owned(), allowed: listed(names.join(", ")) });
        };
        if values.iter().any(|declared| declared == value) {
            return Ok(());
        }
        let (name, value) = (name.to_owned(), value.to_owned());
        Err(Fault::UnknownSegmentValue { name, value, allowed: listed(values.join(", ")) })
    }
}

fn listed(names: String) -> String {
    if names.is_empty() { "none".to_owned() } else { names }
}
