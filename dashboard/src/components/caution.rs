//! Warns if noise outweighs the differences that there are to see.

use super::icon::{Glyph, Icon};
use crate::figure;
use puls_analysis::results::StatedMechanism;
use yew::prelude::*;

/// The number of respondents below which the noise of randomised answers hides most differences.
const ENOUGH: u64 = 300;

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// How answers were protected.
    pub(crate) mechanism: StatedMechanism,
    /// The number of respondents.
    pub(crate) respondents: u64,
}

/// Says that there are still too few randomised answers to read closely; otherwise it renders nothing.
#[component]
pub(crate) fn Caution(props: &Props) -> Html {
    if !matches!(props.mechanism, StatedMechanism::Randomised { .. }) || props.respondents >= ENOUGH {
        return html! {};
    }
    html! {
        <p class="caution">
            <Icon glyph={Glyph::Caution} />
            <span>
                <strong>{ "Read with caution." }</strong>
                { format!(
                    " {} so far: the noise that protects each of them is still strong. Below about {ENOUGH}, \
                     look at the ranges rather than at the figures, and don't compare groups.",
                    figure::respondents(props.respondents),
                ) }
            </span>
        </p>
    }
}
