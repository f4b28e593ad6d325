//! What changed figures that stood still before.

use super::icon::{Glyph, Icon};
use puls_analysis::results::Revision;
use yew::prelude::*;

/// What was changed.
#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// The oldest first.
    pub(crate) revisions: Vec<Revision>,
}

/// Says of each revision when it was made, of which wave, and why; nothing where there is none.
#[component]
pub(crate) fn Revisions(props: &Props) -> Html {
    if props.revisions.is_empty() {
        return html! {};
    }
    let revised = |Revision { wave, version, day, reason, .. }: &Revision| {
        html! { <li><strong>{ format!("{wave}, version {version}") }</strong>{ format!(", changed on {day}: {reason}") }</li> }
    };
    html! {
        <aside class="revisions">
            <Icon glyph={Glyph::Caution} />
            <div>
                <h2>{ "These figures were revised" }</h2>
                <ul>{ for props.revisions.iter().map(revised) }</ul>
            </div>
        </aside>
    }
}
