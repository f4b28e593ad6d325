//! The state of the preview, and how each event changes it: a pure reducer.
//!
//! The text is checked when its author pauses. What is shown stays until the text has no mistakes.

use super::check::{Mistake, check};
use super::look::Look;
use super::screens::ScreenPictures;
use super::warnings::{self, Warning};
use crate::failure::Failure;
use crate::state::Fetched;
use puls_core::definition::Definition;
use std::rc::Rc;
use yew::Reducible;

/// The state from which everything in the preview follows.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct State {
    /// The text in the text area.
    pub(crate) text: Rc<str>,
    /// The edited text that was replaced when a survey was opened.
    pub(crate) replaced: Option<Rc<str>>,
    /// The mistakes that the last check found.
    pub(crate) mistakes: Vec<Mistake>,
    /// The last text without mistakes, and its definition.
    pub(crate) valid: Option<Rc<Valid>>,
    /// How the author looks at it.
    pub(crate) look: Look,
    /// Pictures of its screens.
    pub(crate) screens: Fetched<ScreenPictures>,
    /// How often the survey was restarted.
    pub(crate) begun: u32,
    /// The id of the survey that is being fetched into the text area.
    pub(crate) opening: Option<String>,
    /// Why the last survey couldn't be fetched.
    pub(crate) not_opened: Option<Failure>,
    /// The collector's text of the survey that was opened last.
    opened: Rc<str>,
    /// The number of the round of requests for pictures.
    round: u32,
}

/// A definition without mistakes.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Valid {
    /// The text that the definition was read from.
    pub(crate) text: Rc<str>,
    pub(crate) definition: Definition,
    /// The author's warnings.
    pub(crate) warnings: Vec<Warning>,
}

/// The events of the preview.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Action {
    /// The author changed the text.
    Type(String),
    /// The author pauses.
    Check,
    /// The author opens one of the collector's surveys.
    Open(String),
    /// Its definition has arrived, or couldn't be fetched.
    Opened(String, Result<String, Failure>),
    /// The author wants the replaced text back.
    BringBack,
    /// The author looks at something else.
    Look(Look),
    /// The author restarts the survey.
    Restart,
    /// The pictures of a round have arrived, or couldn't be fetched.
    Drawn(u32, Result<ScreenPictures, Failure>),
    /// The author asks for the pictures again.
    Redraw,
}

/// A request for pictures.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Request {
    /// The round in which it was made.
    pub(crate) round: u32,
    /// The definition.
    pub(crate) text: Rc<str>,
    /// How the author looks at it.
    pub(crate) query: String,
}

impl State {
    /// The state of a preview of this text.
    pub(crate) fn new(text: &str) -> Self {
        Self { text: text.into(), ..Self::default() }.checked()
    }

    /// Whether nothing has been written yet.
    pub(crate) fn is_empty(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// The request to send next, if there is one.
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

    /// Marks the pictures as out of date. They stay on screen until the new ones arrive.
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
