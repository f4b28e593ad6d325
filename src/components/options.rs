use super::picture::{face, star, thumb};
use crate::browser::{focus_sibling, place};
use crate::state::{Action, State};
use crate::words::{Words, direction};
use puls_core::FULL;
use puls_core::definition::{Item, ItemKind, Rating, ScaleStyle};
use puls_core::response::Cell;
use yew::{Callback, Html, KeyboardEvent, html};

/// How answers are laid out on the screen.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Layout {
    /// Numbers beside one another, with names at both ends.
    Scale,
    /// Rows below one another.
    List,
    /// Stars beside one another.
    Stars,
    /// Faces with their meaning.
    Smileys,
    /// Two thumbs.
    Thumbs,
}

impl Layout {
    fn of(item: &Item) -> Self {
        match &item.kind {
            ItemKind::Rating(rating) => match rating.scale.style {
                // Labels need room for their words.
                ScaleStyle::Numbers if !rating.labels.is_empty() => Self::List,
                ScaleStyle::Numbers => Self::Scale,
                ScaleStyle::Stars => Self::Stars,
                ScaleStyle::Smileys => Self::Smileys,
                ScaleStyle::Thumbs => Self::Thumbs,
            },
            ItemKind::NetPromoter(_) | ItemKind::Count(_) => Self::Scale,
            _ => Self::List,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Scale => "scale",
            Self::List => "list",
            Self::Stars => "stars",
            Self::Smileys => "smileys",
            Self::Thumbs => "thumbs",
        }
    }
}

/// The answers to the item or statement on screen, as a radio group with one tab stop. Arrow keys move; Space, Enter or
/// a tap choose. So nobody answers by looking around with the keyboard.
pub(super) fn options(state: &State, act: &Callback<Action>) -> Html {
    let Some((index, item)) = state.item() else { return Html::default() };
    let (layout, row) = (Layout::of(item), state.row);
    let cells = state.plan.cells(&state.setup.definition, index);
    let ends = item.kind.anchors().map(|anchors| (state.read(&anchors.low), state.read(&anchors.high)));
    let chosen = state.chosen(row);
    let option = |(place, cell): (usize, &usize)| {
        let (cell, label) = (*cell, label(state, item, *cell));
        let name = match &ends {
            Some((low, _)) if place == 0 => Some(format!("{label}, {low}")),
            Some((_, high)) if place + 1 == cells.len() => Some(format!("{label}, {high}")),
            _ => None,
        };
        let current = place == state.cursor;
        html! {
            <button type="button" part="option" role="radio" aria-label={name.or_else(|| spoken(item, cell, &label))}
                aria-checked={if chosen == Some(Cell(cell)) { "true" } else { "false" }}
                data-filled={chosen.is_some_and(|chosen| layout == Layout::Stars && Cell(cell) <= chosen).then_some("")}
                tabindex={if current { "0" } else { "-1" }} data-focus={current.then_some("")}
                onclick={act.reform(move |_| Action::Choose(row, cell))}>{ drawn(layout, cell, cells.len(), short(state, item, cell, label)) }</button>
        }
    };
    // An item with 'other' doesn't go on by itself: whoever chooses 'other' has something to write.
    let has_other = FULL && matches!(&item.kind, ItemKind::Choice(choice) if choice.other.is_some());
    let goes_on = !state.is_last() && !has_other;
    html! {
        <>
            <div role="radiogroup" aria-labelledby="question" aria-required={item.required.to_string()}
                aria-describedby={goes_on.then_some("hint")} data-layout={layout.name()}
                onkeydown={on_arrow(state, row, cells.len(), act)}>
                { for cells.iter().enumerate().map(option) }
            </div>
            if let Some((low, high)) = ends.clone() {
                <div class="anchors" part="anchors" aria-hidden="true"><span>{ low }</span><span>{ high }</span></div>
            }
            if goes_on {
                <p id="hint" hidden=true>{ state.setup.words.get("goes_on") }</p>
            }
        </>
    }
}

