//! What the respondent sees and has answered: a pure reducer.

use crate::words::Words;
use puls_core::definition::{Definition, Display, Item};
use puls_core::privacy::Prepared;
use puls_core::response::Response;
use std::rc::Rc;
use yew::Reducible;

/// What a survey is shown with; it doesn't change while it is open.
pub(crate) struct Setup {
    pub(crate) definition: Definition,
    pub(crate) display: Display,
    /// The BCP 47 tag that texts are shown in.
    pub(crate) language: String,
    pub(crate) words: &'static Words,
    /// Where releases go, as the respondent is told: an origin.
    pub(crate) destination: String,
}

/// One open survey.
#[derive(Clone)]
pub(crate) struct State {
    pub(crate) setup: Rc<Setup>,
    pub(crate) screen: Screen,
    pub(crate) response: Response,
    /// The answer that the keyboard stands on.
    pub(crate) cursor: usize,
    /// What the answers lead to, once they are complete and until one of them changes.
    pub(crate) prepared: Option<Rc<Prepared>>,
    /// Whether the view of what is sent covers the screen.
    pub(crate) sent_view: bool,
}

/// One screenful.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Screen {
    /// The item at this index.
    Item(usize),
    /// All answered and handed over.
    Thanks,
    /// Nothing could be handed over, and nothing was.
    Failed,
}

/// What can happen to it.
pub(crate) enum Action {
    /// An answer is tapped, or taken by key.
    Choose(usize),
    /// An arrow key moves to an answer.
    Move(usize),
    Next,
    Back,
    /// The answers are complete, and this is what they lead to.
    Prepared(Rc<Prepared>),
    /// They are handed over as prepared.
    Send,
    /// They can't be prepared.
    Failed,
    ToggleSentView,
    /// The next person, on a shared device.
    Restart,
}

impl State {
    pub(crate) fn new(setup: Rc<Setup>) -> Self {
        let response = Response::new(&setup.definition);
        Self { setup, screen: Screen::Item(0), response, cursor: 0, prepared: None, sent_view: false }
    }

    /// The item on screen and its index.
    pub(crate) fn item(&self) -> Option<(usize, &Item)> {
        let Screen::Item(index) = self.screen else { return None };
        self.setup.definition.items.get(index).map(|item| (index, item))
    }

    /// Whether the item on screen is the last one.
    pub(crate) fn is_last(&self) -> bool {
        self.item().is_some_and(|(index, _)| index + 1 == self.setup.definition.items.len())
    }

    /// Whether the item on screen may be left behind as it is.
    pub(crate) fn may_leave(&self) -> bool {
        self.item().is_some_and(|(index, item)| self.is_settled(index, item))
    }

    /// Whether every item may be left behind.
    pub(crate) fn is_complete(&self) -> bool {
        self.setup.definition.items.iter().enumerate().all(|(index, item)| self.is_settled(index, item))
    }

    fn is_settled(&self, index: usize, item: &Item) -> bool {
        item.kind.cells() == 0 || !item.required || self.response.chosen(index).is_some()
    }

    fn choose(&mut self, cell: usize) {
        let Some((index, item)) = self.item() else { return };
        if cell >= item.kind.cells() {
            return;
        }
        let setup = Rc::clone(&self.setup);
        self.response.answer(&setup.definition, index, cell);
        self.cursor = cell;
        self.prepared = None;
        if !self.is_last() {
            self.go_to(index + 1);
        }
    }

    fn go_to(&mut self, index: usize) {
        if index < self.setup.definition.items.len() {
            self.screen = Screen::Item(index);
            self.cursor = self.response.chosen(index).unwrap_or(0);
        }
    }
}

impl PartialEq for State {
    fn eq(&self, other: &Self) -> bool {
        let prepared = |state: &Self| state.prepared.as_ref().map(Rc::as_ptr);
        Rc::ptr_eq(&self.setup, &other.setup)
            && (self.screen, self.cursor, self.sent_view) == (other.screen, other.cursor, other.sent_view)
            && self.response == other.response
            && prepared(self) == prepared(other)
    }
}

