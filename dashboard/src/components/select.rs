//! A menu with a label.

use crate::browser::form;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// The element's id.
    pub(crate) id: AttrValue,
    /// What the menu chooses.
    pub(crate) label: AttrValue,
    /// The values and their texts.
    pub(crate) options: Vec<(String, String)>,
    /// The chosen value.
    pub(crate) chosen: AttrValue,
    /// Takes the value that the reader chooses.
    pub(crate) onchoose: Callback<String>,
}

/// A label above a menu.
#[component]
pub(crate) fn Select(props: &Props) -> Html {
    let Props { id, label, options, chosen, onchoose } = props;
    let menu = use_node_ref();
    // The attribute `selected` has no effect after the reader has chosen, so going back has to set the menu's value.
    use_effect_with((menu.clone(), chosen.clone()), |(menu, chosen)| form::choose(menu, chosen));
    let onchoose = onchoose.clone();
    let onchange = move |event: Event| {
        if let Some(value) = form::value(&event) {
            onchoose.emit(value);
        }
    };
    html! {
        <div class="field">
            <label for={id}>{ label }</label>
            <select {id} ref={menu} {onchange}>
                { for options.iter().map(|(value, text)| option(value, text, *value == **chosen)) }
            </select>
        </div>
    }
}

fn option(value: &str, text: &str, selected: bool) -> Html {
    html! { <option key={value} value={value.to_owned()} {selected}>{ text }</option> }
}
