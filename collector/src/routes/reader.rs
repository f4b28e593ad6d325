use crate::collector::Collector;
use crate::problem::Problem;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use std::sync::Arc;

/// Proof that a request carries the results token.
pub(super) struct Reader;

impl FromRequestParts<Arc<Collector>> for Reader {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, collector: &Arc<Collector>) -> Result<Self, Response> {
        if collector.token.admits(&parts.headers) {
            return Ok(Self);
        }
        let problem = Problem::new(
            StatusCode::UNAUTHORIZED,
            "results are read with the header `authorization: Bearer TOKEN`",
        );
        let challenge = HeaderValue::from_static("Bearer realm=\"results\"");
        Err(([(header::WWW_AUTHENTICATE, challenge)], problem).into_response())
    }
}
