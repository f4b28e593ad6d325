//! One question's results.

use super::distribution::Distribution;
use super::score::Score;
use crate::figure;
use puls_core::results::{ItemResult, ResultKind, ScoreMeasure, StatedMechanism};
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
    let exact = !matches!(mechanism, StatedMechanism::Randomised { .. });
    let heading = format!("item-{}", item.id);
    html! {
        <section class="card item" aria-labelledby={heading.clone()}>
            if let Some(question) = &item.part_of {
                <p class="small">{ question }</p>
            }
            <h2 id={heading}>{ &item.text }</h2>
            <p class="small">{ answered(item) }</p>
            if item.distribution.is_empty() {
                <p>{ "Nobody has answered this question yet." }</p>
            } else {
                <div class="item-body">
                    if let Some(score) = item.score {
                        <Score {score} />
                    }
                    // An index has as many cells as sums; its figure says it all.
                    if item.score.is_none_or(|score| score.measure != ScoreMeasure::Index) {
                        <Distribution item={item.clone()} {exact} />
                    }
                </div>
            }
        </section>
    }
}

fn answered(item: &ItemResult) -> String {
    let about = if item.estimated { "About " } else { "" };
    let answered = format!("{about}{} answered", figure::count(item.answered));
    let answered = match item.missing {
        0 => answered,
        missing => format!("{answered}, {} without an answer", figure::count(missing)),
    };
    match item.kind {
        ResultKind::Answer => answered,
        ResultKind::Several => format!("{answered}; several answers were possible"),
        ResultKind::Derived => format!("{answered}; worked out on the device from several answers"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_answered_is_told_as_exactly_as_it_is_known() {
        let item = |missing, estimated, kind| ItemResult {
            id: "a".to_owned(),
            text: "A".to_owned(),
            kind,
            part_of: None,
            answered: 1_200,
            estimated,
            missing,
            counts: Vec::new(),
            score: None,
            distribution: Vec::new(),
        };
        let found = [
            answered(&item(0, false, ResultKind::Answer)),
            answered(&item(34, true, ResultKind::Several)),
            answered(&item(2, false, ResultKind::Derived)),
        ];
        let expected = [
            "1,200 answered",
            "About 1,200 answered, 34 without an answer; several answers were possible",
            "1,200 answered, 2 without an answer; worked out on the device from several answers",
        ];
        assert_eq!(found, expected);
    }
}
