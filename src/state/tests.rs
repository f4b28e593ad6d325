use super::*;
use crate::words::native;
use proptest::prelude::*;
use puls_core::definition::{Definition, Display, LineIndex};
use puls_core::pieces::Pieces;
use puls_core::privacy::{Keep, prepare};
use puls_core::response::Cell;
use puls_core::segment::Segment;
use puls_core::wave::{Period, Wave};
use rand_chacha::ChaCha12Rng;
use rand_core::SeedableRng;

const SURVEY: &str = r#"{
    "id": "s", "version": 1, "audience": "customer", "languages": ["en"], "title": "S",
    "privacy": {"kind": "batched", "k": 3, "device": "shared"},
    "items": [
        {"id": "hello", "kind": "notice", "text": "Hello"},
        {"id": "a", "kind": "rating", "text": "?", "scale": {"points": 3}},
        {"id": "why", "kind": "open_text", "text": "Why?", "required": false,
         "when": {"item": "a", "at_most": 1}, "themes": [
            {"id": "price", "text": "Price", "words": {"en": ["price"]}},
            {"id": "staff", "text": "Staff", "words": {"en": ["staff"]}}]},
        {"id": "m", "kind": "matrix", "text": "!", "scale": {"points": 5},
         "statements": [{"id": "m1", "text": "One"}, {"id": "m2", "text": "Two"}]},
        {"id": "b", "kind": "rating", "text": "?", "scale": {"points": 3}, "required": false}
    ],
    "thanks": [{"title": "Sorry", "when": {"item": "a", "at_most": 1}}, {"title": "Thanks"}]
}"#;

fn state(display: Display, narrow: bool) -> Rc<State> {
    state_of(SURVEY, display, narrow)
}

fn state_of(survey: &str, display: Display, narrow: bool) -> Rc<State> {
    let definition = Definition::parse(survey).unwrap();
    let plan = Plan::given(&definition);
    let setup = Setup {
        definition: Rc::new(definition),
        display,
        corner: Default::default(),
        preset: Default::default(),
        segment: Segment::default(),
        pieces: Pieces::default(),
        narrow: Full::here().filter(|_| narrow),
        in_use: false,
        uncalled: false,
        asked: 0,
        spent: false,
        language: "en".to_owned(),
        words: native("en"),
        destination: String::new(),
    };
    Rc::new(State::new(Rc::new(setup), Rc::new(plan)))
}

fn prepared(state: &State) -> Option<Action> {
    let mut rng = ChaCha12Rng::seed_from_u64(1);
    let wave = Wave::of(Period::Month, 0);
    let prepared = prepare(&state.path(), Keep::default(), wave, &mut rng).ok()?;
    Some(Action::Prepared(Rc::new(prepared), state.response.clone()))
}

fn after(actions: impl IntoIterator<Item = Action>) -> Rc<State> {
    actions.into_iter().fold(state(Display::Inline, false), |state, action| state.reduce(action))
}

fn index(state: &State) -> Option<usize> {
    state.item().map(|(index, _)| index)
}

/// What was prepared from the answers.
fn known(state: &State) -> Option<&Rc<Prepared>> {
    match state.outgoing()? {
        Outgoing::Prepared(prepared) => Some(prepared),
        Outgoing::Sealed(_) => None,
    }
}

#[test]
fn choosing_goes_on_and_back_keeps_the_answer() {
    let back = after([Action::Next, Action::Choose(0, 2), Action::Back]);
    assert_eq!((index(&back), back.response.chosen(LineIndex(0)), back.cursor), (Some(1), Some(Cell(2)), 2));
}

#[test]
fn moving_never_answers_and_a_required_item_is_not_passed() {
    let moved = after([Action::Next, Action::Move(0, 1), Action::Next]);
    assert_eq!((index(&moved), moved.cursor, moved.response.chosen(LineIndex(0))), (Some(1), 1, None));
}

#[test]
fn answers_decide_what_is_asked_next() {
    assert_eq!(index(&after([Action::Next, Action::Choose(0, 0)])), Some(2), "somebody unhappy is asked why");
    assert_eq!(index(&after([Action::Next, Action::Choose(0, 2)])), Some(3), "nobody else is");
}

#[test]
fn themes_are_found_and_the_respondent_has_the_last_word() {
    let unhappy = || [Action::Next, Action::Choose(0, 0)];
    let written = || unhappy().into_iter().chain([Action::Write("the price".into(), 0b01)]);
    assert_eq!(after(written()).response.given(LineIndex(1)), Some(0b01));
    let corrected = || written().chain([Action::Choose(0, 0), Action::Choose(0, 1)]);
    assert_eq!(after(corrected()).response.given(LineIndex(1)), Some(0b10));
    let more = corrected().chain([Action::Write("the price, again".into(), 0b01)]);
    assert_eq!(after(more).response.given(LineIndex(1)), Some(0b10), "what was corrected stays");
    let none = written().chain([Action::Write(String::new(), 0)]);
    assert_eq!(after(none).response.given(LineIndex(1)), None, "an empty text is no answer");
}

