//! The page's document.

use web_sys::Element;

/// The element with an id.
pub(crate) fn element(id: &str) -> Option<Element> {
    web_sys::window()?.document()?.get_element_by_id(id)
}

/// Sets the title that tabs and the history show.
pub(crate) fn set_title(title: &str) {
    if let Some(document) = web_sys::window().and_then(|window| window.document()) {
        document.set_title(title);
    }
}

/// The width of the window, in CSS pixels.
pub(crate) fn width() -> Option<f64> {
    web_sys::window()?.inner_width().ok()?.as_f64()
}
