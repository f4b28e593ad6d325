//! Drawings on answers, which look the same on every device.

use yew::{Html, html};

/// A star; the style sheet fills it.
pub(super) fn star() -> Html {
    html! {
        <svg viewBox="0 0 24 24" aria-hidden="true">
            <path d="M12 3l2.8 5.7 6.2.9-4.5 4.4 1.1 6.2L12 17.3l-5.6 2.9 1.1-6.2L3 9.6l6.2-.9z" />
        </svg>
    }
}

/// One of `count` faces, from sad to glad.
pub(super) fn face(at: usize, count: usize) -> Html {
    // Each mouth's middle lies further below its ends than the one before.
    const MOUTHS: [&str; 5] =
        ["M8 16.5q4-4.5 8 0", "M8 16q4-2 8 0", "M8 15.5h8", "M8 15q4 2 8 0", "M8 14.5q4 4.5 8 0"];
    let mouth = MOUTHS.get(if count == 3 { at + 1 } else { at }).copied();
    html! {
        <svg class="face" viewBox="0 0 24 24" aria-hidden="true">
            <circle cx="12" cy="12" r="9.5" /><path d="M9 9.5v.5M15 9.5v.5" /><path d={mouth} />
        </svg>
    }
}

/// A thumb, up or down.
pub(super) fn thumb(up: bool) -> Html {
    html! {
        <svg viewBox="0 0 24 24" aria-hidden="true">
            <path transform={(!up).then_some("rotate(180 12 12)")}
                d="M7 11l4-8a2.5 2.5 0 0 1 2.5 2.5V9H19a2 2 0 0 1 2 2.3l-1.2 7a2 2 0 0 1-2 1.7H7zM7 11H3v9h4" />
        </svg>
    }
}
