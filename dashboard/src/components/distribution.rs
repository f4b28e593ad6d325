//! The share of each answer, as a chart and as a table.

use super::chart::{Bar, Chart, Drawing, Tone};
use crate::figure;
use puls_analysis::results::{ItemResult, Share};
use puls_core::definition::NetPromoter;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub(crate) item: ItemResult,
    /// The share of each of its answers.
    pub(crate) shares: Vec<Share>,
    /// Whether the item has a net promoter score.
    pub(crate) scored: bool,
    /// Whether its answers are counted exactly.
    pub(crate) exact: bool,
}

/// A bar for each answer, and a table with the same numbers.
#[component]
pub(crate) fn Distribution(props: &Props) -> Html {
    let Props { item, shares, exact, .. } = props;
    let bars = shares.iter().enumerate().map(|(answer, share)| bar(props, answer, share)).collect();
    let rows = shares.iter().zip(&item.counts).map(|(share, count)| row(share, exact.then_some(*count)));
    html! {
        <div class="distribution">
            <Chart
                drawing={Drawing::Distribution(bars)}
                label="Bar chart of the share of each answer; the table has the same figures"
            />
            <table>
                <thead>
                    <tr>
                        <th scope="col">{ "Answer" }</th>
                        if *exact { <th scope="col">{ "Count" }</th> }
                        <th scope="col">{ "Share" }</th>
                        <th scope="col">{ "95\u{a0}% range" }</th>
                    </tr>
                </thead>
                <tbody>{ for rows }</tbody>
            </table>
        </div>
    }
}

fn row(share: &Share, count: Option<u64>) -> Html {
    html! {
        <tr key={share.label.clone()}>
            <th scope="row">{ &share.label }</th>
            if let Some(count) = count { <td>{ figure::count(count) }</td> }
            <td>{ figure::percent(share.estimate.value) }</td>
            <td>{ figure::percent_range(share.estimate) }</td>
        </tr>
    }
}

fn bar(props: &Props, answer: usize, share: &Share) -> Bar {
    let estimate = share.estimate;
    Bar {
        label: share.label.clone(),
        tone: tone(props, answer),
        value: estimate.value,
        low: estimate.low,
        high: estimate.high,
    }
}

/// The colour of an answer's bar. Answers that a net promoter score weighs differently differ in colour.
fn tone(Props { shares, scored, .. }: &Props, answer: usize) -> Tone {
    if !scored {
        return Tone::Plain;
    }
    let class = if shares.len() == NetPromoter::CLASSES { answer } else { NetPromoter::class(answer) };
    match class {
        0 => Tone::Low,
        1 => Tone::Middle,
        _ => Tone::High,
    }
}
