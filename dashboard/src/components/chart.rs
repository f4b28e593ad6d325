//! The element that draws charts; `www/chart.ts` defines it.

use serde::Serialize;
use yew::prelude::*;

/// What to draw.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Drawing {
    /// A bar for each answer, with its interval.
    Distribution(Vec<Bar>),
    /// A figure and its interval on the scale that it is measured on.
    Interval(Interval),
}

/// An answer's share.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Bar {
    /// The answer.
    pub(crate) label: String,
    /// Its colour.
    pub(crate) tone: Tone,
    /// The share, 0 to 1.
    pub(crate) value: f64,
    /// The interval's lower end.
    pub(crate) low: f64,
    /// The interval's upper end.
    pub(crate) high: f64,
}

/// A figure on its scale.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub(crate) struct Interval {
    /// The figure.
    pub(crate) value: f64,
    /// The interval's lower end.
    pub(crate) low: f64,
    /// The interval's upper end.
    pub(crate) high: f64,
    /// The scale's lower end.
    pub(crate) min: f64,
    /// The scale's upper end.
    pub(crate) max: f64,
}

/// What the colour of a bar says about its answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Tone {
    /// The answer is in no score.
    Plain,
    /// The answer lowers the score.
    Low,
    /// The answer is neutral.
    Middle,
    /// The answer raises the score.
    High,
}

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// The chart.
    pub(crate) drawing: Drawing,
    /// A description for screen readers.
    pub(crate) label: AttrValue,
}

/// A chart. Everything that it shows has to stand beside it in words or in a table.
#[component]
pub(crate) fn Chart(props: &Props) -> Html {
    let (kind, data) = match &props.drawing {
        Drawing::Distribution(bars) => ("distribution", serde_json::to_string(bars)),
        Drawing::Interval(interval) => ("interval", serde_json::to_string(interval)),
    };
    // Numbers and texts can always be serialised; without data, the element draws nothing.
    let data = data.unwrap_or_default();
    html! { <puls-chart {kind} {data} label={&props.label}></puls-chart> }
}
