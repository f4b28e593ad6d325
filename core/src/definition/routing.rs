#[cfg(feature = "outside-the-widget")]
mod reach;
mod read;

use super::Condition;
use crate::language::Text;

/// Which items are passed over, and which ways out are offered.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Routing {
    /// Jumps in the definition's order: of those that leave one item, the first that holds is taken.
    pub jumps: Vec<Jump>,
    /// Ways out in the definition's order.
    pub routes: Vec<Route>,
}

/// A jump from one item to a later one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Jump {
    /// The item that it leaves, as an index.
    pub after: usize,
    /// What has to hold; always when left out.
    pub when: Option<Condition>,
    /// The item that comes next, as an index; past the last one it is the end.
    pub to: usize,
}

/// A way out of the survey to somewhere else, such as somebody to talk to, from when its condition first
/// holds until the end. Nobody is told that it was offered: that would tell an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// What the page is told when it is taken: 1 to 32 of a-z 0-9 - _.
    pub name: String,
    /// What the respondent reads.
    pub text: Text,
    /// Where it leads: `https://…`, or a path on the page's own site.
    pub url: String,
    /// What has to hold; always when left out.
    pub when: Option<Condition>,
}
