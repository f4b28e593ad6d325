//! What a release's results may be broken down by, such as a unit or an agent.

use crate::definition::Definition;
use crate::read::{Fault, Node};
use std::fmt;

/// One value for each of some of a survey's segments, in the order of their names.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Segment(Vec<(String, String)>);

impl Segment {
    /// Takes the values that `definition` declares.
    ///
    /// # Errors
    /// The first name or value that it doesn't declare.
    pub fn new<'a>(
        definition: &Definition,
        chosen: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Result<Self, Fault> {
        let mut segment = Self::default();
        for (name, value) in chosen {
            definition.check_segment(name, value)?;
            // In the order of names, so that equal segments are written alike.
            let place = segment.0.iter().take_while(|(known, _)| known.as_str() < name).count();
            segment.0.insert(place, (name.to_owned(), value.to_owned()));
        }
        Ok(segment)
    }

    /// The values by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The values of those of `names` that it has.
    pub fn only(&self, names: &[&str]) -> Self {
        Self(self.0.iter().filter(|(name, _)| names.contains(&name.as_str())).cloned().collect())
    }

    /// Reads an object of name and value that the definition declares; others are logged, and nobody's segment stands in for them.
    pub fn read(node: &Node<'_>, definition: &Definition) -> Self {
        let members = node.members();
        let chosen: Vec<(&str, &str)> = members.iter().map(|(name, value)| (name, value.string())).collect();
        Self::new(definition, chosen).unwrap_or_else(|error| {
            node.fault(error);
            Self::default()
        })
    }
}

/// Values that were checked before.
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
