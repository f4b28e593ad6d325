use super::Anchors;
use crate::read::{Fields, Node};

/// A scale whose points are numbered from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Rating {
    /// How long the scale is.
    pub scale: Scale,
    /// What the first and the last point mean.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub anchors: Option<Anchors>,
}

/// A rating's scale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct Scale {
    /// From 2 to 10.
    #[cfg_attr(feature = "schema", schemars(range(min = 2, max = 10)))]
    pub points: u8,
}

impl Rating {
    pub(super) fn read(fields: &Fields<'_>, languages: &[String]) -> Self {
        Self {
            scale: fields.required("scale", Scale::read),
            anchors: fields.get("anchors").map(|node| Anchors::read(&node, languages)),
        }
    }
}

impl Scale {
    fn read(node: &Node<'_>) -> Self {
        let points = node.fields(&["points"]).required("points", |points| points.integer(2..=10));
        Self { points: points.try_into().unwrap_or(u8::MAX) }
    }
}
