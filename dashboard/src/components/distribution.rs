//! The share of each answer, as a chart and as a table.

use super::chart::{Bar, Chart, Drawing, Tone};
use crate::figure;
use puls_core::definition::NetPromoter;
use puls_core::results::{ItemResult, ScoreMeasure, Share};
use yew::prelude::*;

/// Whose answers.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The item.
    pub item: ItemResult,
    /// Whether its totals are counts of answers.
    pub exact: bool,
}

/// A bar for each answer, and the same in numbers.
#[component]
pub fn Distribution(props: &Props) -> Html {
    let Props { item, exact } = props;
    let bars = item.distribution.iter().enumerate().map(|(answer, share)| bar(item, answer, share)).collect();
    let rows = item.distribution.iter().zip(&item.counts);
    let rows = rows.map(|(share, count)| row(share, exact.then_some(*count)));
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

fn bar(item: &ItemResult, answer: usize, share: &Share) -> Bar {
    let estimate = share.estimate;
    Bar {
        label: share.label.clone(),
        tone: tone(item, answer),
        value: estimate.value,
        low: estimate.low,
        high: estimate.high,
    }
}

/// Answers that a net promoter score weighs differently differ in colour as well.
fn tone(item: &ItemResult, answer: usize) -> Tone {
    if item.score.is_none_or(|score| score.measure != ScoreMeasure::NetPromoterScore) {
        return Tone::Plain;
    }
    let class =
        if item.distribution.len() == NetPromoter::CLASSES { answer } else { NetPromoter::class(answer) };
    match class {
        0 => Tone::Low,
        1 => Tone::Middle,
        _ => Tone::High,
    }
}
