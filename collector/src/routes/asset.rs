use crate::collector::Collector;
use crate::problem::Problem;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use std::sync::Arc;

/// `GET /assets/{file}`: a file that is named by its content.
pub(super) async fn get(
    State(collector): State<Arc<Collector>>,
    Path(file): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let unknown = || Problem::new(StatusCode::NOT_FOUND, "there is no such file here");
    Ok(collector.site.assets.get(&file).ok_or_else(unknown)?.respond(&headers))
}
