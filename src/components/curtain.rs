use super::footer::Ways;
use crate::state::{Action, State};
use yew::{Callback, Html, html};

/// The only thing on a shared device's screen between two people.
pub(super) fn curtain(state: &State, act: &Callback<Action>, ways: &Ways) -> Html {
    if state.unattended { still_there(state, act, ways) } else { ready(state, act) }
}

/// Asks whether the respondent is still there, before their answers are deleted. Meanwhile it covers the answers, so
/// that nobody else sees them.
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

/// Invites the next person; nothing of the last one is left. The button covers the screen, so a tap anywhere begins.
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
