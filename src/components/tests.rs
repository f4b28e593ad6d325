//! Every screen as the markup that a browser gets, rendered natively.

use super::footer::Ways;
use super::{StillProps, Survey, SurveyProps};
use crate::ahead::first_screen;
use crate::browser::SealedReport;
use crate::full::{Full, SealedReports};
use crate::state::{Action, Setup, State};
use crate::words::{native, native_plain};
use puls_core::definition::{Definition, Display};
use puls_core::path::Plan;
use puls_core::pieces::Pieces;
use puls_core::privacy::{Keep, prepare};
use puls_core::segment::Segment;
use puls_core::wave::{Period, Wave};
use rand_chacha::ChaCha12Rng;
use rand_core::SeedableRng;
use std::rc::Rc;
use yew::{Callback, Html, LocalServerRenderer, Reducible, function_component, html};

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
    "thanks": {"title": "Tack för svaret", "text": "Ha en fin dag.", "link": {"text": "Mer", "url": "/mer"}}
}"#;

/// A survey for two aggregators.
const SEALED: &str = r#"{
    "id": "nps", "version": 1, "audience": "customer", "languages": ["en"], "title": "NPS",
    "items": [{"id": "recommend", "kind": "net_promoter", "text": "Recommend?"}],
    "privacy": {"kind": "sealed", "leader": "https://leader.example", "helper": "https://helper.example",
        "tasks": [{"item": "recommend", "id": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}]}
}"#;

