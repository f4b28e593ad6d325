use crate::collector::Collector;
use crate::problem::Problem;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use std::sync::Arc;

/// A file that is named by its content: the widget's WebAssembly, scripts and words, and what the collector's pages load.
#[utoipa::path(
    get,
    path = "/assets/{file}",
    operation_id = "asset",
    params(("file" = String, Path, description = "The file's name")),
    responses(
        (status = 200, description = "The file", body = [u8], content_type = "*/*"),
        (status = 304, description = "The browser has it already"),
        (status = 404, description = "There is no such file"),
    )
)]
pub(super) async fn get(
    State(collector): State<Arc<Collector>>,
    Path(file): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let unknown = || Problem::new(StatusCode::NOT_FOUND, "there is no such file here");
    Ok(collector.site.assets.get(&file).ok_or_else(unknown)?.respond(&headers))
}
