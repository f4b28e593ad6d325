use crate::state::{Action, Screen, State};
use puls_core::definition::{Display, MechanismKind};
use yew::{Callback, Html, html};

/// The ways on from a screen, and the one to what is sent.
pub(super) fn footer(state: &State, act: &Callback<Action>, close: &Callback<()>) -> Html {
    let words = state.setup.words;
    let expanded = state.sent_view;
    html! {
        <div class="foot">
            <button type="button" part="sent-toggle" class="quiet" aria-expanded={expanded.to_string()}
                onclick={act.reform(|_| Action::ToggleSentView)}>
                { if expanded { words.back } else { words.what_is_sent } }
            </button>
            if !expanded {
                <div class="ways">
                    if matches!(state.screen, Screen::Item(1..)) {
                        <button type="button" part="back" class="plain" onclick={act.reform(|_| Action::Back)}>
                            { words.back }
                        </button>
                    }
                    { way_on(state, act, close) }
                </div>
            }
        </div>
    }
}

fn way_on(state: &State, act: &Callback<Action>, close: &Callback<()>) -> Html {
    let words = state.setup.words;
    let button = |label: &'static str, disabled: bool, onclick: Callback<yew::MouseEvent>| {
        html! { <button type="button" part="primary" class="primary" {disabled} {onclick}>{ label }</button> }
    };
    let shared = state.setup.definition.privacy.kind() == MechanismKind::Batched;
    let popover = state.setup.display == Display::Popover;
    match (state.screen, state.item()) {
        (Screen::Item(_), Some(_)) if state.is_last() => {
            button(words.send, state.prepared.is_none(), act.reform(|_| Action::Send))
        }
        (Screen::Item(index), Some((_, item))) if state.may_leave() => {
            let skips = item.kind.cells() > 0 && state.response.chosen(index).is_none();
            button(if skips { words.skip } else { words.next }, false, act.reform(|_| Action::Next))
        }
        (Screen::Thanks, _) if shared => button(words.next_person, false, act.reform(|_| Action::Restart)),
        (Screen::Thanks | Screen::Failed, _) if popover => button(words.close, false, close.reform(|_| ())),
        _ => Html::default(),
    }
}
