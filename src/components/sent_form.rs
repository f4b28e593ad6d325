//! On a device that several people share, the view of what is sent shows only its form, never sums of others' answers.
//! Otherwise somebody who answers twice after a colleague could fill a batch of three, and subtract their own answers
//! from its sums.

use super::sent_view::{goes_to, intro, release};
use crate::state::{Outgoing, State};
use puls_core::privacy::{Outcome, form};
use yew::{Html, html};

/// The form of a release of `k` people, and what each of its fields means. Empty until the answers are complete.
pub(super) fn sent_form(state: &State, k: u32) -> Html {
    let Some(Outgoing::Prepared(prepared)) = state.outgoing() else { return Html::default() };
    let (words, definition) = (&state.setup.words, &state.setup.definition);
    let intro = match prepared.outcome {
        Outcome::Held { respondents, of } => words.fill("held", &[respondents, of.into()]),
        _ => intro(state),
    };
    let mut fields = words.get("fields");
    if !definition.joint.lines().is_empty() {
        fields += &words.get("fields_joint");
    }
    html! {
        <>
            <p>{ words.get("form") }</p>
            <p>{ intro }</p>
            { release(form(definition, k, &state.setup.segment, prepared.wave)) }
            <div class="fields">{ fields }</div>
            { goes_to(state) }
        </>
    }
}
