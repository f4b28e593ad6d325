use super::link::link;
use crate::state::{Screen, State};
use puls_core::FULL;
use yew::{Html, html};

/// A screen with a message: the thanks, or why nothing is asked or nothing was sent.
pub(super) fn message(state: &State) -> Html {
    let words = &state.setup.words;
    let Screen::Thanks { thanks, .. } = state.screen else {
        let (title, why) =
            if state.setup.spent { ("spent_title", "spent") } else { ("failed_title", "failed_text") };
        return screen(false, words.get(title), words.get(why), Html::default());
    };
    let thanks = state.setup.definition.thanks.get(thanks);
    let title = thanks.map_or_else(|| words.get("thanks"), |thanks| state.read(&thanks.title));
    let text =
        thanks.and_then(|thanks| thanks.text.as_ref()).map_or_else(String::new, |text| state.read(text));
    let to = thanks
        .and_then(|thanks| thanks.link.as_ref())
        .filter(|_| FULL)
        .map(|to| link(state, &to.text, &to.url));
    screen(true, title, text, to.unwrap_or_default())
}

fn screen(sent: bool, title: String, text: String, link: Html) -> Html {
    html! {
        <div class="screen message" part="message">
            if sent {
                <svg class="tick" viewBox="0 0 24 24" aria-hidden="true"><path d="M5 13l4.5 4.5L19 7" /></svg>
            }
            <h2 tabindex="-1" data-focus="">{ title }</h2>
            if !text.is_empty() {
                <p>{ text }</p>
            }
            { link }
        </div>
    }
}
