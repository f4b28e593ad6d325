//! Refusals and failures as `application/problem+json` (RFC 9457).

use crate::store::StoreError;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use puls_core::read::Problems;
use serde::Serialize;
use utoipa::ToSchema;

/// The content type of every problem.
pub(crate) const PROBLEM_JSON: &str = "application/problem+json";

const CONTENT_TYPE: HeaderValue = HeaderValue::from_static(PROBLEM_JSON);

/// An answer that says what is wrong with a request, or that the collector failed.
pub(crate) struct Problem {
    status: StatusCode,
    detail: String,
    errors: Vec<Mistake>,
}

/// One mistake and its place.
#[derive(Serialize, ToSchema)]
pub(crate) struct Mistake {
    /// A field such as `items.recommend.cells`, or a parameter such as `wave`.
    pub(crate) place: String,
    /// What is wrong, and what is allowed.
    pub(crate) message: String,
}

/// A problem, as RFC 9457 has it.
#[derive(Serialize, ToSchema)]
#[schema(as = Problem)]
pub(crate) struct Document<'a> {
    /// `about:blank`: the status says what kind of problem it is.
    r#type: &'static str,
    /// The status, in words.
    title: &'static str,
    status: u16,
    /// What is wrong with the request, or that the collector failed.
    detail: &'a str,
    /// Every mistake, if the request has some at certain places.
    #[serde(skip_serializing_if = "<[Mistake]>::is_empty")]
    errors: &'a [Mistake],
}

impl Problem {
    pub(crate) fn new(status: StatusCode, detail: impl Into<String>) -> Self {
        Self { status, detail: detail.into(), errors: Vec::new() }
    }

    pub(crate) fn mistakes(status: StatusCode, detail: impl Into<String>, errors: Vec<Mistake>) -> Self {
        Self { status, detail: detail.into(), errors }
    }

    /// The answer to a document with mistakes.
    pub(crate) fn listing(detail: &str, problems: &Problems) -> Self {
        let mistake = |problem: &puls_core::read::Problem| Mistake {
            place: problem.place.clone(),
            message: problem.fault.to_string(),
        };
        Self::mistakes(StatusCode::UNPROCESSABLE_ENTITY, detail, problems.iter().map(mistake).collect())
    }

    pub(crate) fn unknown_survey() -> Self {
        Self::new(StatusCode::NOT_FOUND, "there is no such survey here")
    }

    fn json(&self) -> String {
        let document = Document {
            r#type: "about:blank",
            title: self.status.canonical_reason().unwrap_or("Error"),
            status: self.status.as_u16(),
            detail: &self.detail,
            errors: &self.errors,
        };
        serde_json::to_string(&document).unwrap_or_default()
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        (self.status, [(header::CONTENT_TYPE, CONTENT_TYPE)], self.json()).into_response()
    }
}

/// Logs the cause, and tells the client only that the collector failed.
impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        tracing::error!(%error, "the store failed");
        if error.may_pass() {
            return Self::new(
                StatusCode::SERVICE_UNAVAILABLE,
                "the collector can't use its database now; try again",
            );
        }
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "the collector failed; its log says why")
    }
}

/// Gives refusals by a library (unknown methods, time-outs, panics) the same form as ours.
pub(crate) async fn in_one_form(response: Response) -> Response {
    let status = response.status();
    let is_ours = |kind: &HeaderValue| *kind == CONTENT_TYPE || kind.as_bytes().starts_with(b"text/html");
    let refused = status.is_client_error() || status.is_server_error();
    if !refused || response.headers().get(header::CONTENT_TYPE).is_some_and(is_ours) {
        return response;
    }
    let detail = match status {
        StatusCode::METHOD_NOT_ALLOWED => "this path does not take that method; see the header `allow`",
        StatusCode::SERVICE_UNAVAILABLE => "that took too long; try again",
        StatusCode::INTERNAL_SERVER_ERROR => "the collector failed; its log says why",
        _ => "the request can't be read",
    };
    let (mut parts, _) = response.into_parts();
    parts.headers.remove(header::CONTENT_LENGTH);
    parts.headers.insert(header::CONTENT_TYPE, CONTENT_TYPE);
    Response::from_parts(parts, Problem::new(status, detail).json().into())
}