#[test]
fn a_matrix_is_asked_row_by_row_where_there_is_no_room() {
    let narrow = |actions: Vec<Action>| {
        let begun = state(Display::Popover, true).reduce(Action::Next).reduce(Action::Choose(0, 2));
        actions.into_iter().fold(begun, |state, action| state.reduce(action))
    };
    let place = |state: &State| (index(state), state.row);
    assert_eq!(place(&narrow(vec![])), (Some(3), 0));
    assert_eq!(place(&narrow(vec![Action::Choose(0, 4)])), (Some(3), 1));
    let through = || vec![Action::Choose(0, 4), Action::Choose(1, 0)];
    assert_eq!(place(&narrow(through())), (Some(4), 0));
    let mut back = through();
    back.push(Action::Back);
    assert_eq!(place(&narrow(back)), (Some(3), 1), "back leads to the last row");
    let wide = after([Action::Next, Action::Choose(0, 2), Action::Choose(0, 4), Action::Choose(1, 0)]);
    assert_eq!(
        (index(&wide), wide.may_leave()),
        (Some(3), true),
        "where all rows show, nothing goes on by itself"
    );
}

fn complete() -> Vec<Action> {
    let mut actions = vec![Action::Next, Action::Choose(0, 2), Action::Choose(0, 4), Action::Choose(1, 0)];
    actions.push(Action::Next);
    actions
}

#[test]
fn a_changed_answer_makes_what_was_prepared_void() {
    let complete = after(complete());
    let ready = Rc::clone(&complete).reduce(prepared(&complete).unwrap());
    assert!(known(&ready).is_some());
    assert!(ready.reduce(Action::Choose(0, 1)).is_open());
}

#[test]
fn sending_forgets_the_answers_and_the_next_person_starts_afresh() {
    let complete = after(complete());
    let ready = Rc::clone(&complete).reduce(prepared(&complete).unwrap());
    let sent = ready.reduce(Action::Send);
    assert!(matches!(sent.screen, Screen::Thanks { thanks: 1, .. }), "the thanks that applied");
    assert!(sent.response.chosen(LineIndex(0)).is_none() && sent.drafts.is_empty());
    let plan = Rc::new(Plan::given(&sent.setup.definition));
    let next = sent.reduce(Action::Restart(plan));
    assert!(index(&next) == Some(0) && next.is_open());
}

#[test]
fn reports_are_sent_when_those_of_the_present_answers_are_sealed() {
    let survey = format!(
        r#"{{"id": "s", "version": 1, "audience": "customer", "languages": ["en"], "title": "S",
            "items": [{{"id": "a", "kind": "net_promoter", "text": "?"}}],
            "privacy": {{"kind": "sealed", "leader": "https://a.example", "helper": "https://b.example",
                "tasks": [{{"item": "a", "id": "{}"}}]}}}}"#,
        "A".repeat(43)
    );
    let sealed = |of: &State| {
        let of = Rc::clone(known(of).unwrap());
        Action::Sealed(SealedReports::new(of, Vec::new()).unwrap())
    };
    let ready = |state: Rc<State>| {
        let prepared = prepared(&state).unwrap();
        state.reduce(prepared)
    };
    let first = ready(state_of(&survey, Display::Inline, false).reduce(Action::Choose(0, 9)));
    assert!(!first.is_ready());
    assert!(Rc::clone(&first).reduce(Action::Send).item().is_some(), "not yet");
    let changed = ready(Rc::clone(&first).reduce(Action::Choose(0, 2)));
    assert!(!Rc::clone(&changed).reduce(sealed(&first)).is_ready(), "of other answers");
    let of_changed = sealed(&changed);
    let sealed = changed.reduce(of_changed).reduce(sealed(&first));
    assert!(sealed.is_ready(), "and what comes late takes nothing back");
    let sent = sealed.reduce(Action::Send);
    assert!(matches!(sent.screen, Screen::Thanks { sent: Outgoing::Sealed(_), .. }));
}

