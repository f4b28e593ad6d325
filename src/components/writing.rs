//! Fields for a respondent's own words, which never leave the device.

use crate::browser::{lower_case, written};
use crate::state::{Action, State};
use puls_core::definition::{AnswerOption, OpenText};
use puls_core::response::Cell;
use puls_core::themes::found;
use yew::{Callback, Html, InputEvent, html};

/// Longest text beside an option, in characters.
const OTHER_CHARACTERS: usize = 100;

/// A field for a text, and below it the themes that were found in it. Only the themes are counted.
pub(super) fn open_text(item: &OpenText, state: &State, act: &Callback<Action>) -> Html {
    let words = &state.setup.words;
    let text = state.draft().map(|draft| draft.text.clone()).unwrap_or_default();
    let left = (item.max_characters as usize).saturating_sub(text.encode_utf16().count());
    let nothing = state.draft().is_none_or(|draft| draft.found == 0);
    let theme = |(cell, theme): (usize, &AnswerOption)| {
        html! {
            <button type="button" part="theme" class="chip"
                aria-pressed={state.has(Cell(cell)).to_string()}
                onclick={act.reform(move |_| Action::Choose(0, cell))}>{ state.read(&theme.text) }</button>
        }
    };
    html! {
        <>
            <p id="hint" class="hint">{ words.get("stays_here") }</p>
            <textarea part="field" rows="4" maxlength={item.max_characters.to_string()} value={text} data-focus="" spellcheck="false"
                aria-labelledby="question" aria-describedby="hint" placeholder={words.get("open_field")}
                oninput={on_input(&item.themes, state, act)} />
            <p class="hint" role="status">
                { words.get(if nothing { "no_themes" } else { "themes_found" }) }
                if left <= 100 {
                    { " · " }{ words.fill("characters_left", &[left as u64]) }
                }
            </p>
            <div class="chips" role="group" aria-label={words.get("themes")}>
                { for item.themes.iter().enumerate().map(theme) }
            </div>
        </>
    }
}

/// A field for words, where 'other' is chosen, and the options that the words hint at.
pub(super) fn other(options: &[AnswerOption], state: &State, act: &Callback<Action>) -> Html {
    if !state.has(Cell(options.len())) {
        return Html::default();
    }
    let words = &state.setup.words;
    let (text, found) =
        state.draft().map_or_else(Default::default, |draft| (draft.text.clone(), draft.found));
    let hinted = (0..options.len()).filter(|cell| found & 1 << cell != 0 && !state.has(Cell(*cell)));
    let hinted: Vec<usize> = hinted.collect();
    let suggestion = |cell: &usize| {
        let cell = *cell;
        let text = options.get(cell).map(|option| state.read(&option.text));
        html! {
            <button type="button" class="chip" onclick={act.reform(move |_| Action::Choose(0, cell))}>{ text }</button>
        }
    };
    html! {
        <>
            <label class="field">
                <span class="label">{ words.get("other_field") }</span>
                <input part="field" maxlength={OTHER_CHARACTERS.to_string()} value={text} spellcheck="false" autocomplete="off"
                    oninput={on_input(options, state, act)} />
            </label>
            <p class="hint" role="status">
                if !hinted.is_empty() {
                    { words.get("did_you_mean") }{ " " }{ for hinted.iter().map(suggestion) }
                }
            </p>
        </>
    }
}

fn on_input(options: &[AnswerOption], state: &State, act: &Callback<Action>) -> Callback<InputEvent> {
    let (options, language) = (options.to_vec(), state.setup.language.clone());
    act.reform(move |event: InputEvent| {
        let text = written(&event);
        let found = found(&options, &language, &lower_case(&text, &language));
        Action::Write(text, found)
    })
}
