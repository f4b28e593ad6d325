//! Tests of what readers and collectors do, in order and out of order.

use super::*;
use crate::api::Survey;
use proptest::prelude::*;
use puls_analysis::results::StatedMechanism;
use std::collections::BTreeMap;

fn token() -> Token {
    Token::parse("secret").unwrap()
}

fn survey(id: &str) -> Survey {
    Survey { id: id.to_owned(), title: id.to_owned(), segments: BTreeMap::new() }
}

fn results(survey: &str) -> Results {
    Results {
        survey: survey.to_owned(),
        version: 1,
        title: survey.to_owned(),
        audience: "customer".to_owned(),
        wave: None,
        waves: Vec::new(),
        segment: BTreeMap::new(),
        mechanism: StatedMechanism::Batched { k: 5 },
        respondents: 0,
        sample: 0,
        joint: None,
        revisions: Vec::new(),
        items: Vec::new(),
    }
}

fn arrived(state: &State, answer: Answer) -> State {
    let round = state.request().unwrap().round;
    state.clone().after(Action::Arrived { round, answer })
}

/// A state that is signed in, with two surveys and the results of the first.
fn ready() -> State {
    let state = State::new(Some(token()), View::default());
    let state = arrived(&state, Answer::Surveys(Ok(vec![survey("nps"), survey("pulse")])));
    arrived(&state, Answer::Results(Ok(results("nps"))))
}

#[test]
fn nothing_is_asked_without_a_token() {
    let state = State::new(None, View::of("nps"));
    assert_eq!(state.request(), None);
    let question = state.after(Action::SignIn(token())).request().unwrap().question;
    assert_eq!(question, Question::Surveys);
}

#[test]
fn without_a_survey_in_the_address_the_first_one_is_shown() {
    let state = ready();
    assert_eq!(state.view, View::of("nps"));
    assert_eq!(state.request(), None);
    assert_eq!(state.survey(), Some(&survey("nps")));
}

#[test]
fn another_wave_keeps_the_results_in_sight_and_another_survey_does_not() {
    let wave = ready().after(Action::Look(View::of("nps").in_wave(Some("2026-11".to_owned()))));
    assert!(wave.results.is_loading() && wave.results.content().is_some());
    let other = ready().after(Action::Look(View::of("pulse")));
    assert!(other.results.is_loading() && other.results.content().is_none());
}

#[test]
fn an_answer_to_an_earlier_question_is_dropped() {
    let asked = ready().after(Action::Look(View::of("pulse")));
    let late = asked.request().unwrap().round;
    let state = asked.after(Action::Look(View::of("nps")));
    let same =
        state.clone().after(Action::Arrived { round: late, answer: Answer::Results(Ok(results("pulse"))) });
    assert_eq!(same, state);
}

#[test]
fn a_refused_token_leads_to_signing_in_again_with_the_same_view() {
    let asked = ready().after(Action::Look(View::of("pulse")));
    let state = arrived(&asked, Answer::Results(Err(Failure::Unauthorised)));
    assert!(state.refused && state.token.is_none());
    assert_eq!(state.request(), None);
    let state = state.after(Action::SignIn(token()));
    assert!(!state.refused);
    assert_eq!(state.view, View::of("pulse"));
}

#[test]
fn after_a_failure_the_reader_can_try_again() {
    let state = State::new(Some(token()), View::of("nps"));
    let state = arrived(&state, Answer::Surveys(Err(Failure::Unreachable)));
    assert_eq!(state.request(), None);
    assert_eq!(state.after(Action::Refresh).request().unwrap().question, Question::Surveys);
}

#[test]
fn signing_out_forgets_the_results() {
    let state = ready().after(Action::SignOut);
    assert_eq!((state.token.as_ref(), state.results.content(), state.refused), (None, None, false));
}

fn any_failure() -> impl Strategy<Value = Failure> {
    prop_oneof![
        Just(Failure::Unauthorised),
        Just(Failure::Unreachable),
        (100..600_u16, ".{0,80}").prop_map(|(status, body)| Failure::of_status(status, &body)),
    ]
}

fn any_answer() -> impl Strategy<Value = Answer> {
    let surveys = proptest::collection::vec("[a-z]{1,3}", 0..3)
        .prop_map(|ids| Answer::Surveys(Ok(ids.iter().map(|id| survey(id)).collect())));
    prop_oneof![
        surveys,
        "[a-z]{1,3}".prop_map(|id| Answer::Results(Ok(results(&id)))),
        any_failure().prop_map(|failure| Answer::Surveys(Err(failure))),
        any_failure().prop_map(|failure| Answer::Results(Err(failure))),
    ]
}

fn any_action() -> impl Strategy<Value = Action> {
    prop_oneof![
        Just(Action::SignIn(token())),
        Just(Action::SignOut),
        Just(Action::Refresh),
        ".{0,40}".prop_map(|query| Action::Look(View::from_query(&query))),
        "[a-z]{1,3}".prop_map(|id| Action::Look(View::of(&id))),
        (0..12_u32, any_answer()).prop_map(|(round, answer)| Action::Arrived { round, answer }),
    ]
}

proptest! {
    #[test]
    fn whatever_happens_the_state_stays_sound(actions in proptest::collection::vec(any_action(), 0..24)) {
        let mut state = Rc::new(State::new(Some(token()), View::default()));
        for action in actions {
            state = state.reduce(action);
            prop_assert!(state.token.is_some() || state.request().is_none());
            prop_assert!(!state.refused || state.token.is_none());
            let waiting = state.request().is_some_and(|request| matches!(request.question, Question::Results { .. }));
            prop_assert!(!waiting || state.results.is_loading());
        }
    }
}
