//! What a device that several people share shows of what is sent: its form, and never sums of others' answers. Whoever
//! answers twice after a colleague could else work out the colleague's.

use super::sent_view::goes_to;
use crate::state::State;
use puls_core::privacy::{Outcome, Prepared, form};
use yew::{Html, html};

/// The form of the release of a batch of `k` people, and what each field of it means; nothing before the answers are complete.
pub(super) fn sent_form(state: &State, k: u32) -> Html {
    let Some(prepared) = state.prepared.as_deref() else { return Html::default() };
    let words = &state.setup.words;
    html! {
        <>
            <p>{ progress(state, prepared, k) }</p>
            <p>{ words.fill("form", &[k.into()]) }</p>
            <pre part="release" tabindex="0" dir="ltr">
                { form(&state.setup.definition, k, &state.setup.segment, prepared.wave) }
            </pre>
            <dl>{ for fields(state) }</dl>
            { goes_to(state) }
        </>
    }
}

/// How many people the device has with this one.
fn progress(state: &State, prepared: &Prepared, k: u32) -> String {
    let (key, respondents) = match prepared.outcome {
        Outcome::Held { respondents, .. } => ("held", respondents),
        _ => ("complete", k.into()),
    };
    state.setup.words.fill(key, &[respondents, k.into()])
}

/// The fields of a release, each with what it means.
fn fields(state: &State) -> Vec<Html> {
    let words = &state.setup.words;
    let mut fields = words.get("fields");
    if !state.setup.definition.joint.lines().is_empty() {
        fields += &words.get("fields_joint");
    }
    let field = |(name, meaning)| html! { <><dt dir="ltr">{ name }</dt><dd>{ meaning }</dd></> };
    fields.split('\n').filter_map(|line| line.split_once(": ")).map(field).collect()
}
