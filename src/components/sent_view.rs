use super::sent_form::sent_form;
use crate::state::{Screen, State};
use puls_core::FULL;
use puls_core::definition::{Mechanism, Sealed};
use puls_core::privacy::{Outcome, Release};
use yew::{Html, html};

/// What leaves the page, in plain words and as the very text that is posted; of a shared device's as its form.
pub(super) fn sent_view(state: &State) -> Html {
    let words = &state.setup.words;
    let mechanism = match state.setup.definition.privacy {
        Mechanism::Batched { k } if FULL => words.fill("batched", &[k.into()]),
        Mechanism::Direct if FULL => words.get("direct"),
        Mechanism::Sealed(_) if FULL => words.get("sealed"),
        _ => words.get("randomised"),
    };
    html! {
        <div class="screen sent" part="sent">
            <h2 tabindex="-1" data-focus="">{ words.get("what_is_sent") }</h2>
            <p>{ mechanism }</p>
            {
                match state.setup.definition.privacy {
                    Mechanism::Batched { k } if FULL => sent_form(state, k),
                    _ => message(state),
                }
            }
        </div>
    }
}

fn message(state: &State) -> Html {
    let words = &state.setup.words;
    match state.prepared.as_deref().map(|prepared| &prepared.outcome) {
        None => html! { <p>{ words.get("nothing_yet") }</p> },
        Some(Outcome::Release(release)) => sent(state, intro(state), release.json().to_owned()),
        Some(Outcome::Apart(releases)) if FULL => {
            let texts: Vec<&str> = releases.iter().map(Release::json).collect();
            sent(state, intro(state), texts.join("\n\n"))
        }
        Some(Outcome::Sealed(_)) if FULL => sealed(state),
        Some(_) => Html::default(),
    }
}

/// What can be read of the reports, once they are sealed.
fn sealed(state: &State) -> Html {
    let Some(reports) = state.sealed() else {
        return html! { <p>{ state.setup.words.get("nothing_yet") }</p> };
    };
    let texts: Vec<&str> = reports.iter().map(|report| report.shown.as_str()).collect();
    sent(state, intro(state), texts.join("\n\n"))
}

/// Where it goes.
fn destination(state: &State) -> String {
    match &state.setup.definition.privacy {
        Mechanism::Sealed(Sealed { leader, helper, .. }) if FULL => format!("{leader}, {helper}"),
        _ => state.setup.destination.clone(),
    }
}

/// Whether the text is yet to be sent or has been.
pub(super) fn intro(state: &State) -> String {
    state.setup.words.get(if state.screen == Screen::Thanks { "was_sent" } else { "will_be_sent" })
}

/// The text that is posted, what there is to say of it, and where it goes.
fn sent(state: &State, intro: String, text: String) -> Html {
    html! { <><p>{ intro }</p>{ release(text) }{ goes_to(state) }</> }
}

/// A text as it is posted.
pub(super) fn release(text: String) -> Html {
    html! { <pre part="release" tabindex="0" dir="ltr">{ text }</pre> }
}

/// Where it goes, and what doesn't go with it.
pub(super) fn goes_to(state: &State) -> Html {
    let words = &state.setup.words;
    html! {
        <>
            <p>{ words.get("destination") }{ " " }<b dir="ltr">{ destination(state) }</b></p>
            <p>{ words.get("nothing_else") }</p>
        </>
    }
}
