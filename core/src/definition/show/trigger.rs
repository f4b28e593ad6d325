use crate::read::Node;
use std::fmt;

/// What makes a survey due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trigger {
    /// As soon as the loader has run.
    Load,
    /// This many seconds after the loader has run, 0 to 86400: `delay:5s`.
    Delay {
        /// Counted from when the loader runs.
        seconds: u32,
    },
    /// This much of the page has been scrolled past, 1 to 100: `scroll:50%`.
    Scroll {
        /// The share of what can be scrolled.
        percent: u32,
    },
    /// The pointer leaves through the top of the window.
    Exit,
    /// The visitor has done nothing for this many seconds, 1 to 86400: `idle:30s`.
    Idle {
        /// Counted from the last thing that the visitor did.
        seconds: u32,
    },
    /// The visitor clicks something that a CSS selector finds: `click:SELECTOR`.
    Click {
        /// The selector, 1 to 200 characters.
        selector: String,
    },
    /// The page dispatches an event on `document` or `window`: `event:NAME`.
    Event {
        /// The event's name.
        name: String,
    },
    /// Only when the page says so: `puls("open", …)` or `element.open()`.
    Manual,
}

impl Trigger {
    const FORM: &str = "load, delay:5s, scroll:50%, exit, idle:30s, click:SELECTOR, event:NAME or manual";

    pub(super) fn read(node: &Node<'_>) -> Self {
        let text = node.form(Self::FORM, |text| Self::named(text).is_some());
        Self::named(&text).unwrap_or(Self::Load)
    }

    fn named(text: &str) -> Option<Self> {
        match text.split_once(':') {
            None => match text {
                "load" => Some(Self::Load),
                "exit" => Some(Self::Exit),
                "manual" => Some(Self::Manual),
                _ => None,
            },
            Some(("delay", rest)) => number(rest, 's', 0, 86_400).map(|seconds| Self::Delay { seconds }),
            Some(("idle", rest)) => number(rest, 's', 1, 86_400).map(|seconds| Self::Idle { seconds }),
            Some(("scroll", rest)) => number(rest, '%', 1, 100).map(|percent| Self::Scroll { percent }),
            Some(("click", rest)) => {
                let is_plain = matches!(rest.chars().count(), 1..=200) && !rest.contains(char::is_control);
                is_plain.then(|| Self::Click { selector: rest.to_owned() })
            }
            Some(("event", rest)) => {
                let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_:.".contains(&byte);
                let is_name = matches!(rest.len(), 1..=64) && rest.bytes().all(plain);
                is_name.then(|| Self::Event { name: rest.to_owned() })
            }
            Some(_) => None,
        }
    }
}

/// Reads a whole number with its unit. `parse` alone would accept a sign.
fn number(text: &str, unit: char, min: u32, max: u32) -> Option<u32> {
    let digits = text.strip_suffix(unit)?;
    let number = digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok())??;
    (min..=max).contains(&number).then_some(number)
}

impl fmt::Display for Trigger {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Load => formatter.write_str("load"),
            Self::Delay { seconds } => write!(formatter, "delay:{seconds}s"),
            Self::Scroll { percent } => write!(formatter, "scroll:{percent}%"),
            Self::Exit => formatter.write_str("exit"),
            Self::Idle { seconds } => write!(formatter, "idle:{seconds}s"),
            Self::Click { selector } => write!(formatter, "click:{selector}"),
            Self::Event { name } => write!(formatter, "event:{name}"),
            Self::Manual => formatter.write_str("manual"),
        }
    }
}
