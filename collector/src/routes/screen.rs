use super::query::Query;
use crate::collector::Collector;
use crate::problem::Problem;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use puls_core::definition::Display;
use std::sync::Arc;

/// A survey's first screen, which browsers show while they load the WebAssembly.
///
/// An element is a list of its name, its attributes and its children, which are elements or texts.
#[utoipa::path(
    get,
    path = "/v1/surveys/{id}/screen",
    operation_id = "screen",
    params(
        ("id" = String, Path, description = "The survey's id"),
        ("lang" = Option<String>, Query, description = "BCP 47 tag; if left out, the survey's first language"),
        ("display" = Option<String>, Query, description = "A display, such as `inline`; if left out, the survey's own"),
    ),
    responses(
        (status = 200, description = "The screen", body = Vec<Value>),
        (status = 204, description = "The screen isn't the same for everybody, or takes more than taps"),
        (status = 304, description = "The browser has it already"),
        (status = 404, description = "There is no such survey"),
    )
)]
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
