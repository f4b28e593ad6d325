//! Questions to the collector, and how its answers are read.

use crate::failure::Failure;
use crate::view::View;
use puls_analysis::results::Results;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;

/// A survey as the collector lists it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(crate) struct Survey {
    pub(crate) id: String,
    pub(crate) title: String,
    /// The values of each segment that it declares.
    #[serde(default)]
    pub(crate) segments: BTreeMap<String, Vec<String>>,
}

/// A question to the collector.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Question {
    /// The list of surveys.
    Surveys,
    /// One survey's results.
    Results {
        /// The survey's id.
        survey: String,
        /// The wave and segment.
        view: View,
    },
}

/// The collector's answer to a question, or why there is none.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Answer {
    /// The list of surveys.
    Surveys(Result<Vec<Survey>, Failure>),
    /// One survey's results.
    Results(Result<Results, Failure>),
}

impl Question {
    /// The path, relative to the page's address, so that a collector may be served below another path.
    pub(crate) fn path(&self) -> String {
        match self {
            Self::Surveys => "v1/surveys".to_owned(),
            Self::Results { survey, view } => format!("v1/surveys/{survey}/results{}", view.results_query()),
        }
    }

    /// Reads a status and a body, or the reason why there are none.
    pub(crate) fn read(&self, received: Result<(u16, String), Failure>) -> Answer {
        match self {
            Self::Surveys => Answer::Surveys(received.and_then(read)),
            Self::Results { .. } => Answer::Results(received.and_then(read)),
        }
    }
}

fn read<T: DeserializeOwned>((status, body): (u16, String)) -> Result<T, Failure> {
    if !(200..300).contains(&status) {
        return Err(Failure::of_status(status, &body));
    }
    serde_json::from_str(&body).map_err(|error| Failure::Unreadable { reason: error.to_string() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_are_asked_for_by_wave_and_segment() {
        let view = View::from_query("survey=pulse&wave=2026-W47&segment.unit=billing");
        let question = Question::Results { survey: "pulse".to_owned(), view };
        assert_eq!(question.path(), "v1/surveys/pulse/results?wave=2026-W47&segment.unit=billing");
    }

    #[test]
    fn a_list_reads_whatever_else_it_says() {
        let body = r#"[{"id":"nps","title":"Would you recommend us?","audience":"customer","version":1,
            "languages":["en"],"segments":{},"wave":"month"}]"#;
        let Answer::Surveys(Ok(surveys)) = Question::Surveys.read(Ok((200, body.to_owned()))) else {
            panic!("the list can't be read");
        };
        assert_eq!(surveys[0].id, "nps");
    }

    #[test]
    fn what_is_not_promised_is_unreadable() {
        let answer = Question::Surveys.read(Ok((200, "<html>".to_owned())));
        assert!(matches!(answer, Answer::Surveys(Err(Failure::Unreadable { .. }))));
        let answer = Question::Surveys.read(Ok((401, String::new())));
        assert_eq!(answer, Answer::Surveys(Err(Failure::Unauthorised)));
    }
}
