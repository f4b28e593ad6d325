use crate::browser::focus_sibling;
use crate::state::{Action, State};
use crate::words::direction;
use yew::{Callback, Html, KeyboardEvent, html};

/// How answers stand on the screen.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Layout {
    /// Beside one another, with names at both ends.
    Scale,
    /// Below one another.
    List,
}

/// The answers to the item on screen: a radio group with one tab stop. Arrows move; Space, Enter or a tap
/// choose. So looking around with the keyboard never answers anything.
pub(super) fn options(labels: &[String], layout: Layout, state: &State, act: &Callback<Action>) -> Html {
    let Some((index, item)) = state.item() else { return Html::default() };
    let language = &state.setup.language;
    let ends = item.kind.anchors().map(|anchors| (anchors.low.get(language), anchors.high.get(language)));
    let chosen = state.response.chosen(index);
    let option = |(cell, label): (usize, &String)| {
        let name = match ends {
            Some((low, _)) if cell == 0 => Some(format!("{label}, {low}")),
            Some((_, high)) if cell + 1 == labels.len() => Some(format!("{label}, {high}")),
            _ => None,
        };
        let current = cell == state.cursor;
        html! {
            <button type="button" part="option" role="radio" aria-label={name}
                aria-checked={if chosen == Some(cell) { "true" } else { "false" }}
                tabindex={if current { "0" } else { "-1" }} data-focus={current.then_some("")}
                onclick={act.reform(move |_| Action::Choose(cell))}>{ label }</button>
        }
    };
    html! {
        <>
            <div role="radiogroup" aria-labelledby="question" aria-required={item.required.to_string()}
                aria-describedby={(!state.is_last()).then_some("hint")}
                data-layout={if layout == Layout::Scale { "scale" } else { "list" }}
                onkeydown={on_arrow(labels.len(), direction(language) == "rtl", state.cursor, act)}>
                { for labels.iter().enumerate().map(option) }
            </div>
            if let Some((low, high)) = ends {
                <div class="anchors" part="anchors" aria-hidden="true"><span>{ low }</span><span>{ high }</span></div>
            }
            if !state.is_last() {
                <p id="hint" hidden=true>{ state.setup.words.goes_on }</p>
            }
        </>
    }
}

fn on_arrow(count: usize, rtl: bool, cursor: usize, act: &Callback<Action>) -> Callback<KeyboardEvent> {
    let act = act.clone();
    Callback::from(move |event: KeyboardEvent| {
        let last = count.saturating_sub(1);
        let (back, on) = (cursor.checked_sub(1).unwrap_or(last), if cursor < last { cursor + 1 } else { 0 });
        let target = match event.key().as_str() {
            "ArrowLeft" if rtl => on,
            "ArrowRight" if rtl => back,
            "ArrowUp" | "ArrowLeft" => back,
            "ArrowDown" | "ArrowRight" => on,
            "Home" => 0,
            "End" => last,
            _ => return,
        };
        // Else the page scrolls.
        event.prevent_default();
        focus_sibling(&event, target);
        act.emit(Action::Move(target));
    })
}
