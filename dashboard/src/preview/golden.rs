//! Golden markup: the preview in each of its states, rendered natively.

use super::components::page::{Page, Props};
use super::screens;
use super::state::{Action, State};
use std::rc::Rc;
use yew::{Callback, LocalServerRenderer, Reducible};

/// A survey with one of everything that may stand beside a picture.
const SURVEY: &str = include_str!("golden/survey.json");

const SCREENS: &str = r#"{"language": "en", "items": [["section", {"class": "panel"}, "One"], null], "thanks": [], "routes": []}"#;

fn markup(state: State) -> String {
    let props = Props {
        state,
        surveys: vec!["csat".to_owned(), "nps".to_owned()],
        origin: "https://surveys.example.com".into(),
        dispatch: Callback::noop(),
    };
    let page = LocalServerRenderer::<Page>::with_props(props).hydratable(false);
    futures::executor::block_on(page.render()).replace("><", ">\n<")
}

fn after(state: State, actions: impl IntoIterator<Item = Action>) -> State {
    let state = actions.into_iter().fold(Rc::new(state), |state, action| state.reduce(action));
    State::clone(&state)
}

#[test]
fn empty() {
    insta::assert_snapshot!(markup(State::default()));
}

#[test]
fn broken() {
    insta::assert_snapshot!(markup(State::new(&SURVEY.replace("\"points\": 5", "\"points\": 12"))));
}

#[test]
fn sound() {
    let state = State::new(SURVEY);
    let round = state.request().unwrap().round;
    let screens = screens::read((200, SCREENS.to_owned()));
    insta::assert_snapshot!(markup(after(state, [Action::Drawn(round, screens)])));
}

#[test]
fn broken_again_and_without_pictures() {
    let state = State::new(SURVEY);
    let round = state.request().unwrap().round;
    let refused = screens::read((503, String::new()));
    let actions = [Action::Drawn(round, refused), Action::Type("{".to_owned()), Action::Check];
    insta::assert_snapshot!(markup(after(state, actions)));
}
