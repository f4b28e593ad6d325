use super::options::{Layout, options};
use crate::state::{Action, State};
use puls_core::definition::{Item, ItemKind};
use yew::{Callback, Html, Properties, function_component, html};

#[derive(Properties, PartialEq)]
pub(crate) struct QuestionProps {
    pub(crate) state: State,
    pub(crate) act: Callback<Action>,
}

/// One item.
#[function_component]
pub(crate) fn Question(props: &QuestionProps) -> Html {
    let state = &props.state;
    let Some((_, item)) = state.item() else { return Html::default() };
    let text = item.text.get(&state.setup.language).to_owned();
    let labels = labels(item, &state.setup.language);
    if labels.is_empty() {
        return html! { <div class="screen"><h2 part="question" tabindex="-1" data-focus="">{ text }</h2></div> };
    }
    let layout = if matches!(item.kind, ItemKind::Choice(_)) { Layout::List } else { Layout::Scale };
    html! {
        <div class="screen">
            <h2 id="question" part="question">{ text }</h2>
            { options(&labels, layout, state, &props.act) }
        </div>
    }
}

/// What stands on each answer: nothing for a notice, which has none.
fn labels(item: &Item, language: &str) -> Vec<String> {
    match &item.kind {
        ItemKind::NetPromoter(_) => (0..item.kind.cells()).map(|answer| answer.to_string()).collect(),
        ItemKind::Rating(_) => (1..=item.kind.cells()).map(|point| point.to_string()).collect(),
        ItemKind::Choice(choice) => {
            choice.options.iter().map(|option| option.text.get(language).to_owned()).collect()
        }
        ItemKind::Notice(_) => Vec::new(),
    }
}
