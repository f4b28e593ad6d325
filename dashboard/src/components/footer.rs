//! The foot of the page.

use yew::prelude::*;

/// What the page shows.
#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// Whether a net promoter score is on it.
    pub(crate) net_promoter: bool,
}

/// What holds for all figures, and whose names are used.
#[component]
pub(crate) fn Footer(props: &Props) -> Html {
    html! {
        <footer>
            <p>{ "All figures are estimates; ranges hold with 95\u{a0}% certainty." }</p>
            if props.net_promoter {
                <p>
                    { "Net Promoter®, NPS® and Net Promoter Score℠ are trademarks of Bain & Company, Inc., \
                       NICE Systems, Inc. and Fred Reichheld." }
                </p>
            }
        </footer>
    }
}
