//! Fields and menus of forms.

use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};
use yew::NodeRef;

/// The value of the field that an event comes from.
pub(crate) fn value(event: &Event) -> Option<String> {
    let target = event.target()?;
    if let Some(input) = target.dyn_ref::<HtmlInputElement>() {
        return Some(input.value());
    }
    if let Some(area) = target.dyn_ref::<HtmlTextAreaElement>() {
        return Some(area.value());
    }
    target.dyn_ref::<HtmlSelectElement>().map(HtmlSelectElement::value)
}

/// Chooses a value in a menu.
pub(crate) fn choose(menu: &NodeRef, value: &str) {
    if let Some(menu) = menu.cast::<HtmlSelectElement>() {
        menu.set_value(value);
    }
}

/// Keeps a form from leaving the page when it is submitted.
pub(crate) fn stay(event: &Event) {
    event.prevent_default();
}
