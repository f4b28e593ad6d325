//! The list of warnings.

use crate::components::icon::{Glyph, Icon};
use crate::preview::check::{Selection, selection};
use crate::preview::state::Valid;
use crate::preview::warnings::Warning;
use std::rc::Rc;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// The definition, with its warnings.
    pub(crate) valid: Rc<Valid>,
    /// Whether the text area has this definition.
    pub(crate) current: bool,
    /// Selects something in the text area.
    pub(crate) select: Callback<Selection>,
}

/// Each warning with its places. Without warnings, it renders nothing.
#[component]
pub(crate) fn Thoughts(props: &Props) -> Html {
    if props.valid.warnings.is_empty() {
        return html! {};
    }
    html! {
        <section class="card thoughts" aria-labelledby="thoughts">
            <h2 id="thoughts"><Icon glyph={Glyph::Caution} />{ "Worth a thought" }</h2>
            <ul>{ for props.valid.warnings.iter().map(|warning| item(props, warning)) }</ul>
        </section>
    }
}

fn item(Props { valid, current, select }: &Props, Warning { text, places }: &Warning) -> Html {
    let place = |place: &String| {
        let (valid, wanted) = (Rc::clone(valid), place.clone());
        let onclick = select.reform(move |_: MouseEvent| selection(&valid.text, &wanted));
        html! {
            <button type="button" class="place" disabled={!current} {onclick}><code>{ place }</code></button>
        }
    };
    html! { <li><p>{ text }</p><p class="places">{ for places.iter().map(place) }</p></li> }
}
