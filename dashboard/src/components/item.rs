//! One question's results.

use super::distribution::Distribution;
use super::favourable::Favourable;
use super::score::Score;
use super::withheld::Withheld;
use crate::figure;
use puls_analysis::results::{ItemResult, ResultKind, ScoreMeasure, Shown, StatedMechanism};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// The question's results.
    pub(crate) item: ItemResult,
    /// How answers were protected.
    pub(crate) mechanism: StatedMechanism,
}

/// The question, its main figure, and the share of each answer.
#[component]
pub(crate) fn Item(Props { item, mechanism }: &Props) -> Html {
    let heading = format!("item-{}", item.id);
    html! {
        <section class="card item" aria-labelledby={heading.clone()}>
            if let Some(question) = &item.part_of {
                <p class="small">{ question }</p>
            }
            <h2 id={heading}>{ &item.text }</h2>
            if item.answered > 0 {
                <p class="small">{ answered(item) }</p>
            }
            { body(item, !matches!(mechanism, StatedMechanism::Randomised { .. })) }
        </section>
    }
}

/// The published figures, and why the others are withheld.
fn body(item: &ItemResult, exact: bool) -> Html {
    if item.distribution.published().is_some_and(Vec::is_empty) {
        return html! { <p>{ "Nobody has answered this question yet." }</p> };
    }
    if let Some(Shown::Withheld(why)) = item.score {
        return html! { <Withheld what="The figures" {why} /> };
    }
    html! {
        <div class="item-body">
            if let Some(score) = item.score.as_ref().and_then(|score| score.published()) {
                <Score score={*score} />
            }
            <div class="shares">
                { favourable(item) }
                { shares(item, exact) }
            </div>
        </div>
    }
}

/// Finds the measure, since the parts of a net promoter score have names of their own.
fn measure(item: &ItemResult) -> Option<ScoreMeasure> {
    Some(item.score.as_ref()?.published()?.measure)
}

fn favourable(item: &ItemResult) -> Html {
    match item.favourable {
        None => html! {},
        // The note on the share of each answer says that already.
        Some(Shown::Withheld(_)) => html! {},
        Some(Shown::Published(shares)) => {
            html! { <Favourable {shares} scored={measure(item) == Some(ScoreMeasure::NetPromoterScore)} /> }
        }
    }
}

fn shares(item: &ItemResult, exact: bool) -> Html {
    let measure = measure(item);
    match &item.distribution {
        // An index has one cell for each possible sum, too many to show; its figure is enough.
        _ if measure == Some(ScoreMeasure::Index) => html! {},
        Shown::Withheld(why) => html! { <Withheld what="The share of each answer" why={*why} /> },
        Shown::Published(shares) => html! {
            <>
                if let Some(of) = item.distribution_of {
                    <p class="small">{ format!("The shares are of {} of these answers; the others follow together.", figure::count(of)) }</p>
                }
                <Distribution
                    item={item.clone()}
                    shares={shares.clone()}
                    scored={measure == Some(ScoreMeasure::NetPromoterScore)}
                    {exact}
                />
            </>
        },
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
            favourable: None,
            distribution: Shown::Published(Vec::new()),
            distribution_of: None,
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
