//! The address bar: which results are looked at, and the token that a link carries once.

use crate::token::Token;
use crate::view::View;
use gloo::events::EventListener;
use wasm_bindgen::JsValue;

/// Where the collector is, such as `https://surveys.example.com`; empty where the browser doesn't say.
pub(crate) fn origin() -> String {
    web_sys::window().and_then(|window| window.location().origin().ok()).unwrap_or_default()
}

/// What the address asks for.
pub(crate) fn view() -> View {
    View::from_query(&query().unwrap_or_default())
}

/// The token in `#token=…`, which is removed from the address so that it isn't copied along with a link.
pub(crate) fn take_token() -> Option<Token> {
    let hash = web_sys::window()?.location().hash().ok()?;
    let token = Token::parse(hash.strip_prefix("#token=")?);
    replace(&query().unwrap_or_default());
    token
}

/// The survey in `#nps`, which is removed from the address, so that the page can be loaded again without it.
pub(crate) fn take_survey() -> Option<String> {
    let hash = web_sys::window()?.location().hash().ok()?;
    let id = hash.strip_prefix('#').filter(|id| !id.is_empty())?;
    replace("");
    Some(id.to_owned())
}

/// Writes a view into the address: as a new entry of the history, unless the address named no survey.
pub(crate) fn show(view: &View) {
    let (before, after) = (query().unwrap_or_default(), view.to_query());
    if before == after || after.is_empty() {
        return;
    }
    if View::from_query(&before).survey.is_none() {
        replace(&after);
    } else if let Some(history) = history() {
        // A browser that refuses loses a step back, nothing else.
        let _ = history.push_state_with_url(&JsValue::NULL, "", Some(&after));
    }
}

/// Calls back whenever the reader goes back or forward, or follows a link to this page; until it is dropped.
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
