use crate::assets::{Caching, StaticFile};
use puls::ahead::first_screen;
use puls_core::definition::{Definition, Display};
use std::sync::{Arc, Mutex, PoisonError};

/// A survey's first screens. Each is rendered when it is first requested and kept; since languages and displays are
/// closed lists, there are few.
#[derive(Default)]
pub(crate) struct FirstScreens(Mutex<Vec<(String, Display, Screen)>>);

/// `None` if the first screen isn't the same for everybody.
type Screen = Option<Arc<StaticFile>>;

impl FirstScreens {
    /// The first screen in the language that fits `wanted` best.
    pub(crate) fn get(&self, definition: &Definition, wanted: &str, display: Display) -> Screen {
        let language = definition.language(wanted);
        let mut screens = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let known = |(tag, as_shown, _): &&(String, Display, Screen)| tag == language && *as_shown == display;
        if let Some((_, _, screen)) = screens.iter().find(known) {
            return screen.clone();
        }
        let tree = first_screen(definition, language, display);
        let file = |tree: serde_json::Value| {
            Arc::new(StaticFile::compressed("application/json", Caching::Minute, tree.to_string()))
        };
        let screen = tree.map(file);
        screens.push((language.to_owned(), display, screen.clone()));
        screen
    }
}
