//! Golden markup: the page in each of its states, rendered natively.

use crate::api::{Answer, Survey};
use crate::components::page::{Page, Props};
use crate::failure::Failure;
use crate::state::{Action, State};
use crate::token::Token;
use crate::view::View;
use puls_analysis::results::Results;
use std::rc::Rc;
use yew::{Callback, LocalServerRenderer, Reducible};

const NPS: &str = include_str!("golden/nps.json");
const PULSE: &str = include_str!("golden/pulse.json");

/// The state of a page that was opened with a token and a query, after some answers.
fn opened(query: &str, answers: impl IntoIterator<Item = Answer>) -> State {
    let state = State::new(Token::parse("secret"), View::from_query(query));
    let state = answers.into_iter().fold(Rc::new(state), |state, answer| {
        let round = state.request().unwrap().round;
        state.reduce(Action::Arrived { round, answer })
    });
    State::clone(&state)
}

fn surveys() -> Answer {
    let survey = |id: &str, title: &str| Survey {
        id: id.to_owned(),
        title: title.to_owned(),
        segments: Default::default(),
    };
    let units = ["billing", "sales"].map(str::to_owned).into();
    Answer::Surveys(Ok(vec![
        survey("nps", "Would you recommend us?"),
        Survey {
            segments: [("unit".to_owned(), units)].into(),
            ..survey("engagement-pulse", "This week's pulse")
        },
    ]))
}

fn results(json: &str) -> Results {
    serde_json::from_str(json).unwrap()
}

/// The page's markup with one element on each line, so that a difference shows its place.
fn markup(state: State) -> String {
    let props = Props { state, origin: "https://surveys.example.com".into(), dispatch: Callback::noop() };
    let page = LocalServerRenderer::<Page>::with_props(props).hydratable(false);
    futures::executor::block_on(page.render()).replace("><", ">\n<")
}

#[test]
fn signed_out() {
    insta::assert_snapshot!(markup(State::default()));
}

#[test]
fn refused() {
    insta::assert_snapshot!(markup(opened("", [Answer::Surveys(Err(Failure::Unauthorised))])));
}

#[test]
fn loading() {
    insta::assert_snapshot!(markup(opened("", [])));
}

#[test]
fn loading_another_survey() {
    insta::assert_snapshot!(markup(opened("survey=engagement-pulse", [surveys()])));
}

#[test]
fn no_surveys() {
    insta::assert_snapshot!(markup(opened("", [Answer::Surveys(Ok(Vec::new()))])));
}

#[test]
fn no_answers() {
    let nobody = Results { respondents: 0, sample: 0, items: Vec::new(), waves: Vec::new(), ..results(NPS) };
    insta::assert_snapshot!(markup(opened("survey=nps", [surveys(), Answer::Results(Ok(nobody))])));
}

#[test]
fn no_answers_in_a_wave() {
    let wave = Some("2026-12".to_owned());
    let nobody = Results { respondents: 0, sample: 0, items: Vec::new(), wave, ..results(NPS) };
    insta::assert_snapshot!(markup(opened(
        "survey=nps&wave=2026-12",
        [surveys(), Answer::Results(Ok(nobody))]
    )));
}

#[test]
fn error() {
    let body = r#"{"type":"about:blank","title":"Not found","status":404,"detail":"no survey \"nbs\""}"#;
    let answer = Answer::Results(Err(Failure::of_status(404, body)));
    insta::assert_snapshot!(markup(opened("survey=nbs", [surveys(), answer])));
}

#[test]
fn randomised_nps() {
    insta::assert_snapshot!(markup(opened("survey=nps", [surveys(), Answer::Results(Ok(results(NPS)))])));
}

#[test]
fn few_randomised_answers_come_with_a_caution() {
    let few = Results { respondents: 299, sample: 0, ..results(NPS) };
    let markup = markup(opened("survey=nps", [surveys(), Answer::Results(Ok(few))]));
    assert!(markup.contains("Read with caution."));
}

#[test]
fn batched_pulse() {
    let query = "survey=engagement-pulse&wave=2026-W47&segment.unit=billing";
    insta::assert_snapshot!(markup(opened(query, [surveys(), Answer::Results(Ok(results(PULSE)))])));
}

#[test]
fn few_exact_answers_are_withheld_with_a_reason() {
    let mut few: serde_json::Value = serde_json::from_str(PULSE).unwrap();
    let items = few["items"].as_array_mut().unwrap();
    let [scale, choice] = [items[0].clone(), items[1].clone()];
    let withheld =
        |have: u64, needs: u64| serde_json::json!({ "withheld": "too_few", "have": have, "needs": needs });
    let share = |value: f64| serde_json::json!({ "value": value, "low": value / 2.0, "high": value + 0.2 });
    let item = |item: &serde_json::Value, id: &str, fields: serde_json::Value| {
        let mut item = item.clone();
        item["id"] = id.into();
        item["counts"] = serde_json::json!([]);
        item["distribution"] = withheld(8, 10);
        fields.as_object().unwrap().iter().for_each(|(name, value)| item[name] = value.clone());
        item
    };
    let whole = serde_json::json!({ "withheld": "too_few", "in_whole": true, "have": 37, "needs": 50 });
    let thirds = serde_json::json!({
        "of": 8, "favourable": share(0.5), "neutral": share(0.25), "unfavourable": share(0.25)
    });
    *items = vec![
        item(&scale, "group", serde_json::json!({ "answered": 0, "score": whole })),
        item(&scale, "three", serde_json::json!({ "answered": 3, "favourable": withheld(4, 5) })),
        item(&scale, "eight", serde_json::json!({ "answered": 8, "favourable": thirds })),
        item(
            &choice,
            "uncertain",
            serde_json::json!({ "answered": 0, "distribution": { "withheld": "too_few", "needs": 10 } }),
        ),
    ];
    let few = Results { respondents: 8, ..results(&few.to_string()) };
    let query = "survey=engagement-pulse&wave=2026-W47&segment.unit=billing";
    insta::assert_snapshot!(markup(opened(query, [surveys(), Answer::Results(Ok(few))])));
}