impl Reducible for State {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        let mut state = Self::clone(&self);
        match (action, state.screen) {
            (Action::Choose(cell), _) => state.choose(cell),
            (Action::Move(cell), _) if state.item().is_some_and(|(_, item)| cell < item.kind.cells()) => {
                state.cursor = cell;
            }
            (Action::Next, Screen::Item(index)) if state.may_leave() => state.go_to(index + 1),
            (Action::Back, Screen::Item(index)) if index > 0 => state.go_to(index - 1),
            (Action::Prepared(prepared), Screen::Item(_)) if state.is_complete() => {
                state.prepared = Some(prepared)
            }
            (Action::Send, Screen::Item(_)) if state.prepared.is_some() => {
                state.screen = Screen::Thanks;
                // From here on only the release is left; the answers themselves are gone.
                state.response = Response::new(&state.setup.definition);
            }
            (Action::Failed, Screen::Item(_)) => state.screen = Screen::Failed,
            (Action::ToggleSentView, _) => state.sent_view = !state.sent_view,
            (Action::Restart, Screen::Thanks) => state = Self::new(Rc::clone(&state.setup)),
            _ => {}
        }
        Rc::new(state)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use puls_core::privacy::{Keep, prepare};
    use puls_core::segment::Segment;
    use puls_core::wave::{Period, Wave};
    use rand_chacha::ChaCha12Rng;
    use rand_core::SeedableRng;

    fn state() -> Rc<State> {
        let definition = r#"{
            "id": "s", "version": 1, "audience": "customer", "languages": ["en"], "title": "S",
            "privacy": {"kind": "batched", "k": 3, "device": "shared"},
            "items": [
                {"id": "hello", "kind": "notice", "text": "Hello"},
                {"id": "a", "kind": "rating", "text": "?", "scale": {"points": 3}},
                {"id": "b", "kind": "rating", "text": "?", "scale": {"points": 3}, "required": false}
            ]}"#;
        Rc::new(State::new(Rc::new(Setup {
            definition: Definition::parse(definition).unwrap(),
            display: Display::Inline,
            language: "en".to_owned(),
            words: Words::find("en"),
            destination: String::new(),
        })))
    }

    fn prepared(state: &State) -> Option<Action> {
        let mut rng = ChaCha12Rng::seed_from_u64(1);
        let wave = Wave::of(Period::Month, 0);
        let definition = &state.setup.definition;
        let prepared =
            prepare(definition, &state.response, &Keep::default(), wave, &Segment::default(), &mut rng);
        Some(Action::Prepared(Rc::new(prepared.ok()?)))
    }

    fn after(actions: impl IntoIterator<Item = Action>) -> Rc<State> {
        actions.into_iter().fold(state(), |state, action| state.reduce(action))
    }

    #[test]
    fn choosing_goes_on_and_back_keeps_the_answer() {
        let back = after([Action::Next, Action::Choose(2), Action::Back]);
        assert_eq!((back.screen, back.response.chosen(1), back.cursor), (Screen::Item(1), Some(2), 2));
    }

    #[test]
    fn moving_never_answers_and_a_required_item_is_not_passed() {
        let moved = after([Action::Next, Action::Move(1), Action::Next]);
        assert_eq!((moved.screen, moved.cursor, moved.response.chosen(1)), (Screen::Item(1), 1, None));
    }

    #[test]
    fn a_changed_answer_makes_what_was_prepared_void() {
        let complete = after([Action::Next, Action::Choose(0)]);
        let ready = Rc::clone(&complete).reduce(prepared(&complete).unwrap());
        assert!(ready.prepared.is_some());
        assert!(ready.reduce(Action::Choose(1)).prepared.is_none());
    }

    #[test]
    fn sending_forgets_the_answers_and_the_next_person_starts_afresh() {
        let complete = after([Action::Next, Action::Choose(0)]);
        let ready = Rc::clone(&complete).reduce(prepared(&complete).unwrap());
        let sent = ready.reduce(Action::Send);
        assert_eq!((sent.screen, sent.response.chosen(1)), (Screen::Thanks, None));
        let next = sent.reduce(Action::Restart);
        assert_eq!((next.screen, next.prepared.is_some()), (Screen::Item(0), false));
    }

    #[test]
    fn nothing_unprepared_is_sent() {
        assert_eq!(after([Action::Next, Action::Choose(0), Action::Send]).screen, Screen::Item(2));
    }

    proptest! {
        #[test]
        fn no_sequence_of_actions_breaks_it(steps in prop::collection::vec((0_u8..9, 0_usize..5), 0..60)) {
            let mut state = state();
            for (action, cell) in steps {
                let action = match action {
                    0 => Action::Choose(cell),
                    1 => Action::Move(cell),
                    2 => Action::Next,
                    3 => Action::Back,
                    4 => Action::Send,
                    5 => Action::Failed,
                    6 => Action::ToggleSentView,
                    7 => Action::Restart,
                    _ => match prepared(&state) {
                        Some(action) => action,
                        None => continue,
                    },
                };
                state = state.reduce(action);
                if let Screen::Item(index) = state.screen {
                    prop_assert!(index < state.setup.definition.items.len());
                }
                prop_assert!(state.screen != Screen::Thanks || state.prepared.is_some());
            }
        }
    }
}
