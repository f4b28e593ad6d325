//! The shapes of those parts of a definition whose own types hold resolved ids and so look different. No value of these
//! types is ever made.
#![allow(dead_code, reason = "only their shape matters")]

use crate::definition::{Condition, Mood, Words};
use crate::language::Text;
use schemars::JsonSchema;

/// An option that stands beside the list.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(in crate::definition) struct PlainOption {
    /// Names it in results: 1 to 32 of a-z 0-9 - _.
    #[schemars(regex(pattern = "^[a-z0-9_-]{1,32}$"))]
    id: String,
    /// What the respondent reads.
    text: Text,
}

/// Something that respondents may write about.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(in crate::definition) struct Theme {
    /// Names it in results: 1 to 32 of a-z 0-9 - _.
    #[schemars(regex(pattern = "^[a-z0-9_-]{1,32}$"))]
    id: String,
    /// What the respondent reads.
    text: Text,
    /// Words that hint at it.
    words: Words,
}

/// One, or a list of them.
#[derive(JsonSchema)]
#[schemars(untagged)]
pub(in crate::definition) enum OneOrSeveral<T> {
    One(T),
    Several(#[schemars(length(min = 1, max = 10))] Vec<T>),
}

/// A measure that follows from several answers and is counted like them.
#[derive(JsonSchema)]
#[schemars(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub(in crate::definition) enum DerivedForm {
    /// The mean of several scales with the same number of points, from 0 to 100.
    Index {
        /// Ids of ratings, agreements and statements, 1 to 20.
        #[schemars(length(min = 1, max = 20))]
        items: Vec<String>,
    },
    /// Engaged, unfocused, passive, disengaged or undecided, by two indices.
    Class {
        /// The name of the index that says how much energy there is.
        energy: String,
        /// The name of the index that says how clear things are.
        clarity: String,
        /// The lowest index that is high; 75 when left out.
        #[schemars(default = "high", range(max = 100))]
        high: u32,
        /// Indices below this are low; 50 when left out.
        #[schemars(default = "low", range(max = 100))]
        low: u32,
    },
    /// The share of respondents for whom a condition holds.
    Share {
        /// The condition.
        when: Condition,
    },
}

fn high() -> u32 {
    75
}

fn low() -> u32 {
    50
}

/// A jump, or a way out.
#[derive(JsonSchema)]
#[schemars(untagged, deny_unknown_fields)]
pub(in crate::definition) enum RuleForm {
    /// From one item to a later one.
    Jump {
        /// The id of the item that it leaves.
        after: String,
        /// What has to hold; always when left out.
        #[schemars(default)]
        when: Option<Condition>,
        /// The id of the item that comes next, or `end`.
        go: String,
    },
    /// Out of the survey to somewhere else.
    Route {
        /// What has to hold; always when left out.
        #[schemars(default)]
        when: Option<Condition>,
        /// Where to.
        route: RouteForm,
    },
}

/// A way out of the survey.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(in crate::definition) struct RouteForm {
    /// What the page is told when it is taken: 1 to 32 of a-z 0-9 - _.
    #[schemars(regex(pattern = "^[a-z0-9_-]{1,32}$"))]
    name: String,
    /// What the respondent reads.
    text: Text,
    /// Where it leads: `https://…`, or a path on the page's own site.
    #[schemars(regex(pattern = crate::definition::link::URL_PATTERN))]
    url: String,
}

/// What a value is compared with: the number shown on a scale, or an option's id.
#[derive(JsonSchema)]
#[schemars(untagged)]
pub(in crate::definition) enum Value {
    Number(u32),
    Option(String),
}

/// Whether something holds for one respondent.
#[derive(JsonSchema)]
#[schemars(untagged, deny_unknown_fields)]
pub(in crate::definition) enum ConditionForm {
    /// The answer is this number or option, or this option is among the answers.
    Is { item: String, is: Value },
    /// The item was answered, but not with this number or option.
    IsNot { item: String, is_not: Value },
    /// This option is among the answers.
    Includes { item: String, includes: String },
    /// The answer is this number or more.
    AtLeast { item: String, at_least: u32 },
    /// The answer is this number or less.
    AtMost { item: String, at_most: u32 },
    /// The item was answered, or with `false` wasn't.
    Answered { item: String, answered: bool },
    /// The index is this number of 0 to 100 or more.
    DerivedAtLeast { derived: String, at_least: u32 },
    /// The index is this number of 0 to 100 or less.
    DerivedAtMost { derived: String, at_most: u32 },
    /// The class is this one.
    DerivedIs { derived: String, is: String },
    /// The survey is shown in this segment.
    Segment { segment: String, is: String },
    /// The scales answered so far have this mean.
    Mood { mood: Mood },
    /// This way out was taken. Only `thanks` may use it.
    Route { route: String },
    /// All of them hold.
    All {
        #[schemars(length(min = 1, max = 20))]
        all: Vec<Condition>,
    },
    /// At least one of them holds.
    Any {
        #[schemars(length(min = 1, max = 20))]
        any: Vec<Condition>,
    },
    /// It doesn't hold.
    Not { not: Box<Condition> },
}
