//! The frame in which a definition is shown as a survey.

use wasm_bindgen::JsValue;
use web_sys::HtmlIFrameElement;
use yew::NodeRef;

/// Tells the page in a frame something. Its origin is its own and has no name, so that anybody's is allowed; what it
/// is told is no secret.
pub(crate) fn tell(frame: &NodeRef, message: &str) {
    let window = frame.cast::<HtmlIFrameElement>().and_then(|frame| frame.content_window());
    if let Some(window) = window {
        // A frame that hasn't loaded yet is told once it has.
        let _ = window.post_message(&JsValue::from_str(message), "*");
    }
}
