//! Icons, drawn in the colour of the text.

use yew::prelude::*;

/// What an icon shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Glyph {
    /// The product's mark.
    Pulse,
    /// A round arrow.
    Refresh,
    /// A door.
    SignOut,
    /// A shield.
    Shield,
    /// An exclamation mark.
    Caution,
    /// An empty tray.
    Tray,
}

impl Glyph {
    fn path(self) -> &'static str {
        match self {
            Self::Pulse => "M2 12h4l3-8 5 16 3-8h5",
            Self::Refresh => "M20 11a8 8 0 1 0-2.3 6.7M20 4v7h-7",
            Self::SignOut => "M10 4H5v16h5M15 8l4 4-4 4M19 12H9",
            Self::Shield => "M12 3l8 3v6c0 5-3.5 7.8-8 9-4.5-1.2-8-4-8-9V6zM8.5 12l2.5 2.5 4.5-5",
            Self::Caution => "M12 3.5L22 20.5H2zM12 10v4.5M12 17.5v.1",
            Self::Tray => "M3 13l3-8h12l3 8v6H3zM3 13h5l1.5 3h5l1.5-3h5",
        }
    }
}

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub(crate) glyph: Glyph,
}

/// An icon, which says nothing that the text beside it doesn't.
#[component]
pub(crate) fn Icon(props: &Props) -> Html {
    html! {
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d={props.glyph.path()} /></svg>
    }
}
