//! One screen, in words and as a picture.

use crate::preview::look::Theme;
use crate::preview::outline::Entry;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// The kind of screen: `item`, `thanks` or `route`.
    pub(crate) kind: &'static str,
    /// The screen in words.
    pub(crate) entry: Entry,
    /// The picture, as `<puls-screen>` draws it.
    pub(crate) markup: Option<String>,
    /// The picture's colours.
    pub(crate) theme: Theme,
    /// Whether the picture is as narrow as a phone.
    pub(crate) phone: bool,
}

/// The screen in words, and beside it a picture of the screen, in which nothing can be used.
#[component]
pub(crate) fn Screen(Props { kind, entry, markup, theme, phone }: &Props) -> Html {
    let theme = Some(theme.name()).filter(|_| *theme != Theme::Auto);
    html! {
        <li class="entry" data-kind={*kind}>
            <div class="entry-words">
                <h3><code>{ &entry.name }</code>if !entry.kind.is_empty() {
                    <span class="small">{ &entry.kind }</span>
                }</h3>
                <ul>{ for entry.notes.iter().map(|note| html! { <li>{ note }</li> }) }</ul>
            </div>
            <div class={if *phone { "picture phone" } else { "picture" }} role="img" aria-label={label(entry)}>
                if let Some(markup) = markup {
                    <puls-screen markup={markup.clone()} {theme} inert=true></puls-screen>
                }
            </div>
        </li>
    }
}

fn label(entry: &Entry) -> String {
    if entry.text.is_empty() { entry.name.clone() } else { format!("The screen: {}", entry.text) }
}
