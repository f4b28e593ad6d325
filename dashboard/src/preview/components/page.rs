//! The whole preview: the text, and what follows from it.

use super::editor::Editor;
use super::every_screen::EveryScreen;
use super::pickers::Pickers;
use super::snippet::Snippet;
use super::stage::Stage;
use super::thoughts::Thoughts;
use crate::browser::text_area;
use crate::components::icon::{Glyph, Icon};
use crate::preview::check::Selection;
use crate::preview::state::{Action, State, Valid};
use std::rc::Rc;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub(crate) state: State,
    /// The ids of the collector's surveys.
    pub(crate) surveys: Vec<String>,
    /// The collector's address, for the snippet.
    pub(crate) origin: AttrValue,
    /// Takes what the author does.
    pub(crate) dispatch: Callback<Action>,
}

#[component]
pub(crate) fn Page(props: &Props) -> Html {
    let Props { state, surveys, dispatch, .. } = props;
    let area = use_node_ref();
    let select = {
        let area = area.clone();
        Callback::from(move |Selection { start, end, line, lines }| {
            text_area::select(&area, (start, end), (line, lines));
        })
    };
    html! {
        <>
            <header class="bar">
                <p class="brand"><Icon glyph={Glyph::Pulse} />{ "Puls" }<span>{ "Preview" }</span></p>
            </header>
            <main class="workbench">
                <h1 class="unseen">{ "Preview a survey" }</h1>
                <Editor state={state.clone()} surveys={surveys.clone()} {area} select={select.clone()}
                    dispatch={dispatch.clone()} />
                <div class="outcome">{ outcome(props, select) }</div>
            </main>
        </>
    }
}

fn outcome(props: &Props, select: Callback<Selection>) -> Html {
    let Props { state, origin, dispatch, .. } = props;
    let Some(valid) = &state.valid else { return waiting(state) };
    let (valid, look) = (Rc::clone(valid), state.look.clone());
    html! {
        <>
            if !state.mistakes.is_empty() {
                <p class="caution"><Icon glyph={Glyph::Caution} /><span>
                    { "This is the definition as it was before the mistake." }
                </span></p>
            }
            <Pickers valid={valid.clone()} look={look.clone()} dispatch={dispatch.clone()} />
            <Stage valid={valid.clone()} look={look.clone()} begun={state.begun} dispatch={dispatch.clone()} />
            { thoughts(&valid, state, select) }
            <Snippet text={look.snippet(&valid.definition, origin)} />
            <EveryScreen {valid} {look} screens={state.screens.clone()} dispatch={dispatch.clone()} />
        </>
    }
}

/// The warnings. Their places are in the checked text; if the text has changed since, they lead nowhere.
fn thoughts(valid: &Rc<Valid>, state: &State, select: Callback<Selection>) -> Html {
    html! { <Thoughts valid={valid.clone()} current={valid.text == state.text} {select} /> }
}

fn waiting(state: &State) -> Html {
    let (title, text) = match (state.is_empty(), &state.opening) {
        (_, Some(_)) => ("Loading…", ""),
        (true, None) => ("Nothing to show yet", "Open one of the surveys, or paste a definition."),
        (false, None) => ("Not a survey yet", "Once the mistakes are mended, the survey is shown here."),
    };
    html! {
        <section class="card message">
            <Icon glyph={Glyph::Tray} />
            <h2>{ title }</h2>
            if !text.is_empty() {
                <p>{ text }</p>
            }
        </section>
    }
}
