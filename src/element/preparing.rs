//! Works out what complete answers lead to, with what this browser keeps of the survey.
//!
//! What it keeps is changed by one page after the other ([`Page::change`]), so that tabs and elements agree: two of
//! them draw no two maps of reports, and spend no ε unseen. What was drawn is kept before anything can leave.

use crate::browser::{self, BrowserRandom, Page};
use crate::state::{Action, State};
use puls_core::FULL;
use puls_core::definition::{Definition, Mechanism};
use puls_core::privacy::{Keep, PrepareError, Prepared, prepare};
use puls_core::wave::Wave;
use std::rc::Rc;
use wasm_bindgen::prelude::Closure;
use yew::UseReducerHandle;

/// Works out what the answers lead to as things stand, and has it sealed where it is to be, all ahead of Send: so what
/// leaves can be read before.
pub(super) fn prepare_ahead(page: &Page, state: UseReducerHandle<State>) {
    let there = page.clone();
    let definition = Rc::clone(&state.setup.definition);
    let prepare = move |kept| {
        let Some(prepared) = prepare_with(&there, &state, kept) else {
            state.dispatch(Action::Failed);
            return None;
        };
        state.dispatch(Action::Prepared(Rc::clone(&prepared), state.response.clone()));
        // The answers join a batch when they are sent.
        let keep = lasts(&state.setup.definition).then(|| prepared.keep.to_string());
        if FULL && let Mechanism::Sealed(sealed) = &state.setup.definition.privacy {
            let done = state.dispatcher();
            browser::seal(&there, sealed, prepared, move |reports| {
                done.dispatch(reports.map_or(Action::Failed, Action::Sealed));
            });
        }
        keep
    };
    match definition.privacy {
        // Nothing is kept of these.
        Mechanism::Direct | Mechanism::Sealed(_) if FULL => drop(prepare(None)),
        _ => change(page, &definition, prepare),
    }
}

/// Works out what the answers lead to with what is kept; where that is impossible, the page is told.
pub(super) fn prepare_with(page: &Page, state: &State, kept: Option<String>) -> Option<Rc<Prepared>> {
    let definition = &state.setup.definition;
    match prepare(&state.path(), keep_from(kept, definition), wave(page, definition), &mut BrowserRandom) {
        Ok(prepared) => Some(Rc::new(prepared)),
        Err(error) => {
            let code = match error {
                PrepareError::Randomness(_) => "randomness",
                PrepareError::Spent => "spent",
                PrepareError::Unsealable(_) if FULL => "sealed",
                _ => "incomplete",
            };
            page.fail(code, &error.to_string());
            None
        }
    }
}

/// The wave that today falls in.
pub(super) fn wave(page: &Page, definition: &Definition) -> Wave {
    Wave::of(definition.wave, page.today())
}

/// What this browser remembers of earlier respondents.
pub(super) fn keep_from(kept: Option<String>, definition: &Definition) -> Keep {
    let json = kept.and_then(|text| browser::parse(&text));
    json.map_or_else(Keep::default, |json| Keep::from_json(&json, definition))
}

/// Changes what is kept of a survey when nobody else is at it.
pub(super) fn change(
    page: &Page,
    definition: &Definition,
    change: impl FnOnce(Option<String>) -> Option<String> + 'static,
) {
    page.change(&definition.id, lasts(definition), &Closure::once_into_js(change));
}

/// Whether some of what is kept tells of no answer and no visit, and so outlasts the session whatever is asked for.
fn lasts(definition: &Definition) -> bool {
    matches!(definition.privacy, Mechanism::Randomised { .. })
}
