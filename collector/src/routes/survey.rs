use crate::collector::Collector;
use crate::problem::Problem;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use std::sync::Arc;

/// A survey's definition, as its file has it, without white space.
#[utoipa::path(
    get,
    path = "/v1/surveys/{id}",
    operation_id = "survey",
    params(("id" = String, Path, description = "The survey's id")),
    responses(
        (status = 200, description = "The definition", body = Object, content_type = "application/json"),
        (status = 304, description = "The browser has it already"),
        (status = 404, description = "There is no such survey"),
    )
)]
pub(super) async fn get(
    State(collector): State<Arc<Collector>>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let survey = collector.surveys.get(&id).ok_or_else(Problem::unknown_survey)?;
    Ok(survey.file.respond(&headers))
}
