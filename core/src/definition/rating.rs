use super::Anchors;
use super::item::{ItemKind, Kind};
use crate::language::{Text, TextRules};
use crate::read::{Fields, Node, read_name};

/// A scale whose points are numbered from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Rating {
    /// How long the scale is, and how it looks.
    pub scale: Scale,
    /// What the first and the last point mean.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub anchors: Option<Anchors>,
    /// What each point means, one text a point; none when left out.
    #[cfg_attr(feature = "schema", schemars(default, length(max = 10)))]
    pub labels: Vec<Text>,
    /// Whether high points count against what the survey asks about; false when left out.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub reverse: bool,
}

/// A rating's scale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct Scale {
    /// From 2 to 10.
    #[cfg_attr(feature = "schema", schemars(range(min = 2, max = 10)))]
    pub points: u8,
    /// How the points look; `numbers` when left out.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub style: ScaleStyle,
}

/// How the points of a scale look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename_all = "snake_case"))]
pub enum ScaleStyle {
    /// 1, 2, 3 …
    #[default]
    Numbers,
    /// Stars; 3 to 10 points.
    Stars,
    /// Faces from sad to glad; 3 or 5 points.
    Smileys,
    /// A thumb down and a thumb up; 2 points.
    Thumbs,
}

impl ScaleStyle {
    const NAMES: [(&'static str, Self); 4] = [
        ("numbers", Self::Numbers),
        ("stars", Self::Stars),
        ("smileys", Self::Smileys),
        ("thumbs", Self::Thumbs),
    ];

    /// Why the style doesn't fit a scale of so many points, if it doesn't.
    fn misfit(self, points: u32) -> Option<&'static str> {
        match (self, points) {
            (Self::Stars, ..=2) => Some("stars need 3 to 10 points"),
            (Self::Smileys, points) if points != 3 && points != 5 => Some("smileys need 3 or 5 points"),
            (Self::Thumbs, points) if points != 2 => Some("thumbs need 2 points"),
            _ => None,
        }
    }
}

impl Rating {
    pub(super) const KIND: Kind = Kind {
        name: "rating",
        is_asked: true,
        fields: &["scale", "anchors", "labels", "reverse"],
        read: |fields, rules| ItemKind::Rating(Self::read(fields, rules)),
    };

    fn read(fields: &Fields<'_>, rules: TextRules<'_>) -> Self {
        let scale = fields.required("scale", Scale::read);
        let points = usize::from(scale.points);
        let label = |node: &Node<'_>| Text::read(node, rules);
        Self {
            anchors: fields.get("anchors").map(|node| Anchors::read(&node, rules)),
            labels: fields.optional("labels", Vec::new(), |list| list.entries(points..=points, label)),
            reverse: fields.flag("reverse", false),
            scale,
        }
    }
}

impl Scale {
    fn read(node: &Node<'_>) -> Self {
        let fields = node.fields(&["points", "style"]);
        let points = fields.required("points", |points| points.integer(2..=10));
        let style = |style: &Node<'_>| {
            let read = read_name(style, &ScaleStyle::NAMES);
            if let Some(reason) = read.misfit(points) {
                style.unfit(reason);
            }
            read
        };
        Self {
            points: points.try_into().unwrap_or(u8::MAX),
            style: fields.optional("style", ScaleStyle::default(), style),
        }
    }
}
