use crate::state::{Screen, State};
use yew::{Html, html};

/// The last screen: thanks, or why nothing was sent.
pub(super) fn message(state: &State) -> Html {
    let setup = &state.setup;
    let words = setup.words;
    let failed = state.screen == Screen::Failed;
    let (title, text) = match &setup.definition.thanks {
        _ if failed => (words.failed_title, words.failed_text),
        Some(thanks) => (
            thanks.title.get(&setup.language),
            thanks.text.as_ref().map_or("", |text| text.get(&setup.language)),
        ),
        None => (words.thanks, ""),
    };
    html! {
        <div class="screen message" part="message">
            if !failed {
                <svg class="tick" viewBox="0 0 24 24" aria-hidden="true"><path d="M5 13l4.5 4.5L19 7" /></svg>
            }
            <h2 tabindex="-1" data-focus="">{ title.to_owned() }</h2>
            if !text.is_empty() {
                <p>{ text.to_owned() }</p>
            }
        </div>
    }
}
