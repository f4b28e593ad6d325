use super::Link;
use super::item::{ItemKind, Kind};
use crate::language::TextRules;
use crate::read::Fields;

/// A screen that only says something; its text is the item's.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Notice {
    /// Where to read on.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub link: Option<Link>,
}

impl Notice {
    pub(super) const KIND: Kind = Kind {
        name: "notice",
        is_asked: false,
        fields: &["link"],
        read: |fields, rules| ItemKind::Notice(Self::read(fields, rules)),
    };

    fn read(fields: &Fields<'_>, rules: TextRules<'_>) -> Self {
        Self { link: fields.get("link").map(|node| Link::read(&node, rules)) }
    }
}
