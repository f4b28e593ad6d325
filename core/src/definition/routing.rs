#[cfg(feature = "outside-the-widget")]
mod reach;
mod read;

use super::Condition;
use crate::language::Text;

/// Which items are passed over, and which ways out are offered.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Routing {
    /// The jumps in the definition's order. Of those that leave one item, the first whose condition holds is taken.
    pub jumps: Vec<Jump>,
    /// The ways out in the definition's order.
    pub routes: Vec<Route>,
}

/// A jump from one item to a later one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Jump {
    /// The index of the item that it leaves.
    pub after: usize,
    /// What has to hold; always when left out.
    pub when: Option<Condition>,
    /// The index of the item that comes next. An index past the last item is the end.
    pub to: usize,
}

/// A way out of the survey to somewhere else, such as somebody to talk to. It is offered from when its condition first
/// holds until the end. The page isn't told that it is offered: that would tell an answer.
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
