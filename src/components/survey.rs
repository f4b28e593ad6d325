use super::footer::footer;
use super::message::message;
use super::question::Question;
use super::sent_view::sent_view;
use crate::browser::focus;
use crate::state::{Action, Screen, Setup, State};
use crate::words::{direction, fill};
use puls_core::definition::{Display, Item};
use puls_core::privacy::Prepared;
use puls_core::response::Response;
use std::rc::Rc;
use yew::{Callback, Html, KeyboardEvent, NodeRef, Properties, UseReducerHandle, function_component};
use yew::{hook, html, use_effect, use_effect_with, use_mut_ref, use_node_ref, use_reducer};

/// Works out what complete answers lead to; `None` where that is impossible.
pub(crate) type Prepare = Callback<Response, Option<Rc<Prepared>>>;

/// What the page around the survey is told.
pub(crate) enum Event {
    /// The first screen can be used.
    Shown,
    /// The item with this id was answered; never how.
    Answered(String),
    /// The respondent sent what was prepared.
    Sent(Rc<Prepared>),
    /// Closed before anything was sent.
    Dismissed,
    /// Closed afterwards.
    Closed,
}

#[derive(Properties)]
pub(crate) struct SurveyProps {
    pub(crate) setup: Rc<Setup>,
    pub(crate) prepare: Prepare,
    pub(crate) on_event: Callback<Event>,
}

impl PartialEq for SurveyProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.setup, &other.setup)
    }
}

/// The whole survey: one screen at a time, and what surrounds it.
#[function_component]
pub(crate) fn Survey(props: &SurveyProps) -> Html {
    let setup = Rc::clone(&props.setup);
    let state = use_reducer(move || State::new(setup));
    let panel = use_node_ref();
    use_preparation(&state, &props.prepare);
    use_screen_changes(&state, &panel, &props.on_event);

    let act = actions(&state, &props.on_event);
    let close = closing(&state, &props.on_event);
    let Setup { definition, display, language, words, .. } = &*state.setup;
    let popover = *display == Display::Popover;
    let onkeydown = {
        let close = close.clone();
        Callback::from(move |event: KeyboardEvent| {
            if popover && event.key() == "Escape" {
                event.stop_propagation();
                close.emit(());
            }
        })
    };
    html! {
        <section ref={panel} class="panel" part="panel" data-display={if popover { "popover" } else { "inline" }}
            lang={language.clone()} dir={direction(language)} {onkeydown}
            role={if popover { "dialog" } else { "region" }} aria-label={definition.title.get(language).to_owned()}>
            <div class="head">
                { progress(&state) }
                if popover {
                    <button type="button" part="close" class="icon" aria-label={words.close}
                        onclick={close.reform(|_| ())}>
                        <svg viewBox="0 0 24 24" aria-hidden="true"><path d="M6 6l12 12M18 6L6 18" /></svg>
                    </button>
                }
            </div>
            { screen(&state, &act) }
            { footer(&state, &act, &close) }
        </section>
    }
}

pub(super) fn screen(state: &State, act: &Callback<Action>) -> Html {
    if state.sent_view {
        return sent_view(state);
    }
    match state.screen {
        Screen::Item(index) => html! { <Question key={index} state={state.clone()} {act} /> },
        Screen::Thanks | Screen::Failed => message(state),
    }
}

/// How far the respondent has come, seen and read out.
fn progress(state: &State) -> Html {
    let questions = |items: &[Item]| items.iter().filter(|item| item.kind.cells() > 0).count();
    let items = &state.setup.definition.items;
    let (Some((index, item)), of) = (state.item(), questions(items)) else { return html! { <span /> } };
    if of < 2 || item.kind.cells() == 0 {
        return html! { <span /> };
    }
    let at = questions(items.get(..=index).unwrap_or_default());
    html! {
        <div class="progress" part="progress">
            <progress aria-hidden="true" value={at.to_string()} max={of.to_string()} />
            <span role="status">{ fill(state.setup.words.progress, &[at as u64, of as u64]) }</span>
        </div>
    }
}

/// Dispatches actions, and tells the page of those that matter to it.
fn actions(state: &UseReducerHandle<State>, on_event: &Callback<Event>) -> Callback<Action> {
    let (state, on_event) = (state.clone(), on_event.clone());
    Callback::from(move |action| {
        match (&action, state.item(), &state.prepared) {
            (Action::Choose(_), Some((_, item)), _) => on_event.emit(Event::Answered(item.id.clone())),
            (Action::Send, _, Some(prepared)) => on_event.emit(Event::Sent(Rc::clone(prepared))),
            _ => {}
        }
        state.dispatch(action);
    })
}

fn closing(state: &State, on_event: &Callback<Event>) -> Callback<()> {
    let done = !matches!(state.screen, Screen::Item(_));
    on_event.reform(move |()| if done { Event::Closed } else { Event::Dismissed })
}

/// Prepares what is to be sent as soon as the answers are complete, so that it can be read before.
#[hook]
fn use_preparation(state: &UseReducerHandle<State>, prepare: &Prepare) {
    let (state, prepare) = (state.clone(), prepare.clone());
    use_effect(move || {
        if state.prepared.is_none() && state.is_last() && state.is_complete() {
            let prepared = prepare.emit(state.response.clone());
            state.dispatch(prepared.map_or(Action::Failed, Action::Prepared));
        }
    });
}

/// Moves the focus to each new screen but the first, of which the page is told: from there on the
/// respondent is in the survey, so the focus is never taken from the page.
#[hook]
fn use_screen_changes(state: &State, panel: &NodeRef, on_event: &Callback<Event>) {
    let (panel, on_event) = (panel.clone(), on_event.clone());
    let before = use_mut_ref(|| None);
    use_effect_with((state.screen, state.sent_view), move |now| match before.replace(Some(*now)) {
        None => on_event.emit(Event::Shown),
        Some((screen, true)) if screen == now.0 => focus(&panel, "[aria-expanded]"),
        Some(_) => focus(&panel, "[data-focus]"),
    });
}
