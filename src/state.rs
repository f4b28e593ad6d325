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
