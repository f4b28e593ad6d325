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
        Some(Outcome::Release(release)) => sent(state, release.json().to_owned()),
        Some(Outcome::Apart(releases)) if FULL => {
            let texts: Vec<&str> = releases.iter().map(Release::json).collect();
            sent(state, texts.join("\n\n"))
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
    sent(state, texts.join("\n\n"))
}

/// Where it goes.
fn destination(state: &State) -> String {
    match &state.setup.definition.privacy {
        Mechanism::Sealed(Sealed { leader, helper, .. }) if FULL => format!("{leader}, {helper}"),
        _ => state.setup.destination.clone(),
    }
}

/// The text that is posted, and where it goes.
fn sent(state: &State, text: String) -> Html {
    let words = &state.setup.words;
    html! {
        <>
            <p>{ if state.screen == Screen::Thanks { words.get("was_sent") } else { words.get("will_be_sent") } }</p>
            <pre part="release" tabindex="0" dir="ltr">{ text }</pre>
            { goes_to(state) }
        </>
    }
}

/// Where it goes, and what doesn't go with it.
pub(super) fn goes_to(state: &State) -> Html {
    let words = &state.setup.words;
    html! {
        <p class="small">
            { words.get("destination") }{ " " }<b dir="ltr">{ destination(state) }</b>{ ". " }
            { words.get("nothing_else") }
        </p>
    }
}
