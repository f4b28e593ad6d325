use super::loader::not_built;
use crate::assets::StaticFile;
use crate::collector::Collector;
use crate::problem::Problem;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use std::sync::Arc;

/// Only the collector's own scripts and styles, and the one frame that it fills; no other page may embed it.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    connect-src 'self'; img-src 'self' data:; frame-src 'self'; base-uri 'none'; form-action 'none'; \
    frame-ancestors 'none'";

/// The sandbox gives the frame an origin of its own, with neither the collector's storage nor its cookies, so answers
/// in a preview can't mix with the answers that this browser really gave. The page passes the definition as a blob.
const FRAME_POLICY: &str = "sandbox allow-scripts; default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; \
    style-src 'self'; connect-src 'self' blob:; img-src 'self' data:; base-uri 'none'; form-action 'none'; \
    frame-ancestors 'self'";

/// The page on which authors try definitions. It names the ids of all surveys, as `puls.js` does too.
#[utoipa::path(
    get,
    path = "/preview",
    operation_id = "preview",
    responses(
        (status = 200, description = "The page", body = String, content_type = "text/html"),
        (status = 304, description = "The browser has it already"),
    )
)]
pub(super) async fn get(
    State(collector): State<Arc<Collector>>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    respond(collector.site.preview_page.as_ref(), POLICY, &headers)
}

/// The page in the frame of `/preview`, which shows a definition as a survey.
#[utoipa::path(
    get,
    path = "/preview-frame",
    operation_id = "preview_frame",
    responses(
        (status = 200, description = "The page", body = String, content_type = "text/html"),
        (status = 304, description = "The browser has it already"),
    )
)]
pub(super) async fn frame(
    State(collector): State<Arc<Collector>>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    respond(collector.site.preview_frame.as_ref(), FRAME_POLICY, &headers)
}

fn respond(
    page: Option<&StaticFile>,
    policy: &'static str,
    headers: &HeaderMap,
) -> Result<Response, Problem> {
    let stated = [(header::CONTENT_SECURITY_POLICY, policy), (header::REFERRER_POLICY, "no-referrer")];
    Ok((stated, page.ok_or_else(not_built)?.respond(headers)).into_response())
}
