//! Lists the revisions: changes of figures that no release of an open wave made.

use super::icon::{Glyph, Icon};
use puls_analysis::results::Revision;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// The revisions, oldest first.
    pub(crate) revisions: Vec<Revision>,
}

/// Says when each revision was made, of which wave, and why. Without revisions, it renders nothing.
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
