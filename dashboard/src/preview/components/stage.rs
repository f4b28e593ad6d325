//! The survey itself, which can be answered, in a frame.

use crate::browser::frame;
use crate::components::icon::{Glyph, Icon};
use crate::preview::look::Look;
use crate::preview::state::{Action, Valid};
use std::rc::Rc;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// The survey.
    pub(crate) valid: Rc<Valid>,
    /// How the author looks at it.
    pub(crate) look: Look,
    /// The number of restarts. The survey begins anew when it changes.
    pub(crate) begun: u32,
    /// Takes what the author does.
    pub(crate) dispatch: Callback<Action>,
}

/// The survey as respondents get it. Answers go nowhere.
#[component]
pub(crate) fn Stage(Props { valid, look, begun, dispatch }: &Props) -> Html {
    let node = use_node_ref();
    let message = look.message(&valid.definition, &valid.text);
    let onload = {
        let (node, message) = (node.clone(), message.clone());
        Callback::from(move |_: Event| frame::tell(&node, &message))
    };
    use_effect_with((message, *begun), {
        let node = node.clone();
        move |(message, _)| frame::tell(&node, message)
    });
    let restart = dispatch.reform(|_: MouseEvent| Action::Restart);
    html! {
        <section class="card stage" aria-labelledby="live">
            <div class="stage-head">
                <h2 id="live">{ "The survey" }</h2>
                <button type="button" class="quiet" onclick={restart}>
                    <Icon glyph={Glyph::Refresh} /><span>{ "Begin anew" }</span>
                </button>
            </div>
            <iframe ref={node} src="preview-frame" title="The survey as it is written" {onload}
                class={if look.phone { "phone" } else { "desktop" }} />
            <p class="small">{ "Nothing is sent from here, and nothing is kept. Links lead nowhere." }</p>
        </section>
    }
}
