use js_sys::{JsString, Reflect};
use wasm_bindgen::JsCast;
use yew::InputEvent;

/// The text in the field that an event comes from.
pub(crate) fn written(event: &InputEvent) -> String {
    let value = event.target().and_then(|field| Reflect::get(&field, &"value".into()).ok());
    value.and_then(|value| value.as_string()).unwrap_or_default()
}

/// A text in lower case, by the rules of its language.
pub(crate) fn lower_case(text: &str, language: &str) -> String {
    JsString::from(text).unchecked_ref::<JsString>().to_locale_lower_case(Some(language)).into()
}
