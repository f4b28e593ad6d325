use super::loader::not_built;
use crate::assets::StaticFile;
use crate::collector::Collector;
use crate::problem::Problem;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use std::sync::Arc;

/// Scripts and styles of the collector's own, the one frame that it fills, and no other page around it.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    connect-src 'self'; img-src 'self' data:; frame-src 'self'; base-uri 'none'; form-action 'none'; \
    frame-ancestors 'none'";

/// The frame has an origin of its own, so it has neither the collector's storage nor its cookies: what is answered
/// there can't get in among what was really answered in this browser. Its definition is a blob.
const FRAME_POLICY: &str = "sandbox allow-scripts; default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; \
    style-src 'self'; connect-src 'self' blob:; img-src 'self' data:; base-uri 'none'; form-action 'none'; \
    frame-ancestors 'self'";

/// `GET /preview`: the page where authors try definitions. It knows the ids of the surveys served here, which
/// `puls.js` tells as well.
pub(super) async fn get(
    State(collector): State<Arc<Collector>>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    respond(collector.site.preview_page.as_ref(), POLICY, &headers)
}

/// `GET /preview-frame`: the page within that page, in which a definition is shown as a survey.
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
