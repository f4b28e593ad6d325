use super::AgreementScale;
use super::item::{ItemKind, Kind};
use crate::language::{Text, TextRules};
use crate::read::{Fields, Node, read_label};

/// Several statements on one screen, with one scale of agreement; each is counted under its own id.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Matrix {
    /// The scale that all of them share.
    pub scale: AgreementScale,
    /// From 2 to 12.
    #[cfg_attr(feature = "schema", schemars(length(min = 2, max = 12)))]
    pub statements: Vec<Statement>,
}

/// A row of a matrix.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct Statement {
    /// Names it in releases and results: 1 to 32 of a-z 0-9 - _. No item or other statement has the same id.
    #[cfg_attr(feature = "schema", schemars(regex(pattern = "^[a-z0-9_-]{1,32}$")))]
    pub id: String,
    /// What the respondent agrees with.
    pub text: Text,
    /// Whether agreeing counts against what the survey asks about; false when left out.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub reverse: bool,
}

impl Matrix {
    pub(super) const KIND: Kind = Kind {
        name: "matrix",
        is_asked: true,
        fields: &["scale", "statements"],
        read: |fields, rules| ItemKind::Matrix(Self::read(fields, rules)),
    };

    fn read(fields: &Fields<'_>, rules: TextRules<'_>) -> Self {
        let statement = |node: &Node<'_>| Statement::read(node, rules);
        Self {
            scale: fields.required("scale", AgreementScale::read),
            statements: fields.required("statements", |list| list.entries(2..=12, statement)),
        }
    }
}

impl Statement {
    fn read(node: &Node<'_>, rules: TextRules<'_>) -> Self {
        let fields = node.fields(&["id", "text", "reverse"]);
        Self {
            id: fields.required("id", read_label),
            text: fields.required("text", |text| Text::read(text, rules)),
            reverse: fields.flag("reverse", false),
        }
    }
}
