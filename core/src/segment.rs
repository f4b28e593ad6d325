//! What a release's results may be broken down by, such as a unit or an agent.

use crate::read::{Fault, Node, check_label, distinct, read_value};
use std::fmt;

/// The segments that a survey declares: each name with its closed list of values.
pub type Declared = [(String, Vec<String>)];

/// Values of some of a survey's segments, at most one of each, in the order of their names.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Segment(Vec<(String, String)>);

impl Segment {
    /// Takes values that are `declared`.
    ///
    /// # Errors
    /// The first name or value that isn't declared.
    pub fn new<'a>(
        declared: &Declared,
        chosen: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Result<Self, Fault> {
        let mut segment = Self::default();
        for (name, value) in chosen {
            check(declared, name, value)?;
            // Kept in the order of names, so that equal segments are written alike.
            let place = segment.0.iter().take_while(|(known, _)| known.as_str() < name).count();
            segment.0.insert(place, (name.to_owned(), value.to_owned()));
        }
        Ok(segment)
    }

    /// The values by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The same segment with only those values whose names are among `names`.
    pub fn only(&self, names: &[&str]) -> Self {
        Self(self.0.iter().filter(|(name, _)| names.contains(&name.as_str())).cloned().collect())
    }

    /// Reads an object of values by name. Logs a name or value that isn't `declared`, and returns an empty segment.
    pub fn read(node: &Node<'_>, declared: &Declared) -> Self {
        let members = node.members();
        let chosen: Vec<(&str, &str)> = members.iter().map(|(name, value)| (name, value.string())).collect();
        Self::new(declared, chosen).unwrap_or_else(|error| {
            node.fault(error);
            Self::default()
        })
    }
}

/// Takes values that were checked before.
impl FromIterator<(String, String)> for Segment {
    fn from_iter<I: IntoIterator<Item = (String, String)>>(values: I) -> Self {
        let mut values: Vec<_> = values.into_iter().collect();
        values.sort();
        Self(values)
    }
}

/// As JSON: `{"unit":"billing"}`. Declared names and values need no escaping.
impl fmt::Display for Segment {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("{")?;
        for (index, (name, value)) in self.iter().enumerate() {
            let comma = if index > 0 { "," } else { "" };
            write!(formatter, r#"{comma}"{name}":"{value}""#)?;
        }
        formatter.write_str("}")
    }
}

/// Reads the segments that a survey declares: an object of lists of values by name.
pub(crate) fn read_declared(node: &Node<'_>) -> Vec<(String, Vec<String>)> {
    let read = |(name, values): (&str, Node<'_>)| {
        check_label(&values, name);
        (name.to_owned(), distinct(&values, 1..=500, read_value))
    };
    node.members().iter().map(read).collect()
}

fn check(declared: &Declared, name: &str, value: &str) -> Result<(), Fault> {
    let Some((_, values)) = declared.iter().find(|(known, _)| known == name) else {
        let names: Vec<&str> = declared.iter().map(|(name, _)| name.as_str()).collect();
        return Err(Fault::UnknownSegment { name: name.to_owned(), allowed: listed(names.join(", ")) });
    };
    if values.iter().any(|known| known == value) {
        return Ok(());
    }
    let (name, value) = (name.to_owned(), value.to_owned());
    Err(Fault::UnknownSegmentValue { name, value, allowed: listed(values.join(", ")) })
}

fn listed(names: String) -> String {
    if names.is_empty() { "none".to_owned() } else { names }
}
