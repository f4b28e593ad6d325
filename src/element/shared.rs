//! A device that several people share: answers join the batch that the device keeps.
//!
//! Sending changes what is kept twice. The first change lets the answers join the batch. Nobody joins a batch that is
//! full. The second change releases a full batch: it puts the release into the outbox, and then clears the batch. A
//! page that is killed in between leaves a full batch behind. The next person who sends releases it, under the id that
//! it was opened with, so that it counts once.

use super::preparing::{change, keep_from, prepare_with, wave};
use crate::browser::Page;
use crate::delivery::{self, Departure};
use crate::state::{Action, State};
use std::cell::OnceCell;
use std::rc::Rc;
use yew::UseReducerHandle;

/// Lets the answers join the batch, and releases the batch if it is full now. The answers count as sent once the batch
/// is kept.
pub(super) fn join(page: &Page, state: UseReducerHandle<State>) {
    let done = state.dispatcher();
    let definition = Rc::clone(&state.setup.definition);
    let joined = Rc::new(OnceCell::new());
    let (there, outcome) = (page.clone(), Rc::clone(&joined));
    change(page, &definition, move |kept| {
        let prepared = prepare_with(&there, &state, kept)?;
        outcome.get_or_init(|| Rc::clone(&prepared));
        Some(prepared.keep.to_string())
    });
    let (there, of) = (page.clone(), Rc::clone(&definition));
    change(page, &of, move |kept| {
        let Some(prepared) = joined.get() else {
            done.dispatch(Action::Failed);
            return None;
        };
        let mut keep = keep_from(kept, &definition);
        let full = keep.take_full(&definition, wave(&there, &definition));
        full.iter().for_each(|release| delivery::send(release, &there, Departure::AtOnce));
        there.emit("puls-completed", &format!(r#"{{"survey":"{}"}}"#, definition.id));
        done.dispatch(Action::Joined(Rc::clone(prepared)));
        (!full.is_empty()).then(|| keep.to_string())
    });
}
