//! Says what went wrong, and what to do about it.

use super::icon::{Glyph, Icon};
use crate::failure::Failure;
use crate::state::Action;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub(crate) failure: Failure,
    /// Takes what the reader does.
    pub(crate) dispatch: Callback<Action>,
}

/// A card that says what happened, with a button that tries again.
#[component]
pub(crate) fn Failed(props: &Props) -> Html {
    let retry = props.dispatch.reform(|_: MouseEvent| Action::Refresh);
    html! {
        <section class="card message failed">
            <Icon glyph={Glyph::Caution} />
            <h1>{ props.failure.to_string() }</h1>
            if let Some(detail) = props.failure.detail() {
                <p class="detail">{ detail }</p>
            }
            <p>{ props.failure.advice() }</p>
            <button type="button" class="main" onclick={retry}>{ "Try again" }</button>
        </section>
    }
}
