//! The frame that shows a definition as a survey.

use wasm_bindgen::JsValue;
use web_sys::HtmlIFrameElement;
use yew::NodeRef;

/// Posts a message to the page in a frame. The frame is sandboxed, so its origin has no name, and the message may go to
/// any origin; it has no secret in it.
pub(crate) fn tell(frame: &NodeRef, message: &str) {
    let window = frame.cast::<HtmlIFrameElement>().and_then(|frame| frame.content_window());
    if let Some(window) = window {
        // A frame that hasn't loaded yet gets the message when it has.
        let _ = window.post_message(&JsValue::from_str(message), "*");
    }
}
