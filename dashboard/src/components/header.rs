//! The bar at the top of the page.

use super::icon::{Glyph, Icon};
use crate::state::Action;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// Whether a token is in use.
    pub(crate) signed_in: bool,
    /// Takes what the reader does.
    pub(crate) dispatch: Callback<Action>,
}

/// The product's name, and the actions that every view has.
#[component]
pub(crate) fn Header(props: &Props) -> Html {
    let refresh = props.dispatch.reform(|_: MouseEvent| Action::Refresh);
    let sign_out = props.dispatch.reform(|_: MouseEvent| Action::SignOut);
    html! {
        <header class="bar">
            <p class="brand"><Icon glyph={Glyph::Pulse} />{ "Puls" }<span>{ "Results" }</span></p>
            if props.signed_in {
                <button type="button" class="quiet" onclick={refresh}>
                    <Icon glyph={Glyph::Refresh} /><span>{ "Refresh" }</span>
                </button>
                <button type="button" class="quiet" onclick={sign_out}>
                    <Icon glyph={Glyph::SignOut} /><span>{ "Sign out" }</span>
                </button>
            }
        </header>
    }
}