#[test]
fn answers_that_join_those_of_others_are_sent_when_it_is_known_what_has_become_of_these() {
    let complete = after(complete());
    let full = complete.joins().unwrap();
    let ready = Rc::clone(&complete).reduce(prepared(&complete).unwrap());
    let joining = ready.reduce(Action::Join(full));
    let is_joining = |state: &State| matches!(state.screen, Screen::Item(_, Progress::Joining(_)));
    assert!(is_joining(&joining) && is_joining(&Rc::clone(&joining).reduce(Action::Choose(0, 1))));
    assert!(Rc::clone(&joining).reduce(Action::Send).item().is_some(), "not yet");
    // This was prepared before the answers joined. If it were sent, they would join twice.
    let late = Rc::clone(&joining).reduce(prepared(&complete).unwrap());
    assert!(is_joining(&late));
    let Some(Action::Prepared(outcome, _)) = prepared(&complete) else { panic!("prepared") };
    // The next person isn't thanked for the answers of the person before.
    let next = Rc::clone(&joining).reduce(restart(&joining));
    assert_eq!(index(&next.reduce(Action::Joined(Rc::clone(&outcome)))), Some(0));
    let sent = joining.reduce(Action::Joined(Rc::clone(&outcome)));
    assert!(sent.item().is_none() && known(&sent).is_some_and(|sent| Rc::ptr_eq(sent, &outcome)));
}

#[test]
fn what_comes_late_is_not_taken_for_other_answers() {
    let complete = after(complete());
    let late = prepared(&complete).unwrap();
    assert!(state(Display::Inline, false).reduce(prepared(&complete).unwrap()).is_open());
    let changed = Rc::clone(&complete).reduce(Action::Choose(0, 1));
    assert!(changed.path().is_complete() && changed.response != complete.response);
    assert!(changed.reduce(late).is_open(), "complete as well, but others");
    // Nor is the text on screen replaced by another one with another id.
    let ready = Rc::clone(&complete).reduce(prepared(&complete).unwrap());
    let again = Rc::clone(&ready).reduce(prepared(&complete).unwrap());
    assert!(Rc::ptr_eq(known(&again).unwrap(), known(&ready).unwrap()));
}

#[test]
fn nothing_is_sent_before_it_is_prepared() {
    assert!(after(complete().into_iter().chain([Action::Send])).item().is_some());
}

#[test]
fn a_kiosk_waits_for_somebody() {
    let waiting = state(Display::Kiosk, false);
    assert!(matches!(waiting.screen, Screen::Start));
    assert_eq!(index(&waiting.reduce(Action::Begin)), Some(0));
}

#[test]
fn a_kiosk_asks_before_it_forgets_and_then_draws_a_curtain() {
    let person =
        state(Display::Kiosk, false).reduce(Action::Begin).reduce(Action::Next).reduce(Action::Choose(0, 2));
    let asked = Rc::clone(&person).reduce(ask(&person));
    assert!(asked.is_covered());
    let back = Rc::clone(&asked).reduce(Action::GoOn);
    assert!(!back.is_covered());
    assert_eq!((index(&back), back.response.chosen(LineIndex(0))), (index(&person), Some(Cell(2))));
    let curtain = asked.reduce(restart(&person));
    assert!(matches!(curtain.screen, Screen::Curtain) && curtain.is_covered());
    assert_eq!(curtain.response.chosen(LineIndex(0)), None);
    // Nobody is asked while nobody is there.
    let waiting = Rc::clone(&curtain).reduce(ask(&curtain));
    assert!(!waiting.unattended);
    assert_eq!(index(&waiting.reduce(Action::Begin)), Some(0));
}

#[test]
fn nothing_but_a_kiosk_has_a_curtain() {
    let person = after([Action::Next]);
    assert_eq!(index(&Rc::clone(&person).reduce(restart(&person))), Some(0));
}

fn ask(state: &State) -> Action {
    Action::Change(Rc::new(Setup { asked: state.setup.asked + 1, ..Setup::clone(&state.setup) }))
}

fn restart(state: &State) -> Action {
    Action::Restart(Rc::new(Plan::given(&state.setup.definition)))
}

fn any_action() -> impl Strategy<Value = u8> {
    0..14_u8
}

fn action(kind: u8, number: usize, state: &State) -> Option<Action> {
    Some(match kind {
        0 => Action::Begin,
        1 | 2 => Action::Choose(number % 3, number / 3),
        3 => Action::Move(number % 3, number / 3),
        4 => Action::Write("price".repeat(number % 3), number.try_into().unwrap_or(0)),
        5 | 6 => Action::Next,
        7 => Action::Back,
        8 => return prepared(state),
        9 => Action::Send,
        10 => Action::ToggleSentView,
        11 => ask(state),
        12 => Action::GoOn,
        _ => restart(state),
    })
}

proptest! {
    #[test]
    fn whatever_happens_the_state_holds_together(
        kiosk in any::<bool>(),
        narrow in any::<bool>(),
        actions in proptest::collection::vec((any_action(), 0..200_usize), 0..60),
    ) {
        let mut state = state(if kiosk { Display::Kiosk } else { Display::Inline }, narrow);
        for (kind, number) in actions {
            if let Some(action) = action(kind, number, &state) {
                state = state.reduce(action);
            }
            if let Some((item, _)) = state.item() {
                prop_assert!(state.path().items().contains(&item), "an item off the way is on screen");
            }
        }
    }
}
