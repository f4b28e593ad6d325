//! What a device that several people share shows of what is sent: its form, and never sums of others' answers. Whoever
//! answers twice after a colleague could else work out the colleague's.

use super::sent_view::{goes_to, intro, release};
use crate::state::State;
use puls_core::privacy::{Outcome, form};
use yew::{Html, html};

/// The form of the release of a batch of `k` people, and what each field of it means; nothing before the answers are complete.
pub(super) fn sent_form(state: &State, k: u32) -> Html {
    let Some(prepared) = state.prepared.as_deref() else { return Html::default() };
    let (words, definition) = (&state.setup.words, &state.setup.definition);
    let intro = match prepared.outcome {
        Outcome::Held { respondents, of } => words.fill("held", &[respondents, of.into()]),
        _ => intro(state),
    };
    html! {
        <>
            <p>{ words.get("form") }</p>
            <p>{ intro }</p>
            { release(form(definition, k, &state.setup.segment, prepared.wave)) }
            <dl>{ for fields(state) }</dl>
            { goes_to(state) }
        </>
    }
}

/// The fields of a release, each with what it means.
fn fields(state: &State) -> Vec<Html> {
    let mut fields = state.setup.words.get("fields");
    if !state.setup.definition.joint.lines().is_empty() {
        fields += &state.setup.words.get("fields_joint");
    }
    let field = |(name, meaning)| html! { <><dt dir="ltr">{ name }</dt><dd>{ meaning }</dd></> };
    fields.split('\n').filter_map(|line| line.split_once(": ")).map(field).collect()
}
