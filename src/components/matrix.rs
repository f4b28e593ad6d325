use super::options::{cursor, label, on_arrow};
use crate::state::{Action, State};
use puls_core::definition::{Item, Matrix, Statement};
use puls_core::response::Cell;
use yew::{Callback, Html, html};

/// All statements of a matrix at once, where there is room. Each is a radio group of its own.
pub(super) fn matrix(matrix: &Matrix, item: &Item, state: &State, act: &Callback<Action>) -> Html {
    html! {
        <div class="matrix" role="group" aria-labelledby="question">
            <div class="ends" aria-hidden="true">
                { for (0..item.kind.cells()).map(|cell| html! { <span>{ label(state, item, cell) }</span> }) }
            </div>
            { for matrix.statements.iter().enumerate().map(|(row, statement)| {
                statement_row(row, statement, item, state, act)
            }) }
        </div>
    }
}

fn statement_row(
    row: usize,
    statement: &Statement,
    item: &Item,
    state: &State,
    act: &Callback<Action>,
) -> Html {
    let (name, points) = (format!("statement-{row}"), item.kind.cells());
    let chosen = state.chosen(row);
    let option = |cell: usize| {
        let current = cell == cursor(state, row);
        html! {
            <button type="button" part="option" role="radio" aria-label={label(state, item, cell)}
                aria-checked={if chosen == Some(Cell(cell)) { "true" } else { "false" }}
                tabindex={if current { "0" } else { "-1" }} data-focus={(current && row == 0).then_some("")}
                onclick={act.reform(move |_| Action::Choose(row, cell))} />
        }
    };
    html! {
        <div class="row">
            <span class="statement" id={name.clone()}>{ state.read(&statement.text) }</span>
            <div role="radiogroup" aria-labelledby={name} aria-required={item.required.to_string()}
                onkeydown={on_arrow(state, row, points, act)}>
                { for (0..points).map(option) }
            </div>
        </div>
    }
}
