use crate::state::{Action, State};
use puls_core::language::Text;
use yew::{Callback, Html, MouseEvent, html};

/// A link out of the survey. It opens a new tab, so that the answers aren't lost.
pub(super) fn link(state: &State, text: &Text, url: &str) -> Html {
    anchor(state, "link", text, url, Callback::noop())
}

/// A way out that is offered. The page is only told when it is taken: to tell that it is offered would tell an answer.
pub(super) fn route(state: &State, index: usize, act: &Callback<Action>) -> Html {
    let Some(route) = state.setup.definition.routing.routes.get(index) else { return Html::default() };
    anchor(state, "route", &route.text, &route.url, act.reform(move |_| Action::Take(index)))
}

fn anchor(state: &State, part: &'static str, text: &Text, url: &str, onclick: Callback<MouseEvent>) -> Html {
    let text = state.read(text);
    let name = format!("{text} ({})", state.setup.words.get("opens_new_tab"));
    html! {
        <a {part} class={part} href={url.to_owned()} target="_blank" rel="noopener" aria-label={name} {onclick}>{ text }</a>
    }
}
