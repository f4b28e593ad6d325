use crate::collector::Collector;
use crate::problem::Problem;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use std::sync::Arc;

/// `GET /v1/surveys/{id}`: a survey's definition, as its file has it, without white space.
pub(super) async fn get(
    State(collector): State<Arc<Collector>>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let survey = collector.surveys.get(&id).ok_or_else(Problem::unknown_survey)?;
    Ok(survey.file.respond(&headers))
}
