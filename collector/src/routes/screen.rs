use super::query::Query;
use crate::collector::Collector;
use crate::problem::Problem;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use puls_core::definition::Display;
use std::sync::Arc;

/// `GET /v1/surveys/{id}/screen?lang=…&display=…`: the first screen, which browsers show while they load the
/// WebAssembly. The answer is 204 if the screen isn't the same for everybody.
pub(super) async fn get(
    State(collector): State<Arc<Collector>>,
    Path(id): Path<String>,
    query: Query,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let survey = collector.surveys.get(&id).ok_or_else(Problem::unknown_survey)?;
    let display = query.one("display").and_then(Display::named).unwrap_or(survey.definition.show.display);
    let wanted = query.one("lang").unwrap_or_default();
    let screen = survey.screens.get(&survey.definition, wanted, display);
    Ok(screen.map_or_else(|| StatusCode::NO_CONTENT.into_response(), |screen| screen.respond(&headers)))
}
