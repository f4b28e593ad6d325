use super::footer::Ways;
use crate::state::{Action, State};
use yew::{Callback, Html, html};

/// What stands in the place of everything between two people on a shared device.
pub(super) fn curtain(state: &State, act: &Callback<Action>, ways: &Ways) -> Html {
    if state.unattended { still_there(state, act, ways) } else { ready(state, act) }
}

/// Before answers vanish, whoever gave them may say that they are still there. Until then nobody else sees them.
fn still_there(state: &State, act: &Callback<Action>, ways: &Ways) -> Html {
    let words = &state.setup.words;
    html! {
        <div key="still" class="screen curtain" part="curtain">
            <h2 tabindex="-1" data-focus="">{ words.get("still_there") }</h2>
            <p>{ words.get("still_text") }</p>
            <div class="ways">
                <button type="button" class="plain" onclick={ways.restart.reform(|_| ())}>{ words.get("next_person") }</button>
                <button type="button" part="primary" class="primary" onclick={act.reform(|_| Action::GoOn)}>
                    { words.get("go_on") }
                </button>
            </div>
        </div>
    }
}

/// Nothing of the last person is left, and the next one may begin: by the button, which takes a tap anywhere.
fn ready(state: &State, act: &Callback<Action>) -> Html {
    let words = &state.setup.words;
    html! {
        <div key="ready" class="screen curtain" part="curtain">
            <p>{ state.read(&state.setup.definition.title) }</p>
            <h2 tabindex="-1" data-focus="">{ words.get("ready_for_next") }</h2>
            <button type="button" part="primary" class="primary anywhere" onclick={act.reform(|_| Action::Begin)}>
                { words.get("start") }
            </button>
        </div>
    }
}
