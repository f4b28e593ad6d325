//! An item's main figure with its range.

use super::chart::{Chart, Drawing, Interval};
use crate::figure;
use puls_analysis::estimates::Estimate;
use puls_analysis::results::{Score as Figure, ScoreMeasure};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// The figure with its interval and its scale.
    pub(crate) score: Figure,
}

/// The note on an interval that is the widest possible.
const WIDE: &str =
    "The range is wide because few have answered: how far their answers spread isn't shown yet.";

/// The figure in large type, its interval in words, and both on the scale.
#[component]
pub(crate) fn Score(props: &Props) -> Html {
    let Figure { measure, estimate, min, max, spread_withheld } = props.score;
    let decimals = decimals(measure, estimate);
    let Estimate { value, low, high } = estimate;
    let name = match measure {
        ScoreMeasure::NetPromoterScore => "Net Promoter Score℠",
        ScoreMeasure::Mean | ScoreMeasure::MeanNumber => "Mean",
        ScoreMeasure::Index => "Index",
    };
    let label =
        format!("{name} on its scale from {} to {}", figure::decimal(min, 0), figure::decimal(max, 0));
    html! {
        <div class="score">
            <p class="score-name">{ name }</p>
            <p class="score-figure">
                <strong>{ figure::decimal(value, decimals) }</strong>
                if matches!(measure, ScoreMeasure::Mean | ScoreMeasure::Index) {
                    <span class="score-of">{ format!(" of {}", figure::decimal(max, 0)) }</span>
                }
                <span class="unseen">{ ", " }</span>
                <span class="score-range">{ figure::certainty(estimate, decimals) }</span>
            </p>
            if spread_withheld {
                <p class="score-spread">{ WIDE }</p>
            }
            <Chart drawing={Drawing::Interval(Interval { value, low, high, min, max })} {label} />
        </div>
    }
}

/// A mean gets a second decimal if its interval is narrow enough to need it.
fn decimals(measure: ScoreMeasure, estimate: Estimate) -> usize {
    match measure {
        ScoreMeasure::NetPromoterScore => 0,
        ScoreMeasure::Index => usize::from(estimate.high - estimate.low < 1.0),
        ScoreMeasure::Mean | ScoreMeasure::MeanNumber if estimate.high - estimate.low < 0.1 => 2,
        ScoreMeasure::Mean | ScoreMeasure::MeanNumber => 1,
    }
}
