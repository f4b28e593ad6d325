//! What the page knows, and how each event changes it: a pure reducer.
//!
//! The state also says what is to be fetched next, at most one thing at a time. Every change gives it a
//! new round, and an answer to a question of an earlier round is dropped, so a slow answer never
//! overwrites what was asked for after it.

mod fetched;

pub(crate) use fetched::Fetched;

use crate::api::{Answer, Question, Survey};
use crate::failure::Failure;
use crate::token::Token;
use crate::view::View;
use puls_analysis::results::Results;
use std::rc::Rc;
use yew::Reducible;

/// All that the page shows follows from this.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct State {
    /// What the collector is asked with; signed out when `None`.
    pub(crate) token: Option<Token>,
    /// Whether the collector refused the last token.
    pub(crate) refused: bool,
    /// What is looked at.
    pub(crate) view: View,
    /// The surveys there are.
    pub(crate) surveys: Fetched<Vec<Survey>>,
    /// The results of [`Self::view`].
    pub(crate) results: Fetched<Results>,
    /// Changes with every change of the rest.
    round: u32,
}

/// What can happen to the page.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Action {
    /// A token was given.
    SignIn(Token),
    /// The token is to be forgotten.
    SignOut,
    /// Other results are asked for.
    Look(View),
    /// The same results are asked for again.
    Refresh,
    /// A request has come to an end.
    Arrived {
        /// The round of the [`Request`].
        round: u32,
        /// What came of it.
        answer: Answer,
    },
}

/// A question, and who asks.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Request {
    /// Tells this request from earlier ones.
    pub(crate) round: u32,
    /// What the collector is asked with.
    pub(crate) token: Token,
    /// What it is asked.
    pub(crate) question: Question,
}

impl State {
    /// A page that has just been opened.
    pub(crate) fn new(token: Option<Token>, view: View) -> Self {
        Self { token, view, ..Self::default() }
    }

    /// What to fetch next, if anything.
    pub(crate) fn request(&self) -> Option<Request> {
        let token = self.token.clone()?;
        let question = if self.surveys.is_loading() {
            Question::Surveys
        } else if self.surveys.content().is_some() && self.results.is_loading() {
            Question::Results { survey: self.view.survey.clone()?, view: self.view.clone() }
        } else {
            return None;
        };
        Some(Request { round: self.round, token, question })
    }

    /// The survey that is looked at, if the collector has it.
    pub(crate) fn survey(&self) -> Option<&Survey> {
        let id = self.view.survey.as_ref()?;
        self.surveys.content()?.iter().find(|survey| survey.id == *id)
    }

    fn after(self, action: Action) -> Self {
        let (view, round) = (self.view.clone(), self.round.wrapping_add(1));
        match action {
            Action::Arrived { round, .. } if round != self.round => self,
            Action::Arrived { answer, .. } => Self { round: self.round.wrapping_add(1), ..self.with(answer) },
            Action::Look(view) if view == self.view => self,
            Action::Look(view) => Self { round, ..self.looking_at(view) },
            Action::Refresh => {
                Self { round, surveys: self.surveys.again(), results: self.results.again(), ..self }
            }
            Action::SignIn(token) => Self { token: Some(token), view, round, ..Self::default() },
            Action::SignOut => Self { view, round, ..Self::default() },
        }
    }

    fn with(self, answer: Answer) -> Self {
        match answer {
            Answer::Surveys(Err(Failure::Unauthorised)) | Answer::Results(Err(Failure::Unauthorised)) => {
                Self { view: self.view, refused: true, ..Self::default() }
            }
            Answer::Surveys(surveys) => Self { surveys: surveys.into(), ..self }.with_a_survey(),
            Answer::Results(results) => Self { results: results.into(), ..self },
        }
    }

    /// Results of the same survey stay on screen until those of the new view are there.
    fn looking_at(self, view: View) -> Self {
        let same = self.view.survey == view.survey;
        let results = if same { self.results.again() } else { Fetched::default() };
        Self { view, results, ..self }.with_a_survey()
    }

    /// A view that names no survey is of the first one.
    fn with_a_survey(self) -> Self {
        let first = self.surveys.content().and_then(|surveys| surveys.first());
        match first {
            Some(first) if self.view.survey.is_none() => Self { view: View::of(&first.id), ..self },
            _ => self,
        }
    }
}

impl Reducible for State {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        Rc::new(Self::clone(&self).after(action))
    }
}

#[cfg(test)]
mod tests;
