//! What the preview knows, and how each event changes it: a pure reducer.
//!
//! The text is checked when its author pauses. What was shown stays until there is a text without mistakes.

use super::check::{Mistake, check};
use super::look::Look;
use super::screens::ScreenPictures;
use super::warnings::{self, Warning};
use crate::failure::Failure;
use crate::state::Fetched;
use puls_core::definition::Definition;
use std::rc::Rc;
use yew::Reducible;

/// All that the preview shows follows from this.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct State {
    /// The definition as it stands in the text area.
    pub(crate) text: Rc<str>,
    /// What the last survey that was opened took the place of, if it had been edited.
    pub(crate) replaced: Option<Rc<str>>,
    /// What is wrong with the text, as of the last check.
    pub(crate) mistakes: Vec<Mistake>,
    /// The last text without mistakes, and what it says.
    pub(crate) valid: Option<Rc<Valid>>,
    /// How it is looked at.
    pub(crate) look: Look,
    /// Pictures of its screens.
    pub(crate) screens: Fetched<ScreenPictures>,
    /// How often the survey was begun anew.
    pub(crate) begun: u32,
    /// A survey of the collector's that is on its way into the text area.
    pub(crate) opening: Option<String>,
    /// Why the last one didn't come.
    pub(crate) not_opened: Option<Failure>,
    /// The text that the collector has of the survey that was opened last.
    opened: Rc<str>,
    /// Tells requests for pictures from one another.
    round: u32,
}

/// A definition without mistakes.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Valid {
    /// As it was written.
    pub(crate) text: Rc<str>,
    /// As it was read.
    pub(crate) definition: Definition,
    /// What to think about.
    pub(crate) warnings: Vec<Warning>,
}

/// What can happen to the preview.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Action {
    /// The text has been changed.
    Type(String),
    /// Its author pauses.
    Check,
    /// A survey of the collector's is asked for.
    Open(String),
    /// It has come, or hasn't.
    Opened(String, Result<String, Failure>),
    /// What it took the place of is wanted back.
    BringBack,
    /// Something else is to be looked at.
    Look(Look),
    /// The survey is to begin anew.
    Restart,
    /// The pictures of a round have come, or haven't.
    Drawn(u32, Result<ScreenPictures, Failure>),
    /// The pictures are asked for again.
    Redraw,
}

/// What to ask the collector for.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Request {
    /// Tells it from earlier ones.
    pub(crate) round: u32,
    /// The definition.
    pub(crate) text: Rc<str>,
    /// How it is looked at.
    pub(crate) query: String,
}

impl State {
    /// A preview of this text.
    pub(crate) fn new(text: &str) -> Self {
        Self { text: text.into(), ..Self::default() }.checked()
    }

    /// Whether nothing has been written yet.
    pub(crate) fn is_empty(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// The pictures to fetch next, if any.
    pub(crate) fn request(&self) -> Option<Request> {
        let valid = self.valid.as_ref().filter(|_| self.screens.is_loading())?;
        let query = self.look.query(&valid.definition);
        Some(Request { round: self.round, text: Rc::clone(&valid.text), query })
    }

    fn after(self, action: Action) -> Self {
        match action {
            Action::Type(text) => Self { text: text.into(), ..self },
            Action::Check => self.checked(),
            Action::Open(id) => Self { opening: Some(id), not_opened: None, ..self },
            Action::Opened(id, _) if self.opening.as_ref() != Some(&id) => self,
            Action::Opened(_, Ok(text)) => self.with_opened(text.into()),
            Action::Opened(_, Err(failure)) => Self { opening: None, not_opened: Some(failure), ..self },
            Action::BringBack => match self.replaced {
                Some(ref text) => Self { text: Rc::clone(text), replaced: None, ..self }.checked(),
                None => self,
            },
            Action::Look(look) => Self { look, ..self }.undrawn(),
            Action::Restart => Self { begun: self.begun.wrapping_add(1), ..self },
            Action::Drawn(round, _) if round != self.round => self,
            Action::Drawn(_, screens) => Self { screens: screens.into(), ..self },
            Action::Redraw => self.undrawn(),
        }
    }

    fn with_opened(self, text: Rc<str>) -> Self {
        let is_edited = !self.is_empty() && self.text != self.opened;
        let replaced = is_edited.then(|| Rc::clone(&self.text));
        let look = Look { language: None, ..self.look.clone() };
        Self { opened: Rc::clone(&text), text, replaced, opening: None, look, ..self }.checked()
    }

    fn checked(mut self) -> Self {
        if self.is_empty() {
            self.mistakes.clear();
            return self;
        }
        match check(&self.text) {
            Err(mistakes) => Self { mistakes, ..self },
            Ok(definition) => {
                self.mistakes.clear();
                let text = Rc::clone(&self.text);
                if self.valid.as_ref().is_some_and(|valid| valid.text == text) {
                    return self;
                }
                let warnings = warnings::of(&definition, &text);
                Self { valid: Some(Rc::new(Valid { text, definition, warnings })), ..self }.undrawn()
            }
        }
    }

    /// The pictures stay in sight until the new ones are there.
    fn undrawn(self) -> Self {
        Self { screens: self.screens.again(), round: self.round.wrapping_add(1), ..self }
    }
}

impl Reducible for State {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        Rc::new(Self::clone(&self).after(action))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = r#"{"id": "s", "version": 1, "audience": "customer", "languages": ["en"], "title": "S",
        "items": [{"id": "recommend", "kind": "net_promoter", "text": "?"}]}"#;

    fn typed(state: State, text: &str) -> State {
        state.after(Action::Type(text.to_owned())).after(Action::Check)
    }

    #[test]
    fn what_was_shown_stays_until_the_mistake_is_mended() {
        let state = State::new(GOOD);
        let broken = typed(state.clone(), &GOOD.replace("recommend", "Re commend"));
        assert_eq!(broken.mistakes.len(), 1);
        assert_eq!((&broken.valid, broken.request()), (&state.valid, state.request()));
        let mended = typed(broken, &GOOD.replace("recommend", "return"));
        assert_eq!(mended.mistakes, []);
        assert_eq!(mended.request().unwrap().text, mended.text);
    }

    #[test]
    fn pictures_of_an_earlier_text_are_dropped() {
        let state = State::new(GOOD);
        let round = state.request().unwrap().round;
        let state = typed(state, &GOOD.replace('?', "!"));
        let late = state.clone().after(Action::Drawn(round, Ok(ScreenPictures::default())));
        assert_eq!(late, state);
    }

    #[test]
    fn opening_another_survey_throws_nothing_away() {
        let opened = |state: State, text: &str| {
            let state = state.after(Action::Open("nps".to_owned()));
            let late = state.clone().after(Action::Opened("csat".to_owned(), Ok(String::new())));
            assert_eq!(late, state);
            state.after(Action::Opened("nps".to_owned(), Ok(text.to_owned())))
        };
        let untouched = opened(opened(State::default(), GOOD), "{}");
        assert_eq!(untouched.replaced, None);
        let edited = opened(typed(State::new(GOOD), "{"), GOOD);
        assert_eq!((&*edited.text, edited.replaced.as_deref()), (GOOD, Some("{")));
        let back = edited.after(Action::BringBack);
        assert_eq!((&*back.text, back.mistakes.len(), back.replaced), ("{", 1, None));
    }

    #[test]
    fn nothing_is_said_of_nothing() {
        let empty = typed(State::new("{"), " \n");
        assert_eq!((empty.mistakes.len(), empty.valid, empty.begun), (0, None, 0));
    }
}
