use super::item::{ItemKind, Kind};
use crate::read::{Fields, Node};

/// How far somebody agrees with a statement; the widget has words for every point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Agreement {
    /// From "Totally disagree" to "Totally agree".
    pub scale: AgreementScale,
    /// Whether agreeing counts against what the survey asks about; false when left out.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub reverse: bool,
}

/// A scale of agreement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct AgreementScale {
    /// 5 or 7.
    #[cfg_attr(feature = "schema", schemars(extend("enum" = [5, 7])))]
    pub points: u8,
}

impl Agreement {
    pub(super) const KIND: Kind = Kind {
        name: "agreement",
        is_asked: true,
        fields: &["scale", "reverse"],
        read: |fields, _| ItemKind::Agreement(Self::read(fields)),
    };

    fn read(fields: &Fields<'_>) -> Self {
        Self { scale: fields.required("scale", AgreementScale::read), reverse: fields.flag("reverse", false) }
    }
}

impl AgreementScale {
    pub(super) fn read(node: &Node<'_>) -> Self {
        let read = |points: &Node<'_>| {
            let found = points.integer(5..=7);
            if found == 6 {
                points.unfit("has to be 5 or 7, so that there is a middle");
            }
            u8::try_from(found).unwrap_or(u8::MAX)
        };
        Self { points: node.fields(&["points"]).required("points", read) }
    }
}
