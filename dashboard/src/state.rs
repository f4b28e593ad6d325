//! The state of the results page, and how each event changes it: a pure reducer.
//!
//! The state also says what to fetch next, at most one thing at a time. Every change begins a new round. An answer to a
//! request of an earlier round is dropped, so a slow answer never overwrites a newer one.

mod fetched;

pub(crate) use fetched::Fetched;

use crate::api::{Answer, Question, Survey};
use crate::failure::Failure;
use crate::token::Token;
use crate::view::View;
use puls_analysis::results::Results;
use std::rc::Rc;
use yew::Reducible;

/// The state from which everything on the page follows.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct State {
    /// The token for requests; `None` if the reader is signed out.
    pub(crate) token: Option<Token>,
    /// Whether the collector refused the last token.
    pub(crate) refused: bool,
    /// What the reader looks at.
    pub(crate) view: View,
    /// The collector's surveys.
    pub(crate) surveys: Fetched<Vec<Survey>>,
    /// The results of [`Self::view`].
    pub(crate) results: Fetched<Results>,
    /// The number of the round, which every change of the other fields raises.
    round: u32,
}

/// The events of the page.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Action {
    /// The reader gave a token.
    SignIn(Token),
    /// The reader signs out, so the token is forgotten.
    SignOut,
    /// The reader chooses other results.
    Look(View),
    /// The reader asks for the same results again.
    Refresh,
    /// A request has ended.
    Arrived {
        /// The round of the [`Request`].
        round: u32,
        /// The answer, or why there is none.
        answer: Answer,
    },
}

/// A question to the collector.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Request {
    /// The round in which it was asked.
    pub(crate) round: u32,
    pub(crate) token: Token,
    pub(crate) question: Question,
}

impl State {
    /// The state of a page that has just been opened.
    pub(crate) fn new(token: Option<Token>, view: View) -> Self {
        Self { token, view, ..Self::default() }
    }

    /// The request to send next, if there is one.
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

    /// The survey that the reader looks at, if the collector has it.
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

    /// Changes the view. Results of the same survey stay on screen until those of the new view arrive.
    fn looking_at(self, view: View) -> Self {
        let same = self.view.survey == view.survey;
        let results = if same { self.results.again() } else { Fetched::default() };
        Self { view, results, ..self }.with_a_survey()
    }

    /// Chooses the first survey if the view names none.
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
