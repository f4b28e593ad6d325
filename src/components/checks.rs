use super::options::label;
use crate::state::{Action, State};
use puls_core::definition::Choices;
use puls_core::response::Cell;
use yew::{Callback, Html, html};

/// Answers of which several can be chosen, as check boxes. Each is a tab stop.
pub(super) fn checks(choices: &Choices, state: &State, act: &Callback<Action>) -> Html {
    let Some((index, item)) = state.item() else { return Html::default() };
    let words = &state.setup.words;
    let hint = match choices.most {
        Some(most) => words.fill("choose_most", &[most.into()]),
        None => words.get("choose_many"),
    };
    let check = |(place, cell): (usize, usize)| {
        html! {
            <button type="button" part="option" role="checkbox"
                aria-checked={state.has(Cell(cell)).to_string()}
                data-focus={(place == 0).then_some("")}
                onclick={act.reform(move |_| Action::Choose(0, cell))}>{ label(state, item, cell) }</button>
        }
    };
    html! {
        <>
            <p id="hint" class="hint">{ hint }</p>
            <div role="group" aria-labelledby="question" aria-describedby="hint" data-layout="list">
                { for state.plan.cells(&state.setup.definition, index).into_iter().enumerate().map(check) }
            </div>
        </>
    }
}
