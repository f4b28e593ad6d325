use crate::state::{Action, State};
use yew::{Callback, Html, html};

/// What a shared device shows while it waits for somebody.
pub(super) fn start(state: &State, act: &Callback<Action>) -> Html {
    html! {
        <div class="screen start">
            <h2 tabindex="-1" data-focus="">{ state.read(&state.setup.definition.title) }</h2>
            <button type="button" part="primary" class="primary" onclick={act.reform(|_| Action::Begin)}>
                { state.setup.words.get("start") }
            </button>
        </div>
    }
}
