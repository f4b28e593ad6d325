//! A labelled choice of one.

use crate::browser::form;
use yew::prelude::*;

/// What there is to choose from.
#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// The element's id.
    pub(crate) id: AttrValue,
    /// What is chosen.
    pub(crate) label: AttrValue,
    /// Values and their texts.
    pub(crate) options: Vec<(String, String)>,
    /// The value chosen now.
    pub(crate) chosen: AttrValue,
    /// Takes a value that the reader chooses.
    pub(crate) onchoose: Callback<String>,
}

/// A label above a menu.
#[component]
pub(crate) fn Select(props: &Props) -> Html {
    let Props { id, label, options, chosen, onchoose } = props;
    let menu = use_node_ref();
    // The attribute `selected` counts only until the reader has chosen: going back has to move the menu.
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
