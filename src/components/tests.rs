//! Every screen as markup, rendered natively: what a browser gets, and what a page sent ahead of the WASM
//! would hold.

use super::{Survey, SurveyProps};
use crate::state::{Action, Setup, State};
use crate::words::Words;
use puls_core::definition::{Definition, Display};
use puls_core::privacy::{Keep, prepare};
use puls_core::segment::Segment;
use puls_core::wave::{Period, Wave};
use rand_chacha::ChaCha12Rng;
use rand_core::SeedableRng;
use std::rc::Rc;
use yew::{Callback, Html, LocalServerRenderer, Properties, Reducible, function_component, html};

const PULSE: &str = r#"{
    "id": "pulse", "version": 1, "audience": "employee", "languages": ["en", "ar"],
    "title": {"en": "Pulse", "ar": "نبض"}, "privacy": {"kind": "batched", "k": 3, "device": "shared"},
    "items": [
        {"id": "welcome", "kind": "notice", "text": {"en": "Two questions.", "ar": "سؤالان."}},
        {"id": "pride", "kind": "rating", "text": {"en": "Proud?", "ar": "فخور؟"}, "scale": {"points": 5},
         "anchors": {"low": {"en": "Not at all", "ar": "أبدا"}, "high": {"en": "Very", "ar": "جدا"}}},
        {"id": "help", "kind": "choice", "text": {"en": "What helps?", "ar": "ما الذي يساعد؟"}, "required": false,
         "options": [{"id": "time", "text": "Time"}, {"id": "say", "text": "A say"}]}
    ]
}"#;

const NPS: &str = r#"{
    "id": "nps", "version": 1, "audience": "customer", "languages": ["sv"], "title": "NPS",
    "items": [{"id": "recommend", "kind": "net_promoter", "text": "Rekommendera?"}],
    "thanks": {"title": "Tack för svaret", "text": "Ha en fin dag."}
}"#;

fn setup(definition: &str, display: Display, language: &str) -> Rc<Setup> {
    Rc::new(Setup {
        definition: Definition::parse(definition).unwrap(),
        display,
        language: language.to_owned(),
        words: Words::find(language),
        destination: "https://surveys.example.com".to_owned(),
    })
}

/// What the answers so far lead to, with fixed randomness.
fn prepared(state: &State) -> Action {
    let (wave, mut rng) = (Wave::of(Period::Month, 20_778), ChaCha12Rng::seed_from_u64(1));
    let (definition, keep) = (&state.setup.definition, Keep::default());
    let prepared = prepare(definition, &state.response, &keep, wave, &Segment::default(), &mut rng);
    Action::Prepared(Rc::new(prepared.unwrap()))
}

fn after(setup: &Rc<Setup>, actions: impl IntoIterator<Item = Action>) -> State {
    let state =
        actions.into_iter().fold(Rc::new(State::new(Rc::clone(setup))), |state, action| state.reduce(action));
    State::clone(&state)
}

#[derive(Properties, PartialEq)]
struct ScreenProps {
    state: State,
}

/// A state's screen and footer, as the survey puts them together.
#[function_component]
fn Screenful(props: &ScreenProps) -> Html {
    let state = &props.state;
    html! { <>{ super::survey::screen(state, &Callback::noop()) }{ super::footer::footer(state, &Callback::noop(), &Callback::noop()) }</> }
}

async fn markup(state: State) -> String {
    readable(
        &LocalServerRenderer::<Screenful>::with_props(ScreenProps { state }).hydratable(false).render().await,
    )
}

/// One element a line.
fn readable(markup: &str) -> String {
    markup.replace("><", ">\n<")
}

#[tokio::test]
async fn the_whole_survey_as_it_opens() {
    for (name, definition, display, language) in [
        ("nps popover sv", NPS, Display::Popover, "sv"),
        ("pulse inline en", PULSE, Display::Inline, "en"),
        ("pulse inline ar", PULSE, Display::Inline, "ar"),
    ] {
        let props = move || SurveyProps {
            setup: setup(definition, display, language),
            prepare: Callback::from(|_| None),
            on_event: Callback::noop(),
        };
        let markup = LocalServerRenderer::<Survey>::with_props(props()).hydratable(false).render().await;
        insta::assert_snapshot!(name, readable(&markup));
    }
}

#[tokio::test]
async fn each_screen_of_a_survey() {
    let nps = setup(NPS, Display::Popover, "sv");
    let pulse = setup(PULSE, Display::Inline, "en");
    let chosen = after(&nps, [Action::Choose(9)]);
    let ready = || [Action::Choose(9), prepared(&chosen)];
    let rated = || [Action::Next, Action::Choose(3)];
    let held = prepared(&after(&pulse, rated()));
    let screens = [
        ("nps chosen", after(&nps, ready())),
        ("nps what is sent before answering", after(&nps, [Action::ToggleSentView])),
        ("nps what is sent", after(&nps, ready().into_iter().chain([Action::ToggleSentView]))),
        ("nps thanks", after(&nps, ready().into_iter().chain([Action::Send]))),
        ("nps failed", after(&nps, [Action::Choose(9), Action::Failed])),
        ("pulse rating", after(&pulse, [Action::Next])),
        ("pulse optional choice", after(&pulse, rated())),
        (
            "pulse held",
            after(&pulse, rated().into_iter().chain([held, Action::Send, Action::ToggleSentView])),
        ),
    ];
    for (name, state) in screens {
        insta::assert_snapshot!(name, markup(state).await);
    }
}
