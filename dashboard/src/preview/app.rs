//! The application: it holds the state, and carries out what the state asks for outside the reducer.

use super::components::page::Page;
use super::layout::laid_out;
use super::screens;
use super::state::{Action, Request, State};
use crate::browser::{address, document, http, session};
use crate::failure::Failure;
use gloo::timers::callback::Timeout;
use std::rc::Rc;
use web_sys::Element;
use yew::platform::spawn_local;
use yew::prelude::*;

/// How long an author has to pause before the text is checked, in milliseconds.
const PAUSE: u32 = 150;

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// The ids of the collector's surveys.
    pub(crate) surveys: Vec<String>,
    /// The survey that the address asks for.
    pub(crate) asked: Option<String>,
    /// The text that was being written in this tab.
    pub(crate) draft: Option<String>,
    /// The collector's address.
    pub(crate) origin: String,
    /// Whether the window is as narrow as a phone's.
    pub(crate) narrow: bool,
}

/// Starts the preview in an element whose `data-surveys` lists the collector's surveys.
pub(crate) fn start(root: Element) {
    let surveys: Vec<String> = root
        .get_attribute("data-surveys")
        .map(|ids| ids.split_whitespace().map(str::to_owned).collect())
        .unwrap_or_default();
    let props = Props {
        asked: address::take_survey().filter(|id| surveys.contains(id)),
        draft: session::draft().filter(|text| !text.trim().is_empty()),
        origin: address::origin(),
        narrow: document::width().is_some_and(|width| width < 600.0),
        surveys,
    };
    yew::Renderer::<App>::with_root_and_props(root, props).render();
}

/// The preview.
#[component]
pub(crate) fn App(props: &Props) -> Html {
    let state = use_reducer(|| begin(props));
    let dispatch = {
        let dispatcher = state.dispatcher();
        Callback::from(move |action| dispatcher.dispatch(action))
    };
    use_checking(&state.text, dispatch.clone());
    use_opening(state.opening.clone(), dispatch.clone());
    use_drawing(state.request(), dispatch.clone());
    use_effect_with(title(&state), |title| document::set_title(title));
    html! {
        <Page state={State::clone(&state)} surveys={props.surveys.clone()} origin={props.origin.clone()} {dispatch} />
    }
}

/// The first state: with the requested survey, or else the text that was being written, or else the first survey.
fn begin(props: &Props) -> State {
    let mut state = State::new(props.draft.as_deref().unwrap_or_default());
    state.look.phone = props.narrow;
    state.opening = props.asked.clone();
    if state.is_empty() && state.opening.is_none() {
        state.opening = props.surveys.first().cloned();
    }
    state
}

/// Keeps the text at each change, and has it checked when its author pauses.
#[hook]
fn use_checking(text: &Rc<str>, dispatch: Callback<Action>) {
    use_effect_with(Rc::clone(text), move |text| {
        session::keep_draft(text);
        let pause = Timeout::new(PAUSE, move || dispatch.emit(Action::Check));
        move || drop(pause)
    });
}

/// Fetches the definition of one of the collector's surveys.
#[hook]
fn use_opening(id: Option<String>, dispatch: Callback<Action>) {
    use_effect_with(id, move |id| {
        let Some(id) = id.clone() else { return };
        spawn_local(async move {
            let received = http::get_public(&format!("v1/surveys/{id}")).await;
            dispatch.emit(Action::Opened(id, received.and_then(readable)));
        });
    });
}

/// Fetches the pictures of the screens.
#[hook]
fn use_drawing(request: Option<Request>, dispatch: Callback<Action>) {
    use_effect_with(request, move |request| {
        let Some(Request { round, text, query }) = request.clone() else { return };
        spawn_local(async move {
            let received = http::post_json(&format!("v1/screens{query}"), &text).await;
            dispatch.emit(Action::Drawn(round, received.and_then(screens::read)));
        });
    });
}

/// A definition as people write it, since the collector serves it without white space.
fn readable((status, body): (u16, String)) -> Result<String, Failure> {
    if !(200..300).contains(&status) {
        return Err(Failure::of_status(status, &body));
    }
    serde_json::from_str(&body)
        .map(|json| laid_out(&json))
        .map_err(|error| Failure::Unreadable { reason: error.to_string() })
}

fn title(state: &State) -> String {
    match &state.valid {
        Some(valid) => format!("{} – Puls preview", valid.definition.id),
        None => "Puls preview".to_owned(),
    }
}
