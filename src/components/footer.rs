use super::link::route;
use crate::state::{Action, Screen, State};
use puls_core::FULL;
use yew::{Callback, Html, MouseEvent, html};

/// What the buttons of a footer do beyond the survey's own screens.
#[derive(Clone)]
pub(super) struct Ways {
    /// Closes the survey, for now.
    pub(super) close: Callback<()>,
    /// Closes it for good.
    pub(super) never: Callback<()>,
    /// Starts the survey again for the next person.
    pub(super) restart: Callback<()>,
}

/// The foot of a screen: the ways out that are offered, the button for what is sent, and the buttons that lead on.
pub(super) fn footer(state: &State, act: &Callback<Action>, ways: &Ways) -> Html {
    let words = &state.setup.words;
    // A survey that a trigger opened can be put off or refused for good on its first screen. On a shared device it
    // can't: one person would refuse for all others.
    let first = state.item().is_some() && !state.has_back();
    let can_put_off = state.setup.uncalled && first && !is_shared(state);
    html! {
        <>
            if FULL && !state.sent_view {
                { for routes(state).into_iter().map(|offered| route(state, offered, act)) }
            }
            <div class="foot">
                <button type="button" part="sent-toggle" class="quiet"
                    onclick={act.reform(|_| Action::ToggleSentView)}>
                    { words.get(if state.sent_view { "back" } else { "what_is_sent" }) }
                </button>
                if !state.sent_view {
                    if can_put_off {
                        <button type="button" part="not-now" class="quiet" onclick={ways.close.reform(|_| ())}>
                            { words.get("not_now") }
                        </button>
                        <button type="button" part="never" class="quiet" onclick={ways.never.reform(|_| ())}>
                            { words.get("never") }
                        </button>
                    }
                    <div class="ways">
                        if state.has_back() {
                            <button type="button" part="back" class="plain" onclick={act.reform(|_| Action::Back)}>
                                { words.get("back") }
                            </button>
                        }
                        { way_on(state, act, ways) }
                    </div>
                }
            </div>
        </>
    }
}

/// Whether several people answer on this device.
fn is_shared(state: &State) -> bool {
    state.joins().is_some() || state.setup.is_kiosk()
}

/// The ways out that are offered, as indices.
fn routes(state: &State) -> Vec<usize> {
    match &state.screen {
        Screen::Item(..) => state.path().routes().to_vec(),
        Screen::Thanks { routes, .. } => routes.clone(),
        Screen::Start | Screen::Curtain | Screen::Failed => Vec::new(),
    }
}

fn way_on(state: &State, act: &Callback<Action>, ways: &Ways) -> Html {
    let button = |label: &str, class: &'static str, disabled: bool, onclick: Callback<MouseEvent>| {
        let label = state.setup.words.get(label);
        html! { <button type="button" part="primary" {class} {disabled} {onclick}>{ label }</button> }
    };
    match state.screen {
        Screen::Item(..) if state.is_last() => {
            button("send", "primary", !state.is_ready(), act.reform(|_| Action::Send))
        }
        Screen::Item(..) if state.may_leave() => {
            let (label, class) = if state.is_skip() { ("skip", "plain") } else { ("next", "primary") };
            button(label, class, false, act.reform(|_| Action::Next))
        }
        Screen::Thanks { .. } if FULL && is_shared(state) => {
            button("next_person", "primary", false, ways.restart.reform(|_| ()))
        }
        Screen::Thanks { .. } | Screen::Failed if state.setup.is_above_page() => {
            button("close", "primary", false, ways.close.reform(|_| ()))
        }
        _ => Html::default(),
    }
}
