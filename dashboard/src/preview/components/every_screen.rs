//! All screens that respondents may see, in reading order.

use super::screen::Screen;
use crate::failure::Failure;
use crate::preview::look::Look;
use crate::preview::outline::{Entry, Outline};
use crate::preview::screens::ScreenPictures;
use crate::preview::state::{Action, Valid};
use crate::state::Fetched;
use std::rc::Rc;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// The survey.
    pub(crate) valid: Rc<Valid>,
    /// How the author looks at it.
    pub(crate) look: Look,
    /// Pictures of its screens.
    pub(crate) screens: Fetched<ScreenPictures>,
    /// Takes what the author does.
    pub(crate) dispatch: Callback<Action>,
}

/// Each screen as a picture; beside it, who sees it and where it leads.
#[component]
pub(crate) fn EveryScreen(props: &Props) -> Html {
    let language = props.look.language(&props.valid.definition).to_owned();
    let outline = use_memo((Rc::clone(&props.valid), language), |(valid, language)| {
        Outline::of(&valid.definition, language)
    });
    let Outline { order, items, thanks, routes, derived } = &*outline;
    let pictures = props.screens.content().map(Rc::clone).unwrap_or_default();
    html! {
        <section class="every" aria-labelledby="every" aria-busy={props.screens.is_loading().to_string()}>
            <h2 id="every">{ "Every screen" }</h2>
            { for order.iter().map(|note| html! { <p class="small">{ note }</p> }) }
            if let Fetched::Failed(failure) = &props.screens {
                { failed(failure, &props.dispatch) }
            }
            <ol class="screens">
                { for entries(props, "item", items, &pictures.items) }
                { for entries(props, "thanks", thanks, &pictures.thanks) }
                { for entries(props, "route", routes, &pictures.routes) }
            </ol>
            if !derived.is_empty() {
                <h3>{ "What follows from the answers" }</h3>
                <dl class="derived">
                    { for derived.iter().map(|(id, text)| html! { <div><dt><code>{ id }</code></dt><dd>{ text }</dd></div> }) }
                </dl>
            }
        </section>
    }
}

fn entries(props: &Props, kind: &'static str, entries: &[Entry], pictures: &[Option<String>]) -> Vec<Html> {
    let entry = |(index, entry): (usize, &Entry)| {
        let markup = pictures.get(index).cloned().flatten();
        html! {
            <Screen key={format!("{kind} {index}")} {kind} entry={entry.clone()} {markup}
                theme={props.look.theme} phone={props.look.phone} />
        }
    };
    entries.iter().enumerate().map(entry).collect()
}

fn failed(failure: &Failure, dispatch: &Callback<Action>) -> Html {
    let again = dispatch.reform(|_: MouseEvent| Action::Redraw);
    html! {
        <p class="fault" role="alert">
            { format!("The pictures are missing: {failure}. ") }
            <button type="button" class="quiet" onclick={again}>{ "Try again" }</button>
        </p>
    }
}
