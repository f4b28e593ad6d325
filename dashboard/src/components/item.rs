//! One question's results.

use super::distribution::Distribution;
use super::score::Score;
use crate::figure;
use puls_core::results::{ItemResult, StatedMechanism};
use yew::prelude::*;

/// Which question.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// Its results.
    pub item: ItemResult,
    /// How answers were protected.
    pub mechanism: StatedMechanism,
}

/// The question, its main figure, and the share of each answer.
#[component]
pub fn Item(props: &Props) -> Html {
    let Props { item, mechanism } = props;
    let exact = matches!(mechanism, StatedMechanism::Batched { .. });
    let heading = format!("item-{}", item.id);
    html! {
        <section class="card item" aria-labelledby={heading.clone()}>
            <h2 id={heading}>{ &item.text }</h2>
            <p class="small">{ answered(item) }</p>
            if item.distribution.is_empty() {
                <p>{ "Nobody has answered this question yet." }</p>
            } else {
                <div class="item-body">
                    if let Some(score) = item.score {
                        <Score {score} />
                    }
                    <Distribution item={item.clone()} {exact} />
                </div>
            }
        </section>
    }
}

fn answered(item: &ItemResult) -> String {
    let answered = format!("{} answered", figure::count(item.answered));
    match item.missing {
        0 => answered,
        missing => format!("{answered}, {} left it unanswered", figure::count(missing)),
    }
}
