//! The whole page in each of its states.

use super::empty::NoSurveys;
use super::failed::Failed;
use super::footer::Footer;
use super::header::Header;
use super::pickers::Pickers;
use super::report::Report;
use super::sign_in::SignIn;
use super::skeleton::Skeleton;
use crate::state::{Action, Fetched, State};
use puls_analysis::results::{Results, ScoreMeasure};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub(crate) state: State,
    /// The collector's address, for the embed snippet.
    pub(crate) origin: AttrValue,
    /// Takes what the reader does.
    pub(crate) dispatch: Callback<Action>,
}

/// The results page, in each of its states.
#[component]
pub(crate) fn Page(props: &Props) -> Html {
    let Props { state, dispatch, .. } = props;
    let results = state.results.content();
    let scored = results.is_some_and(|results| has_net_promoter_score(results));
    html! {
        <>
            <Header signed_in={state.token.is_some()} dispatch={dispatch.clone()} />
            <main>
                <p class="unseen" role="status">{ status(state) }</p>
                { content(props) }
            </main>
            if results.is_some() {
                <Footer net_promoter={scored} />
            }
        </>
    }
}

fn content(props: &Props) -> Html {
    let Props { state, dispatch, .. } = props;
    if state.token.is_none() {
        return html! { <SignIn refused={state.refused} dispatch={dispatch.clone()} /> };
    }
    match &state.surveys {
        Fetched::Failed(failure) => {
            html! { <Failed failure={failure.clone()} dispatch={dispatch.clone()} /> }
        }
        surveys => match surveys.content() {
            None => html! { <Skeleton /> },
            Some(list) if list.is_empty() => html! { <NoSurveys /> },
            Some(list) => html! {
                <>
                    <Pickers
                        surveys={list.clone()}
                        results={state.results.content().cloned()}
                        view={state.view.clone()}
                        dispatch={dispatch.clone()}
                    />
                    { results(props) }
                </>
            },
        },
    }
}

fn results(Props { state, origin, dispatch }: &Props) -> Html {
    match (&state.results, state.results.content()) {
        (Fetched::Failed(failure), _) => {
            html! { <Failed failure={failure.clone()} dispatch={dispatch.clone()} /> }
        }
        (_, None) => html! { <Skeleton /> },
        (fetched, Some(results)) => html! {
            <Report
                results={results.clone()}
                filtered={state.view.is_filtered()}
                busy={fetched.is_loading()}
                {origin}
                {dispatch}
            />
        },
    }
}

/// The text that screen readers announce when it changes.
fn status(state: &State) -> &'static str {
    match (&state.token, &state.surveys, &state.results) {
        (None, ..) => "",
        (_, Fetched::Failed(_), _) | (.., Fetched::Failed(_)) => "The results couldn't be loaded.",
        (_, Fetched::Loading { .. }, _) => "Loading…",
        (_, Fetched::Ready(list), _) if list.is_empty() => "",
        (.., Fetched::Loading { .. }) => "Loading…",
        (.., Fetched::Ready(_)) => "Results loaded.",
    }
}

fn has_net_promoter_score(results: &Results) -> bool {
    let mut scores = results.items.iter().filter_map(|item| item.score.as_ref()?.published());
    scores.any(|score| score.measure == ScoreMeasure::NetPromoterScore)
}