/// All other kinds of item, each by itself.
const KINDS: [(&str, &str); 9] = [
    ("stars", r#""kind": "rating", "scale": {"points": 3, "style": "stars"}"#),
    ("smileys", r#""kind": "rating", "scale": {"points": 3, "style": "smileys"}"#),
    ("thumbs", r#""kind": "rating", "scale": {"points": 2, "style": "thumbs"}"#),
    ("agreement", r#""kind": "agreement", "scale": {"points": 5}"#),
    ("count", r#""kind": "count", "most": 3"#),
    (
        "choices",
        r#""kind": "choices", "options": [{"id": "a", "text": "A"}, {"id": "b", "text": "B"}],
        "none": {"id": "no", "text": "None"}, "most": 2"#,
    ),
    (
        "other",
        r#""kind": "choice", "options": [{"id": "price", "text": "Price", "words": {"en": ["price"]}},
        {"id": "staff", "text": "Staff"}], "other": {"id": "other", "text": "Something else"}"#,
    ),
    (
        "open text",
        r#""kind": "open_text", "themes": [{"id": "price", "text": "Price", "words": {"en": ["price"]}}]"#,
    ),
    (
        "matrix",
        r#""kind": "matrix", "scale": {"points": 5},
        "statements": [{"id": "m1", "text": "One"}, {"id": "m2", "text": "Two"}]"#,
    ),
];

fn of_kind(kind: &str) -> String {
    format!(
        r#"{{"id": "s", "version": 1, "audience": "customer", "languages": ["en"], "title": "S",
            "privacy": {{"kind": "batched", "k": 3, "device": "shared"}},
            "items": [{{"id": "q", "text": "What about it, {{name}}?", {kind}}}, {{"id": "end", "kind": "notice", "text": "End"}}],
            "pieces": {{"name": "you"}},
            "routing": [{{"route": {{"name": "talk", "text": "Talk to us", "url": "/talk"}}}}]}}"#
    )
}

fn setup(definition: &str, display: Display, language: &str) -> Rc<Setup> {
    let definition = Definition::parse(definition).unwrap();
    // A plain survey has to get by with the plain build's words.
    let is_plain = definition.is_plain() && display != Display::Kiosk;
    let words = if is_plain { native_plain(language) } else { native(language) };
    Rc::new(Setup {
        definition: Rc::new(definition),
        display,
        corner: Default::default(),
        preset: Default::default(),
        segment: Segment::default(),
        pieces: Pieces::default(),
        narrow: Full::here().filter(|_| display == Display::Popover),
        in_use: false,
        uncalled: display == Display::Popover,
        asked: 0,
        spent: false,
        language: language.to_owned(),
        words,
        destination: "https://surveys.example.com".to_owned(),
    })
}

/// Prepares the answers so far, with fixed randomness.
fn prepared(state: &State) -> Action {
    let (wave, mut rng) = (Wave::of(Period::Month, 20_778), ChaCha12Rng::seed_from_u64(1));
    let prepared = prepare(&state.path(), Keep::default(), wave, &mut rng).unwrap();
    Action::Prepared(Rc::new(prepared), state.response.clone())
}

fn plan(setup: &Setup) -> Rc<Plan> {
    Rc::new(Plan::given(&setup.definition))
}

fn after(setup: &Rc<Setup>, actions: impl IntoIterator<Item = Action>) -> Rc<State> {
    let state = Rc::new(State::new(Rc::clone(setup), plan(setup)));
    actions.into_iter().fold(state, |state, action| state.reduce(action))
}

/// A state's screen and footer, as the survey puts them together.
#[function_component]
fn Screenful(props: &StillProps) -> Html {
    let (state, act) = (&props.state, Callback::noop());
    let ways = Ways { close: Callback::noop(), never: Callback::noop(), restart: Callback::noop() };
    html! { <>{ super::survey::screen(state, &act) }{ super::footer::footer(state, &act, &ways) }</> }
}

async fn markup(state: Rc<State>) -> String {
    readable(
        &LocalServerRenderer::<Screenful>::with_props(StillProps { state }).hydratable(false).render().await,
    )
}

/// Puts each element on a line of its own.
fn readable(markup: &str) -> String {
    markup.replace("><", ">\n<")
}

#[tokio::test]
async fn the_whole_survey_as_it_opens() {
    for (name, definition, display, language) in [
        ("nps popover sv", NPS, Display::Popover, "sv"),
        ("pulse inline en", PULSE, Display::Inline, "en"),
        ("pulse inline ar", PULSE, Display::Inline, "ar"),
        ("pulse kiosk", PULSE, Display::Kiosk, "en"),
    ] {
        let setup = setup(definition, display, language);
        let props = move || SurveyProps {
            plan: plan(&setup),
            setup,
            on_event: Callback::noop(),
            restart: Callback::noop(),
        };
        let markup = LocalServerRenderer::<Survey>::with_props(props()).hydratable(false).render().await;
        insta::assert_snapshot!(name, readable(&markup));
    }
}

#[tokio::test]
async fn each_screen_of_a_survey() {
    let nps = setup(NPS, Display::Popover, "sv");
    let pulse = setup(PULSE, Display::Inline, "en");
    let chosen = after(&nps, [Action::Choose(0, 9)]);
    let ready = || [Action::Choose(0, 9), prepared(&chosen)];
    let rated = || [Action::Next, Action::Choose(0, 3)];
    let held = prepared(&after(&pulse, rated()));
    let screens = [
        ("nps chosen", after(&nps, ready())),
        ("nps what is sent before answering", after(&nps, [Action::ToggleSentView])),
        ("nps what is sent", after(&nps, ready().into_iter().chain([Action::ToggleSentView]))),
        ("nps thanks", after(&nps, ready().into_iter().chain([Action::Send]))),
        ("nps failed", after(&nps, [Action::Choose(0, 9), Action::Failed])),
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

#[tokio::test]
async fn what_is_sent_of_a_sealed_survey() {
    let setup = setup(SEALED, Display::Inline, "en");
    let chosen = after(&setup, [Action::Choose(0, 9)]);
    let Action::Prepared(prepared, response) = prepared(&chosen) else { panic!("prepared") };
    let ready = || [Action::Choose(0, 9), Action::Prepared(Rc::clone(&prepared), response.clone())];
    let report = SealedReport {
        url: String::new(),
        body: String::new(),
        shown: "{\n  \"report\": \"00\"\n}".to_owned(),
    };
    let sealed = Action::Sealed(SealedReports::new(Rc::clone(&prepared), vec![report]).unwrap());
    insta::assert_snapshot!("sealed on its way", markup(after(&setup, ready())).await);
    let shown = ready().into_iter().chain([sealed, Action::ToggleSentView]);
    insta::assert_snapshot!("sealed what is sent", markup(after(&setup, shown)).await);
}

#[tokio::test]
async fn each_kind_of_item() {
    for (name, kind) in KINDS {
        let setup = setup(&of_kind(kind), Display::Inline, "en");
        let answer = match name {
            "other" => vec![Action::Choose(0, 2), Action::Write("the price".into(), 1)],
            "open text" => vec![Action::Write("the price".into(), 1)],
            "matrix" => vec![Action::Choose(1, 3)],
            "choices" => vec![Action::Choose(0, 1)],
            _ => vec![Action::Choose(0, 1), Action::Back],
        };
        insta::assert_snapshot!(name, markup(after(&setup, answer)).await);
    }
    let narrow = setup(&of_kind(KINDS[8].1), Display::Popover, "en");
    insta::assert_snapshot!("matrix row", markup(after(&narrow, [])).await);
}

#[test]
fn the_screen_sent_ahead_is_the_one_that_opens() {
    let definition = Definition::parse(NPS).unwrap();
    let screen = first_screen(&definition, "sv-FI", Display::Popover).unwrap();
    assert_eq!(screen[0], "section");
    assert_eq!(screen[1]["lang"], "sv");
    assert!(screen.to_string().contains("Rekommendera?"), "{screen}");
}

#[test]
fn nothing_is_sent_ahead_that_depends_on_the_page_or_on_chance() {
    for (kind, expected) in [(KINDS[3].1, true), (KINDS[7].1, false), (KINDS[8].1, false)] {
        let plain = format!(
            r#"{{"id": "s", "version": 1, "audience": "customer", "languages": ["en"], "title": "S",
                "items": [{{"id": "q", "text": "What about it?", {kind}}}]}}"#
        );
        let definition = Definition::parse(&plain).unwrap();
        assert_eq!(first_screen(&definition, "en", Display::Inline).is_some(), expected, "{kind}");
    }
    let named = Definition::parse(&of_kind(KINDS[3].1)).unwrap();
    assert!(first_screen(&named, "en", Display::Inline).is_none());
}
