use super::item::{ItemKind, Kind};
use crate::read::Fields;

/// How many of something, from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Count {
    /// The highest answer, which means "this many or more": 1 to 30.
    #[cfg_attr(feature = "schema", schemars(range(min = 1, max = 30)))]
    pub most: u32,
}

impl Count {
    pub(super) const KIND: Kind = Kind {
        name: "count",
        is_asked: true,
        fields: &["most"],
        read: |fields, _| ItemKind::Count(Self::read(fields)),
    };

    fn read(fields: &Fields<'_>) -> Self {
        Self { most: fields.required("most", |most| most.integer(1..=30)) }
    }
}
