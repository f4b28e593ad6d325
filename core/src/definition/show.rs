use super::read_name;
use crate::read::Node;
use std::fmt;

/// When and how a survey appears; attributes on the page override it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct Show {
    /// What makes it due, whichever comes first; `load` when left out.
    #[cfg_attr(feature = "schema", schemars(default, length(min = 1, max = 8)))]
    pub trigger: Vec<Trigger>,
    /// Where it appears; `popover` when left out.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub display: Display,
    /// Days before it appears again in the same browser: 0 to 3650, 90 when left out.
    #[cfg_attr(feature = "schema", schemars(default = "recontact", range(max = 3650)))]
    pub recontact_days: u16,
}

/// Where a survey appears.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename_all = "snake_case"))]
pub enum Display {
    /// In a corner, above the page.
    #[default]
    Popover,
    /// In the page's own flow.
    Inline,
}

/// What makes a survey due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trigger {
    /// As soon as the loader has run.
    Load,
    /// So many seconds later, 0 to 86400: `delay:5s`.
    Delay {
        /// Counted from when the loader runs.
        seconds: u32,
    },
    /// Only when the page says so: `puls("open", …)` or `element.open()`.
    Manual,
}

impl Display {
    const NAMES: [(&'static str, Self); 2] = [("popover", Self::Popover), ("inline", Self::Inline)];

    /// The display with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(known, _)| *known == name).map(|(_, display)| *display)
    }
}

impl Show {
    pub(super) fn read(node: &Node<'_>) -> Self {
        let fields = node.fields(&["trigger", "display", "recontact_days"]);
        let Self { trigger, display, recontact_days } = Self::default();
        let recontact = |days: &Node<'_>| days.integer(0..=3650).try_into().unwrap_or(u16::MAX);
        Self {
            trigger: fields.optional("trigger", trigger, |list| list.entries(1..=8, Trigger::read)),
            display: fields.optional("display", display, |node| read_name(node, &Display::NAMES)),
            recontact_days: fields.optional("recontact_days", recontact_days, recontact),
        }
    }
}

impl Default for Show {
    fn default() -> Self {
        Self { trigger: vec![Trigger::Load], display: Display::default(), recontact_days: 90 }
    }
}

impl Trigger {
    const FORM: &str = "load, manual, or a delay of 0 to 86400 seconds such as delay:5s";

    fn read(node: &Node<'_>) -> Self {
        let text = node.form(Self::FORM, |text| Self::named(text).is_some());
        Self::named(&text).unwrap_or(Self::Load)
    }

    fn named(text: &str) -> Option<Self> {
        match text {
            "load" => Some(Self::Load),
            "manual" => Some(Self::Manual),
            _ => {
                let digits = text.strip_prefix("delay:")?.strip_suffix('s')?;
                // `parse` alone would take a sign as well.
                let seconds =
                    digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok())??;
                (seconds <= 86_400).then_some(Self::Delay { seconds })
            }
        }
    }
}

impl fmt::Display for Trigger {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Load => formatter.write_str("load"),
            Self::Delay { seconds } => write!(formatter, "delay:{seconds}s"),
            Self::Manual => formatter.write_str("manual"),
        }
    }
}

#[cfg(feature = "schema")]
fn recontact() -> u16 {
    90
}
