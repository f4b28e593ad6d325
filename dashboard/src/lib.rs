//! The collector's own pages: the results, and the `preview`, in which surveys are written.
//!
//! The results page asks a collector for a survey's results and shows them with their ranges. In come the address
//! (survey, wave and segment, and once a token) and the collector's answers; out goes markup. `state` alone decides
//! what is shown and what is fetched next, and touches no browser; `components` turn a state into markup, and render
//! natively as well; `browser` is the only place that calls one. Nothing here estimates: figures and intervals come
//! from the collector.

mod api;
mod app;
mod browser;
mod components;
mod failure;
mod figure;
mod preview;
mod state;
mod token;
mod view;
mod wave_name;

#[cfg(test)]
mod golden;

use wasm_bindgen::prelude::wasm_bindgen;

/// Starts the page whose element exists, `results` or `preview`. The page's script calls this once.
#[wasm_bindgen(start)]
pub fn start() {
    if let Some(root) = browser::document::element("preview") {
        return preview::app::start(root);
    }
    let Some(root) = browser::document::element("results") else { return };
    let token = browser::address::take_token().or_else(browser::session::token);
    let view = browser::address::view();
    let origin = browser::address::origin();
    yew::Renderer::<app::App>::with_root_and_props(root, app::Props { token, view, origin }).render();
}
