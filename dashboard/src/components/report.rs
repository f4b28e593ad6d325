//! A survey's results.

use super::caution::Caution;
use super::empty::NoAnswers;
use super::item::Item;
use super::overview::Overview;
use super::protection::Protection;
use super::revisions::Revisions;
use crate::state::Action;
use puls_analysis::results::Results;
use std::rc::Rc;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub(crate) results: Rc<Results>,
    /// Whether the results are of one wave or segment only.
    pub(crate) filtered: bool,
    /// Whether other results are still loading.
    pub(crate) busy: bool,
    /// The collector's address.
    pub(crate) origin: AttrValue,
    /// Takes what the reader does.
    pub(crate) dispatch: Callback<Action>,
}

/// First the survey and its respondents, then each item, then how answers were protected.
#[component]
pub(crate) fn Report(props: &Props) -> Html {
    let Props { results, .. } = props;
    html! {
        <div class="report" aria-busy={props.busy.to_string()}>
            <Overview results={results.clone()} />
            <Revisions revisions={results.revisions.clone()} />
            if results.respondents == 0 {
                <NoAnswers
                    results={results.clone()}
                    filtered={props.filtered}
                    origin={props.origin.clone()}
                    dispatch={props.dispatch.clone()}
                />
            } else {
                <Caution mechanism={results.mechanism} respondents={results.respondents} />
                { for results.items.iter().map(|item| html! {
                    <Item key={item.id.clone()} item={item.clone()} mechanism={results.mechanism} />
                }) }
            }
            <Protection mechanism={results.mechanism} />
        </div>
    }
}
