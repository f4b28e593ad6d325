//! The address bar, which has the view and, after a link was opened, the token.

use crate::token::Token;
use crate::view::View;
use gloo::events::EventListener;
use wasm_bindgen::JsValue;

/// The collector's address, such as `https://surveys.example.com`; empty if the browser doesn't tell.
pub(crate) fn origin() -> String {
    web_sys::window().and_then(|window| window.location().origin().ok()).unwrap_or_default()
}

/// The view in the address.
pub(crate) fn view() -> View {
    View::from_query(&query().unwrap_or_default())
}

/// Takes the token in `#token=…` out of the address, so that nobody copies it along with a link.
pub(crate) fn take_token() -> Option<Token> {
    let hash = web_sys::window()?.location().hash().ok()?;
    let token = Token::parse(hash.strip_prefix("#token=")?);
    replace(&query().unwrap_or_default());
    token
}

/// Takes the survey in `#nps` out of the address, so that a reload opens the page without it.
pub(crate) fn take_survey() -> Option<String> {
    let hash = web_sys::window()?.location().hash().ok()?;
    let id = hash.strip_prefix('#').filter(|id| !id.is_empty())?;
    replace("");
    Some(id.to_owned())
}

/// Writes a view into the address. It makes a new entry in the history, unless the address named no survey.
pub(crate) fn show(view: &View) {
    let (before, after) = (query().unwrap_or_default(), view.to_query());
    if before == after || after.is_empty() {
        return;
    }
    if View::from_query(&before).survey.is_none() {
        replace(&after);
    } else if let Some(history) = history() {
        // If the browser refuses, only a step back is lost.
        let _ = history.push_state_with_url(&JsValue::NULL, "", Some(&after));
    }
}

/// Calls back whenever the reader goes back or forward, or follows a link to this page, until the listener is dropped.
pub(crate) fn on_navigation(callback: impl Fn() + 'static) -> Option<EventListener> {
    let window = web_sys::window()?;
    Some(EventListener::new(&window, "popstate", move |_| callback()))
}

fn replace(query: &str) {
    let path = web_sys::window().and_then(|window| window.location().pathname().ok());
    if let (Some(path), Some(history)) = (path, history()) {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&format!("{path}{query}")));
    }
}

fn query() -> Option<String> {
    web_sys::window()?.location().search().ok()
}

fn history() -> Option<web_sys::History> {
    web_sys::window()?.history().ok()
}
