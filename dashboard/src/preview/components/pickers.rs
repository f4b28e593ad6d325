//! Menus for how the author looks at the survey.

use crate::components::select::Select;
use crate::preview::look::{Look, Theme};
use crate::preview::state::{Action, Valid};
use puls_core::definition::{Display, Preset};
use std::rc::Rc;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// The survey.
    pub(crate) valid: Rc<Valid>,
    /// The current choice.
    pub(crate) look: Look,
    /// Takes what the author does.
    pub(crate) dispatch: Callback<Action>,
}

/// A menu for each choice that an embedding page has.
#[component]
pub(crate) fn Pickers(Props { valid, look, dispatch }: &Props) -> Html {
    let show = &valid.definition.show;
    let languages: Vec<(String, String)> =
        valid.definition.languages.iter().map(|tag| (tag.clone(), tag.clone())).collect();
    let named = |name: &str| (name.to_owned(), capitalised(name));
    let widths = ["desktop", "phone"].map(named).to_vec();
    let (display, preset) = (show.display.name(), show.preset.name());
    let displays = Display::NAMES.iter().map(|(name, _)| own_or_other(name, display)).collect::<Vec<_>>();
    let presets = Preset::NAMES.iter().map(|(name, _)| own_or_other(name, preset)).collect::<Vec<_>>();
    let themes = Theme::NAMES.map(|(name, _)| named(name)).to_vec();
    let menu = |id: &'static str, label: &'static str, options, chosen: &str, set: fn(&mut Look, &str)| {
        let look = look.clone();
        let onchoose = dispatch.reform(move |value: String| {
            let mut look = look.clone();
            set(&mut look, &value);
            Action::Look(look)
        });
        html! { <Select {id} {label} {options} chosen={chosen.to_owned()} {onchoose} /> }
    };
    html! {
        <div class="pickers" role="group" aria-label="How to look at it">
            { menu("display", "Display", displays, look.display.map_or("", Display::name),
                |look, name| look.display = Display::named(name)) }
            { menu("language", "Language", languages, look.language(&valid.definition),
                |look, tag| look.language = Some(tag.to_owned())) }
            { menu("theme", "Theme", themes, look.theme.name(),
                |look, name| look.theme = Theme::named(name).unwrap_or_default()) }
            { menu("preset", "Preset", presets, look.preset.map_or("", Preset::name),
                |look, name| look.preset = Preset::named(name)) }
            { menu("width", "Width", widths, if look.phone { "phone" } else { "desktop" },
                |look, name| look.phone = name == "phone") }
        </div>
    }
}

/// An option's value and text. The definition's own choice needs no attribute, so its value is empty.
fn own_or_other(name: &str, own: &str) -> (String, String) {
    let value = if name == own { "" } else { name };
    (value.to_owned(), capitalised(name))
}

fn capitalised(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}
