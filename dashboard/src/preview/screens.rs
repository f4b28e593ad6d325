//! Pictures of a survey's screens, as the collector renders them.

use crate::failure::Failure;
use serde::Deserialize;
use serde_json::value::RawValue;

/// Each screen as the text that `<puls-screen>` draws; `None` for a screen that can't be drawn.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct ScreenPictures {
    /// The items.
    pub(crate) items: Vec<Option<String>>,
    /// The screens of thanks.
    pub(crate) thanks: Vec<Option<String>>,
    /// The screen of thanks with each of the routes.
    pub(crate) routes: Vec<Option<String>>,
}

#[derive(Deserialize)]
struct Received {
    items: Vec<Option<Box<RawValue>>>,
    thanks: Vec<Option<Box<RawValue>>>,
    routes: Vec<Option<Box<RawValue>>>,
}

/// Reads the collector's answer: a status and a body.
///
/// # Errors
/// Why there are no screens.
pub(crate) fn read((status, body): (u16, String)) -> Result<ScreenPictures, Failure> {
    if !(200..300).contains(&status) {
        return Err(Failure::of_status(status, &body));
    }
    let received: Received =
        serde_json::from_str(&body).map_err(|error| Failure::Unreadable { reason: error.to_string() })?;
    let texts = |screens: Vec<Option<Box<RawValue>>>| {
        screens.into_iter().map(|screen| Some(screen?.get().to_owned())).collect()
    };
    Ok(ScreenPictures {
        items: texts(received.items),
        thanks: texts(received.thanks),
        routes: texts(received.routes),
    })
}
