use crate::collector::Collector;
use crate::problem::Problem;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use std::sync::Arc;

/// The loader, with the rules for showing each survey.
#[utoipa::path(
    get,
    path = "/puls.js",
    operation_id = "loader",
    responses(
        (status = 200, description = "The script", body = String, content_type = "text/javascript"),
        (status = 304, description = "The browser has it already"),
    )
)]
pub(super) async fn get(
    State(collector): State<Arc<Collector>>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let loader = collector.site.loader.as_ref().ok_or_else(not_built)?;
    Ok(loader.respond(&headers))
}

/// The answer of a collector that was built without the files for browsers.
pub(super) fn not_built() -> Problem {
    Problem::new(StatusCode::NOT_FOUND, "this collector was built without the files that browsers load")
}
