use super::checks::checks;
use super::link::link;
use super::matrix::matrix;
use super::options::options;
use super::writing::{open_text, other};
use crate::state::{Action, State};
use puls_core::FULL;
use puls_core::definition::{Item, ItemKind, Matrix};
use yew::{Callback, Html, html};

/// One item, or one statement of a matrix.
pub(super) fn question(state: &State, act: &Callback<Action>) -> Html {
    let Some((index, item)) = state.item() else { return Html::default() };
    // Each row of a matrix has a key of its own where it is a screen of its own.
    let key = index * 16 + if state.row_by_row() { state.row } else { 0 };
    let text = state.path().text(index).map(|text| state.read(text)).unwrap_or_default();
    if let ItemKind::Notice(notice) = &item.kind {
        return html! {
            <div key={key} class="screen">
                <h2 part="question" tabindex="-1" data-focus="">{ text }</h2>
                { for notice.link.iter().filter(|_| FULL).map(|to| link(state, &to.text, &to.url)) }
            </div>
        };
    }
    let (lead, heading) = match &item.kind {
        ItemKind::Matrix(matrix) if state.row_by_row() => {
            (Some(lead(matrix, state, text)), statement(matrix, state))
        }
        _ => (None, text),
    };
    html! {
        <div key={key} class="screen">
            { lead }
            <h2 id="question" part="question">{ heading }</h2>
            { answers(item, state, act) }
        </div>
    }
}

fn answers(item: &Item, state: &State, act: &Callback<Action>) -> Html {
    match &item.kind {
        ItemKind::Matrix(it) if FULL && !state.row_by_row() => matrix(it, item, state, act),
        ItemKind::Choices(it) if FULL => html! {
            <>{ checks(it, state, act) }if it.other.is_some() { { other(&it.options, state, act) } }</>
        },
        ItemKind::Choice(it) if FULL && it.other.is_some() => html! {
            <>{ options(state, act) }{ other(&it.options, state, act) }</>
        },
        ItemKind::OpenText(it) if FULL => open_text(it, state, act),
        _ => options(state, act),
    }
}

/// The text that all statements share, and which of them is on screen.
fn lead(matrix: &Matrix, state: &State, text: String) -> Html {
    let (at, of) = (state.row as u64 + 1, matrix.statements.len() as u64);
    html! { <p class="lead">{ text }{ " " }<span>{ state.setup.words.fill("statement", &[at, of]) }</span></p> }
}

fn statement(matrix: &Matrix, state: &State) -> String {
    matrix.statements.get(state.row).map(|row| state.read(&row.text)).unwrap_or_default()
}
