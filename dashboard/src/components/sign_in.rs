//! The form that asks for the collector's token.

use crate::browser::form;
use crate::state::Action;
use crate::token::Token;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// Whether the collector refused the last token.
    pub(crate) refused: bool,
    /// Takes the token.
    pub(crate) dispatch: Callback<Action>,
}

/// Asks for a token, and says what to do about a wrong one.
#[component]
pub(crate) fn SignIn(props: &Props) -> Html {
    let typed = use_state(String::new);
    let malformed = use_state(|| false);
    let oninput = {
        let typed = typed.clone();
        move |event: InputEvent| typed.set(form::value(&event).unwrap_or_default())
    };
    let onsubmit = {
        let (typed, malformed, dispatch) = (typed.clone(), malformed.clone(), props.dispatch.clone());
        move |event: SubmitEvent| {
            form::stay(&event);
            match Token::parse(&typed) {
                Some(token) => dispatch.emit(Action::SignIn(token)),
                None => malformed.set(true),
            }
        }
    };
    let fault = fault(*malformed, props.refused);
    html! {
        <form class="card sign-in" {onsubmit}>
            <h1>{ "Sign in to see results" }</h1>
            <p>
                { "The collector printed a link with a token when it started. Open that link, or paste the token \
                   here." }
            </p>
            // Password managers file the token under this name.
            <input type="text" autocomplete="username" value="puls-results" readonly=true hidden=true />
            <label for="token">{ "Token" }</label>
            <input
                id="token"
                type="password"
                autocomplete="current-password"
                spellcheck="false"
                value={(*typed).clone()}
                aria-invalid={fault.map(|_| "true")}
                aria-describedby={fault.map(|_| "token-fault")}
                {oninput}
            />
            if let Some(fault) = fault {
                <p id="token-fault" class="fault" role="alert">{ fault }</p>
            }
            <button type="submit" class="main">{ "Show results" }</button>
            <p class="small">{ "It is kept in this tab until you close it or sign out." }</p>
        </form>
    }
}

fn fault(malformed: bool, refused: bool) -> Option<&'static str> {
    if malformed {
        Some("Paste the whole token: it is one word without spaces.")
    } else if refused {
        Some(
            "The collector doesn't accept this token. Copy it again from where the collector was started; \
             it may have been started with another one since.",
        )
    } else {
        None
    }
}
