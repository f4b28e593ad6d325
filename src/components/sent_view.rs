use super::sent_form::sent_form;
use crate::state::{Outgoing, Screen, State};
use puls_core::FULL;
use puls_core::definition::{Mechanism, Sealed};
use puls_core::privacy::{Outcome, Release};
use yew::{Html, html};

/// What leaves the page: in plain words, and as the exact text that is posted. A shared device shows only the form of
/// the text.
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
    let Some(outgoing) = state.outgoing().filter(|outgoing| outgoing.is_ready()) else {
        return html! { <p>{ state.setup.words.get("nothing_yet") }</p> };
    };
    let text = match outgoing {
        Outgoing::Sealed(reports) => together(reports.iter().map(|report| report.shown.as_str())),
        Outgoing::Prepared(prepared) => match &prepared.outcome {
            Outcome::Release(release) => release.json().to_owned(),
            Outcome::Apart(releases) if FULL => together(releases.iter().map(Release::json)),
            Outcome::Apart(_) | Outcome::Held { .. } | Outcome::Sealed(_) => return Html::default(),
        },
    };
    html! { <><p>{ intro(state) }</p>{ release(text) }{ goes_to(state) }</> }
}

/// Several texts, which are posted one by one, as one text to read.
fn together<'a>(texts: impl Iterator<Item = &'a str>) -> String {
    texts.collect::<Vec<_>>().join("\n\n")
}

/// Where the answers go.
fn destination(state: &State) -> String {
    match &state.setup.definition.privacy {
        Mechanism::Sealed(Sealed { leader, helper, .. }) if FULL => format!("{leader}, {helper}"),
        _ => state.setup.destination.clone(),
    }
}

/// Introduces the text that is sent: "will be sent" or "was sent".
pub(super) fn intro(state: &State) -> String {
    let is_sent = matches!(state.screen, Screen::Thanks { .. });
    state.setup.words.get(if is_sent { "was_sent" } else { "will_be_sent" })
}

/// Shows a text exactly as it is posted.
pub(super) fn release(text: String) -> Html {
    html! { <pre part="release" tabindex="0" dir="ltr">{ text }</pre> }
}

/// Says where the text goes, and that nothing else goes with it.
pub(super) fn goes_to(state: &State) -> Html {
    let words = &state.setup.words;
    html! {
        <>
            <p>{ words.get("destination") }{ " " }<b dir="ltr">{ destination(state) }</b></p>
            <p>{ words.get("nothing_else") }</p>
        </>
    }
}
