use crate::collector::Collector;
use crate::problem::Problem;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use std::sync::Arc;

/// `GET /puls.js`: the loader, with the surveys' rules for showing them.
pub(super) async fn get(
    State(collector): State<Arc<Collector>>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let loader = collector.site.loader.as_ref().ok_or_else(not_built)?;
    Ok(loader.respond(&headers))
}

/// Files for browsers are missing from a collector that was built before them.
pub(super) fn not_built() -> Problem {
    Problem::new(StatusCode::NOT_FOUND, "this collector was built without the files that browsers load")
}