/// The name of an answer.
pub(super) fn label(state: &State, item: &Item, cell: usize) -> String {
    let (words, number) = (&state.setup.words, cell as u64);
    match &item.kind {
        ItemKind::NetPromoter(_) => words.number(number),
        ItemKind::Rating(rating) => match rating.labels.get(cell) {
            Some(label) => state.read(label),
            None => point(words, rating, number + 1),
        },
        ItemKind::Agreement(_) | ItemKind::Matrix(_) => agreement(words, item.kind.cells(), cell),
        ItemKind::Count(_) if FULL && is_or_more(item, cell) => words.fill("or_more", &[number]),
        ItemKind::Count(_) => words.number(number),
        _ => item.kind.answers().get(cell).map_or_else(String::new, |option| state.read(&option.text)),
    }
}

fn point(words: &Words, rating: &Rating, point: u64) -> String {
    match rating.scale.style {
        _ if !FULL => words.number(point),
        ScaleStyle::Numbers => words.number(point),
        ScaleStyle::Stars => words.fill("stars", &[point]),
        // Three faces have the names of the inner three of five.
        ScaleStyle::Smileys => words.get(&format!("smiley_{}", point + u64::from(rating.scale.points == 3))),
        ScaleStyle::Thumbs => words.get(if point == 1 { "thumb_down" } else { "thumb_up" }),
    }
}

/// Seven points have the words for five, and one more on each side of the middle.
fn agreement(words: &Words, points: usize, cell: usize) -> String {
    const OF_FIVE: [u8; 5] = [1, 2, 4, 6, 7];
    let of_seven = OF_FIVE.get(cell).filter(|_| points == 5).map_or(cell + 1, |place| (*place).into());
    words.get(&format!("agreement_{of_seven}"))
}

/// The name that screen readers get where an answer is only drawn, or shortened.
fn spoken(item: &Item, cell: usize, label: &str) -> Option<String> {
    let named = FULL && (Layout::of(item) == Layout::Stars || is_or_more(item, cell));
    named.then(|| label.to_owned())
}

/// The text that fits on an answer's button.
fn short(state: &State, item: &Item, cell: usize, label: String) -> String {
    if FULL && is_or_more(item, cell) {
        return format!("{}+", state.setup.words.number(cell as u64));
    }
    label
}

/// Whether an answer is the last one of a count, which means "this many or more".
fn is_or_more(item: &Item, cell: usize) -> bool {
    matches!(item.kind, ItemKind::Count(count) if count.most as usize == cell)
}

fn drawn(layout: Layout, cell: usize, cells: usize, label: String) -> Html {
    match layout {
        Layout::Scale | Layout::List => html! { { label } },
        _ if !FULL => Html::default(),
        Layout::Stars => star(),
        Layout::Smileys => html! { <>{ face(cell, cells) }<span>{ label }</span></> },
        Layout::Thumbs => html! { <>{ thumb(cell > 0) }<span>{ label }</span></> },
    }
}

/// Lets arrow keys move within a row of `count` answers.
pub(super) fn on_arrow(
    state: &State,
    row: usize,
    count: usize,
    act: &Callback<Action>,
) -> Callback<KeyboardEvent> {
    let (act, rtl) = (act.clone(), direction(&state.setup.language) == "rtl");
    Callback::from(move |event: KeyboardEvent| {
        // The state may lag behind, since keys may come faster than renders. The focus doesn't.
        let cursor = place(&event);
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
        // Otherwise the page would scroll.
        event.prevent_default();
        focus_sibling(&event, target);
        act.emit(Action::Move(row, target));
    })
}

/// The answer that the keyboard stands on in a row. In rows where the keyboard isn't, that is the chosen one, or the
/// first.
pub(super) fn cursor(state: &State, row: usize) -> usize {
    if row == state.row { state.cursor } else { state.chosen(row).map_or(0, |Cell(cell)| cell) }
}
