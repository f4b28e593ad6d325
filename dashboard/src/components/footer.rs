//! The foot of the page.

use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// Whether the page shows a net promoter score.
    pub(crate) net_promoter: bool,
}

/// Notes on all figures, and trade marks.
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
