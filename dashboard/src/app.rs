//! The application: it holds the state, and carries out what the state asks for outside the reducer.

use crate::browser::{address, document, http, session};
use crate::components::page::Page;
use crate::state::{Action, Request, State};
use crate::token::Token;
use crate::view::View;
use yew::platform::spawn_local;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// The token from the link or of this tab.
    pub(crate) token: Option<Token>,
    /// The view in the address.
    pub(crate) view: View,
    /// The collector's address.
    pub(crate) origin: String,
}

/// The results page.
#[component]
pub(crate) fn App(props: &Props) -> Html {
    let state = use_reducer(|| State::new(props.token.clone(), props.view.clone()));
    let dispatch = {
        let dispatcher = state.dispatcher();
        Callback::from(move |action| dispatcher.dispatch(action))
    };
    use_fetching(state.request(), dispatch.clone());
    use_navigation(dispatch.clone());
    use_effect_with(state.token.clone(), |token| session::keep(token.as_ref()));
    use_effect_with(state.view.clone(), address::show);
    use_effect_with(title(&state), |title| document::set_title(title));
    html! { <Page state={State::clone(&state)} origin={props.origin.clone()} {dispatch} /> }
}

/// Sends each request that the state asks for.
#[hook]
fn use_fetching(request: Option<Request>, dispatch: Callback<Action>) {
    use_effect_with(request, move |request| {
        let Some(Request { round, token, question }) = request.clone() else { return };
        spawn_local(async move {
            let received = http::get(&question.path(), &token).await;
            dispatch.emit(Action::Arrived { round, answer: question.read(received) });
        });
    });
}

/// Follows the address when the reader goes back or forward, or opens a link with a token in this tab.
#[hook]
fn use_navigation(dispatch: Callback<Action>) {
    use_effect_with((), move |()| {
        let listener = address::on_navigation(move || {
            if let Some(token) = address::take_token() {
                dispatch.emit(Action::SignIn(token));
            }
            dispatch.emit(Action::Look(address::view()));
        });
        move || drop(listener)
    });
}

fn title(state: &State) -> String {
    match state.survey() {
        Some(survey) => format!("{} – Puls results", survey.title),
        None => "Puls results".to_owned(),
    }
}
