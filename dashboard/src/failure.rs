//! Why results can't be shown, and what the reader can do about it.

use serde::Deserialize;

/// What went wrong between this page and the collector.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub(crate) enum Failure {
    /// The collector refused the token.
    #[error("The collector doesn't accept this token")]
    Unauthorised,
    /// No answer came.
    #[error("The collector can't be reached")]
    Unreachable,
    /// The collector answered with an error.
    #[error("{title}")]
    Refused {
        /// The HTTP status.
        status: u16,
        /// The kind of problem.
        title: String,
        /// What is wrong with this request.
        detail: Option<String>,
    },
    /// The answer isn't one of the collector's API.
    #[error("The collector's answer can't be read")]
    Unreadable {
        /// What is wrong with it.
        reason: String,
    },
}

impl Failure {
    /// Reads an answer with an error status.
    pub(crate) fn of_status(status: u16, body: &str) -> Self {
        if status == 401 {
            return Self::Unauthorised;
        }
        let problem: Problem = serde_json::from_str(body).unwrap_or_default();
        let title = problem.title.unwrap_or_else(|| "The collector reports an error".to_owned());
        Self::Refused { status, title, detail: problem.detail }
    }

    /// More about what happened.
    pub(crate) fn detail(&self) -> Option<String> {
        match self {
            Self::Unauthorised | Self::Unreachable => None,
            Self::Refused { detail: Some(detail), .. } => Some(detail.clone()),
            Self::Refused { status, .. } => Some(format!("It answered with status {status}.")),
            Self::Unreadable { reason } => Some(reason.clone()),
        }
    }

    /// What the reader can do.
    pub(crate) fn advice(&self) -> &'static str {
        match self {
            Self::Unauthorised => "Sign in with the token that the collector was started with.",
            Self::Unreachable => "Check your connection, and that the collector is running. Then try again.",
            Self::Refused { status: 500.., .. } => {
                "Try again in a moment. The collector's log says what happened."
            }
            Self::Refused { .. } => "Choose another survey, wave or segment above, or try again.",
            Self::Unreadable { .. } => {
                "Reload the page: it may be older than the collector. If that doesn't help, the collector needs an update."
            }
        }
    }
}

/// The members of an RFC 9457 problem that readers get to see.
#[derive(Default, Deserialize)]
struct Problem {
    title: Option<String>,
    detail: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_says_what_is_wrong() {
        let body = r#"{"type":"about:blank","title":"Not found","status":404,"detail":"no survey \"x\"","errors":[]}"#;
        let failure = Failure::of_status(404, body);
        assert_eq!(failure.to_string(), "Not found");
        assert_eq!(failure.detail().as_deref(), Some("no survey \"x\""));
    }

    #[test]
    fn an_error_page_of_something_in_between_still_leads_to_a_message() {
        let failure = Failure::of_status(502, "<html>Bad gateway</html>");
        assert_eq!(failure.detail().as_deref(), Some("It answered with status 502."));
        assert!(failure.advice().contains("log"));
    }
}
