//! The definition's text and its mistakes.

use crate::browser::form;
use crate::components::icon::{Glyph, Icon};
use crate::components::select::Select;
use crate::preview::check::{Mistake, Selection};
use crate::preview::state::{Action, State};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub(crate) state: State,
    /// The ids of the surveys to start from.
    pub(crate) surveys: Vec<String>,
    /// The text area.
    pub(crate) area: NodeRef,
    /// Selects something in the text area.
    pub(crate) select: Callback<Selection>,
    /// Takes what the author does.
    pub(crate) dispatch: Callback<Action>,
}

/// The text area, and the list of mistakes below it.
#[component]
pub(crate) fn Editor(props: &Props) -> Html {
    let Props { state, area, dispatch, .. } = props;
    let oninput = dispatch.reform(|event: InputEvent| Action::Type(form::value(&event).unwrap_or_default()));
    let broken = !state.mistakes.is_empty();
    html! {
        <section class="author" aria-labelledby="definition-label">
            { opener(props) }
            <label id="definition-label" for="definition">{ "Definition" }</label>
            <textarea id="definition" ref={area.clone()} value={state.text.to_string()} {oninput} spellcheck="false"
                autocapitalize="off" autocomplete="off" wrap="off" rows="14" aria-invalid={broken.then_some("true")}
                aria-describedby="verdict" />
            <div class="verdict">
                { verdict(state) }
                if broken {
                    <ul class="mistakes" aria-label="Mistakes">
                        { for state.mistakes.iter().map(|mistake| item(mistake, &props.select)) }
                    </ul>
                }
            </div>
        </section>
    }
}

/// The list of surveys to start from. Choosing one puts its definition into the text area.
fn opener(Props { state, surveys, dispatch, .. }: &Props) -> Html {
    if surveys.is_empty() {
        return html! {};
    }
    let hint = (String::new(), "Choose a survey".to_owned());
    let options: Vec<_> =
        std::iter::once(hint).chain(surveys.iter().map(|id| (id.clone(), id.clone()))).collect();
    let chosen = state.opening.clone().unwrap_or_default();
    let open = dispatch.clone();
    let onchoose = Callback::from(move |id: String| {
        if !id.is_empty() {
            open.emit(Action::Open(id));
        }
    });
    let bring_back = dispatch.reform(|_: MouseEvent| Action::BringBack);
    html! {
        <div class="opener">
            <Select id="survey" label="Open a survey from this collector" {options} {chosen} {onchoose} />
            if state.replaced.is_some() {
                <button type="button" class="quiet" onclick={bring_back}>{ "Bring my text back" }</button>
            }
            if let Some(failure) = &state.not_opened {
                <p class="fault" role="alert">{ format!("{failure}. {}", failure.advice()) }</p>
            }
        </div>
    }
}

/// Says how many mistakes there are, to screen readers as well.
fn verdict(state: &State) -> Html {
    let (class, glyph, text) = match state.mistakes.len() {
        _ if state.is_empty() => ("sum", Glyph::Tray, "Nothing to check yet".to_owned()),
        0 if state.valid.is_none() => ("sum", Glyph::Tray, "Checking…".to_owned()),
        0 => ("sum sound", Glyph::Shield, "No mistakes".to_owned()),
        1 => ("sum broken", Glyph::Caution, "1 mistake".to_owned()),
        more => ("sum broken", Glyph::Caution, format!("{more} mistakes")),
    };
    html! { <p id="verdict" {class} role="status"><Icon {glyph} /><span>{ text }</span></p> }
}

fn item(mistake: &Mistake, select: &Callback<Selection>) -> Html {
    let (selection, Mistake { place, message, .. }) = (mistake.selection, mistake);
    let onclick = select.reform(move |_: MouseEvent| selection);
    html! {
        <li>
            <button type="button" class="mistake" {onclick}>
                <span class="mistake-place">
                    <code>{ if place.is_empty() { "the text" } else { place.as_str() } }</code>
                    <span>{ format!("line {}", selection.line) }</span>
                </span>
                <span>{ message }</span>
            </button>
        </li>
    }
}
