use super::loader::not_built;
use crate::collector::Collector;
use crate::problem::Problem;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use std::sync::Arc;

/// Only the collector's own scripts and styles; no other page may embed it.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// The results page. Its script takes the token from the fragment of the address, which browsers never send.
#[utoipa::path(
    get,
    path = "/results",
    operation_id = "results_page",
    responses(
        (status = 200, description = "The page", body = String, content_type = "text/html"),
        (status = 304, description = "The browser has it already"),
    )
)]
pub(super) async fn get(
    State(collector): State<Arc<Collector>>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let page = collector.site.results_page.as_ref().ok_or_else(not_built)?;
    let stated = [(header::CONTENT_SECURITY_POLICY, POLICY), (header::REFERRER_POLICY, "no-referrer")];
    Ok((stated, page.respond(&headers)).into_response())
}
