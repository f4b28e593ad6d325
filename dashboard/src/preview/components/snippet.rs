//! The script tag that shows the survey on a page as it is shown here.

use crate::browser::text_area;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// The script tag.
    pub(crate) text: AttrValue,
}

/// The script tag, and a button that copies it.
#[component]
pub(crate) fn Snippet(props: &Props) -> Html {
    let area = use_node_ref();
    let said = use_state(|| "");
    {
        let said = said.clone();
        use_effect_with(props.text.clone(), move |_| said.set(""));
    }
    let copy = {
        let (area, said) = (area.clone(), said.clone());
        move |_: MouseEvent| {
            said.set(if text_area::copy(&area) { "Copied" } else { "Selected: copy it by hand" });
        }
    };
    html! {
        <section class="card snippet" aria-labelledby="snippet-title">
            <div class="stage-head">
                <h2 id="snippet-title">{ "On your page" }</h2>
                <span class="small" role="status">{ *said }</span>
                <button type="button" class="main" onclick={copy}>{ "Copy" }</button>
            </div>
            <textarea id="snippet" ref={area} readonly=true rows="3" aria-labelledby="snippet-title"
                spellcheck="false" value={props.text.to_string()} />
            <p class="small">{ "It shows the survey once the collector serves this definition." }</p>
        </section>
    }
}
