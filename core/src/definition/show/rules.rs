use super::Trigger;
use crate::read::{Decimal, Fields, Node};

/// When a survey is due. The loader decides by these rules before it fetches anything.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ShowRules {
    /// What makes it due: the first of these that happens; `load` when left out.
    #[cfg_attr(feature = "schema", schemars(default, length(min = 1, max = 8)))]
    pub trigger: Vec<Trigger>,
    /// Days before it appears again in the same browser: 0 to 3650, 90 when left out.
    #[cfg_attr(feature = "schema", schemars(default = "recontact", range(max = 3650)))]
    pub recontact_days: u16,
    /// Days that have to pass after any survey of this site was shown: 0 to 3650, 0 when left out.
    #[cfg_attr(feature = "schema", schemars(default, range(max = 3650)))]
    pub cooldown_days: u16,
    /// The share of page loads on which it may appear: 0 to 1, with at most three decimals; 1 when left out.
    #[cfg_attr(feature = "schema", schemars(default = "sample", with = "f64", range(min = 0.0, max = 1.0)))]
    pub sample: Decimal,
    /// The pages on which it may appear; all of them when left out.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub pages: Pages,
    /// The first day on which it may appear, such as `2026-11-21`, in UTC.
    #[cfg_attr(feature = "schema", schemars(default, regex(pattern = DATE_PATTERN)))]
    pub from: Option<String>,
    /// The last day on which it may appear.
    #[cfg_attr(feature = "schema", schemars(default, regex(pattern = DATE_PATTERN)))]
    pub until: Option<String>,
}

/// Patterns for the paths of pages, in which `*` stands for any run of characters.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct Pages {
    /// One of these has to fit the page; all pages fit when left out.
    #[cfg_attr(feature = "schema", schemars(default, length(max = 20)))]
    pub include: Vec<String>,
    /// None of these may fit the page.
    #[cfg_attr(feature = "schema", schemars(default, length(max = 20)))]
    pub exclude: Vec<String>,
}

impl Default for ShowRules {
    fn default() -> Self {
        Self {
            trigger: vec![Trigger::Load],
            recontact_days: 90,
            cooldown_days: 0,
            sample: Decimal::thousandths(1000),
            pages: Pages::default(),
            from: None,
            until: None,
        }
    }
}

impl ShowRules {
    pub(super) fn read(fields: &Fields<'_>) -> Self {
        let usual = Self::default();
        let days = |node: &Node<'_>| node.integer(0..=3650).try_into().unwrap_or(u16::MAX);
        let share = |node: &Node<'_>| node.decimal(Decimal::default()..=usual.sample);
        let rules = Self {
            sample: fields.optional("sample", usual.sample, share),
            trigger: fields.optional("trigger", usual.trigger, |list| list.entries(1..=8, Trigger::read)),
            recontact_days: fields.optional("recontact_days", usual.recontact_days, days),
            cooldown_days: fields.optional("cooldown_days", usual.cooldown_days, days),
            pages: fields.optional("pages", usual.pages, Pages::read),
            from: fields.get("from").map(|date| read_date(&date)),
            until: fields.get("until").map(|date| read_date(&date)),
        };
        // Dates of this form sort as text.
        if let (Some(from), Some(until), Some(node)) = (&rules.from, &rules.until, fields.get("until"))
            && until < from
        {
            node.unfit("is before `from`");
        }
        rules
    }
}

impl Pages {
    fn read(node: &Node<'_>) -> Self {
        let fields = node.fields(&["include", "exclude"]);
        let patterns = |name| fields.optional(name, Vec::new(), |list| list.entries(1..=20, read_pattern));
        Self { include: patterns("include"), exclude: patterns("exclude") }
    }
}

fn read_pattern(node: &Node<'_>) -> String {
    node.form("a path of up to 200 characters that starts with / or *", |path| {
        path.starts_with(['/', '*']) && path.len() <= 200 && path.bytes().all(|byte| byte.is_ascii_graphic())
    })
}

fn read_date(node: &Node<'_>) -> String {
    node.form("a date such as 2026-11-21", is_date)
}

fn is_date(text: &str) -> bool {
    let mut parts = text.split('-');
    let mut number = |length: usize| {
        let digits = parts.next().filter(|digits| digits.len() == length)?;
        digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok())?
    };
    let date: Option<(u32, u32, u32)> = (|| Some((number(4)?, number(2)?, number(2)?)))();
    let is_leap =
        |year: u32| year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = |year, month| match month {
        4 | 6 | 9 | 11 => 30,
        2 => 28 + u32::from(is_leap(year)),
        1..=12 => 31,
        _ => 0,
    };
    date.is_some_and(|(year, month, day)| (1..=days(year, month)).contains(&day)) && parts.next().is_none()
}

#[cfg(feature = "schema")]
const DATE_PATTERN: &str = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$";

#[cfg(feature = "schema")]
fn recontact() -> u16 {
    90
}

#[cfg(feature = "schema")]
fn sample() -> f64 {
    1.0
}

#[cfg(test)]
mod tests {
    use super::is_date;

    #[test]
    fn dates_are_those_of_the_calendar() {
        for date in ["2026-11-21", "2024-02-29", "2000-02-29", "1970-01-01"] {
            assert!(is_date(date), "{date}");
        }
        for text in [
            "2026-02-29",
            "1900-02-29",
            "2026-13-01",
            "2026-00-10",
            "2026-4-1",
            "2026-04-31",
            "",
            "2026-11-21-",
        ] {
            assert!(!is_date(text), "{text}");
        }
    }
}
