//! Says that there is nothing to show yet, and what to do about it.

use super::icon::{Glyph, Icon};
use crate::state::Action;
use crate::view::View;
use puls_analysis::results::{Results, StatedMechanism};
use std::rc::Rc;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// Results without answers.
    pub(crate) results: Rc<Results>,
    /// Whether other waves or segments may have answers.
    pub(crate) filtered: bool,
    /// The collector's address.
    pub(crate) origin: AttrValue,
    /// Takes what the reader does.
    pub(crate) dispatch: Callback<Action>,
}

/// A survey without answers, either at all or in this wave and segment.
#[component]
pub(crate) fn NoAnswers(props: &Props) -> Html {
    let survey = props.results.survey.clone();
    let show_all = props.dispatch.reform(move |_: MouseEvent| Action::Look(View::of(&survey)));
    html! {
        <section class="card message">
            <Icon glyph={Glyph::Tray} />
            <h2>{ "No answers yet" }</h2>
            if props.filtered {
                <p>{ "Nobody has answered in this wave and segment." }</p>
                <button type="button" class="main" onclick={show_all}>{ "Show all answers" }</button>
            } else {
                <p>
                    { "Put the survey on a page with one line. Answers show up here as soon as they are sent." }
                </p>
                <pre><code>{ snippet(&props.origin, &props.results.survey) }</code></pre>
                if let StatedMechanism::Batched { k } = props.results.mechanism {
                    <p class="small">
                        { format!("Totals are sent once {k} people have answered on the same device.") }
                    </p>
                }
            }
        </section>
    }
}

/// A collector that serves no survey.
#[component]
pub(crate) fn NoSurveys() -> Html {
    html! {
        <section class="card message">
            <Icon glyph={Glyph::Tray} />
            <h1>{ "No surveys yet" }</h1>
            <p>
                { "The collector serves no survey. Put a definition into its folder of surveys and start it \
                   again." }
            </p>
        </section>
    }
}

fn snippet(origin: &str, survey: &str) -> String {
    format!(r#"<script async src="{origin}/puls.js" data-survey="{survey}"></script>"#)
}
