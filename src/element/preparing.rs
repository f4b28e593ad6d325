//! Works out what complete answers lead to, and changes what this browser keeps of the survey.
//!
//! Pages change what a browser keeps one after another ([`Page::change`]), so that tabs and elements agree: no two of
//! them draw different reports for the same answers, or spend ε that another doesn't see. What was drawn is kept before
//! anything can leave.

use crate::browser::{self, BrowserRandom, Page};
use crate::state::{Action, State};
use puls_core::FULL;
use puls_core::definition::{Definition, Mechanism};
use puls_core::privacy::{Keep, PrepareError, Prepared, prepare};
use puls_core::wave::Wave;
use std::rc::Rc;
use wasm_bindgen::prelude::Closure;
use yew::UseReducerHandle;

/// Works out what the answers lead to, and has it sealed in a sealed survey, before the respondent taps Send. So they
/// can read what leaves before it does.
pub(super) fn prepare_ahead(page: &Page, state: UseReducerHandle<State>) {
    let there = page.clone();
    let definition = Rc::clone(&state.setup.definition);
    let prepare = move |kept| {
        let Some(prepared) = prepare_with(&there, &state, kept) else {
            state.dispatch(Action::Failed);
            return None;
        };
        state.dispatch(Action::Prepared(Rc::clone(&prepared), state.response.clone()));
        // A batch is only kept when the answers are sent and join it.
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
        // The browser keeps nothing of these.
        Mechanism::Direct | Mechanism::Sealed(_) if FULL => drop(prepare(None)),
        _ => change(page, &definition, prepare),
    }
}

/// Works out what the answers lead to, by what is kept. Tells the page if that fails.
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

/// Reads what this browser remembers of earlier respondents.
pub(super) fn keep_from(kept: Option<String>, definition: &Definition) -> Keep {
    let json = kept.and_then(|text| browser::parse(&text));
    json.map_or_else(Keep::default, |json| Keep::from_json(&json, definition))
}

/// Changes what is kept of a survey, while no other page or element does.
pub(super) fn change(
    page: &Page,
    definition: &Definition,
    change: impl FnOnce(Option<String>) -> Option<String> + 'static,
) {
    page.change(&definition.id, lasts(definition), &Closure::once_into_js(change));
}

/// Whether the browser keeps parts that tell of no answer and no visit. They outlast the session even if the respondent
/// asks not to be tracked.
fn lasts(definition: &Definition) -> bool {
    matches!(definition.privacy, Mechanism::Randomised { .. })
}
