//! A device that several people share: answers join the batch that it keeps.
//!
//! What it keeps is changed by one page after the other ([`Page::change`]), so that tabs and elements agree. Sending
//! takes two changes. With the first one the answers have joined the batch. If it is full then, nobody joins it any
//! more, and with the second one it is released: its release is in the outbox before the batch is cleared. A page
//! that is killed in between leaves a full batch behind. Whoever sends next releases it, under the id that it was
//! opened with, so that it counts once.

use super::{keep_from, keep_key, prepare_with, wave_of};
use crate::browser::Page;
use crate::delivery::{self, Departure};
use crate::state::{Action, State};
use std::cell::OnceCell;
use std::rc::Rc;
use wasm_bindgen::prelude::Closure;
use yew::UseReducerDispatcher;

/// Works out what the answers lead to as things stand; until they are sent, others' may join.
pub(super) fn prepare(page: &Page, state: State, done: UseReducerDispatcher<State>) {
    let there = page.clone();
    let key = keep_key(&state.setup.definition.id);
    change(page, &key, move |kept| {
        let prepared = prepare_with(&there, &state, kept);
        done.dispatch(prepared.map_or(Action::Failed, Action::Prepared));
        None
    });
}

/// Lets the answers join the batch, and releases it if that makes it full. They are sent when the batch is kept.
pub(super) fn join(page: &Page, state: State, done: UseReducerDispatcher<State>) {
    let definition = Rc::clone(&state.setup.definition);
    let key = keep_key(&definition.id);
    let joined = Rc::new(OnceCell::new());
    let (there, outcome) = (page.clone(), Rc::clone(&joined));
    change(page, &key, move |kept| {
        let prepared = prepare_with(&there, &state, kept)?;
        outcome.get_or_init(|| Rc::clone(&prepared));
        Some(prepared.keep.to_string())
    });
    let there = page.clone();
    change(page, &key, move |kept| {
        let Some(prepared) = joined.get() else {
            done.dispatch(Action::Failed);
            return None;
        };
        let mut keep = keep_from(kept, &definition);
        let full = keep.take_full(&definition, wave_of(&there, &definition));
        full.iter().for_each(|release| delivery::send(release, &there, Departure::AtOnce));
        there.emit("puls-completed", &format!(r#"{{"survey":"{}"}}"#, definition.id));
        done.dispatch(Action::Prepared(Rc::clone(prepared)));
        done.dispatch(Action::Send);
        (!full.is_empty()).then(|| keep.to_string())
    });
}

fn change(page: &Page, key: &str, change: impl FnOnce(Option<String>) -> Option<String> + 'static) {
    page.change(key, &Closure::once_into_js(change));
}
