//! Reading posted JSON.

use crate::problem::Problem;
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::http::{HeaderMap, StatusCode, header};

/// The text of a JSON body. Errors call it `what`, which includes an article, and name the `limit` that the route
/// enforces.
pub(super) fn json_text(
    headers: &HeaderMap,
    body: Result<Bytes, BytesRejection>,
    what: &str,
    limit: usize,
) -> Result<String, Problem> {
    if !is_json(headers) {
        return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, format!("{what} is application/json")));
    }
    let body = body.map_err(|rejection| unreadable(&rejection, what, limit))?;
    String::from_utf8(body.into())
        .map_err(|_| Problem::new(StatusCode::BAD_REQUEST, format!("{what} is JSON in UTF-8")))
}

fn is_json(headers: &HeaderMap) -> bool {
    let stated = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let essence = stated.and_then(|value| value.split(';').next()).map(str::trim);
    essence.is_some_and(|essence| essence.eq_ignore_ascii_case("application/json"))
}

fn unreadable(rejection: &BytesRejection, what: &str, limit: usize) -> Problem {
    match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => {
            Problem::new(StatusCode::PAYLOAD_TOO_LARGE, format!("{what} has at most {limit} bytes"))
        }
        // The connection broke, so sending the same again may succeed.
        _ => Problem::new(StatusCode::REQUEST_TIMEOUT, format!("the request ended before {what} did")),
    }
}
