#[cfg(feature = "outside-the-widget")]
mod rules;
#[cfg(feature = "outside-the-widget")]
mod trigger;

#[cfg(feature = "outside-the-widget")]
pub use rules::{Pages, ShowRules};
#[cfg(feature = "outside-the-widget")]
pub use trigger::Trigger;

use crate::read::{Node, read_name};

/// When and how a survey appears; attributes on the page override it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct Show {
    /// Where it appears; `popover` when left out.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub display: Display,
    /// The corner of a popover or a bar; `bottom-end` when left out.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub corner: Corner,
    /// How it looks; `calm` when left out.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub preset: Preset,
    /// When it is due. The loader decides that, so the widget doesn't read the rules.
    #[cfg(feature = "outside-the-widget")]
    #[cfg_attr(feature = "schema", schemars(flatten))]
    pub rules: ShowRules,
}

/// Where a survey appears.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename_all = "snake_case"))]
pub enum Display {
    /// In a corner, above the page.
    #[default]
    Popover,
    /// In the middle, above a page that waits for it.
    Modal,
    /// Along the edge of the window, above the page.
    Bar,
    /// In the page's own flow.
    Inline,
    /// A page of its own.
    Page,
    /// All of a shared device's screen.
    Kiosk,
}

/// A corner of the window, by the direction of writing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename_all = "kebab-case"))]
pub enum Corner {
    /// Below, where lines end.
    #[default]
    BottomEnd,
    /// Below, where lines begin.
    BottomStart,
    /// Above, where lines end.
    TopEnd,
    /// Above, where lines begin.
    TopStart,
}

/// A ready-made look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename_all = "snake_case"))]
pub enum Preset {
    /// Quiet colours and soft corners.
    #[default]
    Calm,
    /// Strong colours.
    Bright,
    /// As little as can be.
    Plain,
}

impl Display {
    /// All of them by name.
    pub const NAMES: [(&'static str, Self); 6] = [
        ("popover", Self::Popover),
        ("modal", Self::Modal),
        ("bar", Self::Bar),
        ("inline", Self::Inline),
        ("page", Self::Page),
        ("kiosk", Self::Kiosk),
    ];

    /// The display with this name.
    pub fn named(name: &str) -> Option<Self> {
        named(name, &Self::NAMES)
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        name_of(self, &Self::NAMES)
    }
}

impl Corner {
    /// All of them by name.
    pub const NAMES: [(&'static str, Self); 4] = [
        ("bottom-end", Self::BottomEnd),
        ("bottom-start", Self::BottomStart),
        ("top-end", Self::TopEnd),
        ("top-start", Self::TopStart),
    ];

    /// The corner with this name.
    pub fn named(name: &str) -> Option<Self> {
        named(name, &Self::NAMES)
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        name_of(self, &Self::NAMES)
    }
}

impl Preset {
    /// All of them by name.
    pub const NAMES: [(&'static str, Self); 3] =
        [("calm", Self::Calm), ("bright", Self::Bright), ("plain", Self::Plain)];

    /// The preset with this name.
    pub fn named(name: &str) -> Option<Self> {
        named(name, &Self::NAMES)
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        name_of(self, &Self::NAMES)
    }
}

fn named<T: Copy>(name: &str, names: &[(&'static str, T)]) -> Option<T> {
    names.iter().find(|(known, _)| *known == name).map(|(_, value)| *value)
}

fn name_of<T: PartialEq>(value: T, names: &[(&'static str, T)]) -> &'static str {
    names.iter().find(|(_, known)| *known == value).map_or("", |(name, _)| name)
}

impl Show {
    const FIELDS: [&str; 10] = [
        "trigger",
        "display",
        "corner",
        "preset",
        "recontact_days",
        "cooldown_days",
        "sample",
        "pages",
        "from",
        "until",
    ];

    pub(super) fn read(node: &Node<'_>) -> Self {
        let fields = node.fields(&Self::FIELDS);
        Self {
            display: fields.optional("display", Display::default(), |node| read_name(node, &Display::NAMES)),
            corner: fields.optional("corner", Corner::default(), |node| read_name(node, &Corner::NAMES)),
            preset: fields.optional("preset", Preset::default(), |node| read_name(node, &Preset::NAMES)),
            #[cfg(feature = "outside-the-widget")]
            rules: ShowRules::read(&fields),
        }
    }
}
