//! The text area in which a definition is written.

use wasm_bindgen::JsCast;
use web_sys::{HtmlDocument, HtmlTextAreaElement};
use yew::NodeRef;

/// Selects the text between two UTF-16 code units and scrolls to it. The text begins on line `line` of `lines`.
pub(crate) fn select(area: &NodeRef, (start, end): (u32, u32), (line, lines): (u32, u32)) {
    let Some(area) = area.cast::<HtmlTextAreaElement>() else { return };
    // If the browser refuses, the text just isn't selected.
    let _ = area.focus();
    let _ = area.set_selection_range(start, end);
    // Lines don't wrap, so all have the same height. A few lines above stay visible.
    let above = f64::from(line.saturating_sub(4)) / f64::from(lines.max(1));
    #[expect(clippy::cast_possible_truncation, reason = "no more pixels than there are to scroll")]
    area.set_scroll_top((above * f64::from(area.scroll_height())) as i32);
    area.set_scroll_left(0);
}

/// Copies the whole text area to the clipboard, and says whether that was allowed.
pub(crate) fn copy(area: &NodeRef) -> bool {
    let Some(area) = area.cast::<HtmlTextAreaElement>() else { return false };
    area.select();
    // The newer function requires HTTPS, which a collector in a private network may not have.
    let document = web_sys::window().and_then(|window| window.document());
    let document = document.and_then(|document| document.dyn_into::<HtmlDocument>().ok());
    document.is_some_and(|document| document.exec_command("copy").unwrap_or(false))
}
