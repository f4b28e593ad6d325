use crate::state::{Screen, State};
use crate::words::fill;
use puls_core::definition::Mechanism;
use puls_core::privacy::Outcome;
use yew::{Html, html};

/// What leaves the page, in plain words and as the very text that is posted.
pub(super) fn sent_view(state: &State) -> Html {
    let words = state.setup.words;
    let mechanism = match state.setup.definition.privacy {
        Mechanism::Randomised { .. } => words.randomised.to_owned(),
        Mechanism::Batched { k } => fill(words.batched, &[k.into()]),
    };
    html! {
        <div class="screen sent" part="sent">
            <h2 tabindex="-1" data-focus="">{ words.what_is_sent }</h2>
            <p>{ mechanism }</p>
            { message(state) }
        </div>
    }
}

fn message(state: &State) -> Html {
    let words = state.setup.words;
    match state.prepared.as_deref().map(|prepared| &prepared.outcome) {
        None => html! { <p>{ words.nothing_yet }</p> },
        Some(Outcome::Held { respondents, of }) => {
            html! { <p>{ fill(words.held, &[*respondents, (*of).into()]) }</p> }
        }
        Some(Outcome::Release(release)) => html! {
            <>
                <p>{ if state.screen == Screen::Thanks { words.was_sent } else { words.will_be_sent } }</p>
                <pre part="release" tabindex="0" dir="ltr">{ release.json().to_owned() }</pre>
                <p class="small">
                    { words.destination }{ " " }<b dir="ltr">{ state.setup.destination.clone() }</b>{ ". " }
                    { words.nothing_else }
                </p>
            </>
        },
    }
}
