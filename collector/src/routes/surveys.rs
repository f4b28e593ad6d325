use super::query::Query;
use super::reader::Reader;
use crate::collector::Collector;
use crate::problem::Problem;
use axum::Json;
use axum::extract::State;
use puls_core::definition::Definition;
use puls_core::pieces::Pieces;
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::Arc;
use utoipa::ToSchema;

/// A survey as the results page lists it.
#[derive(Serialize, ToSchema)]
pub(super) struct ListedSurvey {
    id: String,
    title: String,
    /// `customer` or `employee`.
    audience: &'static str,
    version: u32,
    /// The languages of its texts; the first one is the usual one.
    languages: Vec<String>,
    /// The values of each segment, by its name.
    segments: BTreeMap<String, Vec<String>>,
    /// `week`, `month` or `quarter`.
    wave: &'static str,
}

/// All surveys that are served.
#[utoipa::path(
    get,
    path = "/v1/surveys",
    operation_id = "surveys",
    params(("lang" = Option<String>, Query, description = "BCP 47 tag of the titles")),
    responses(
        (status = 200, description = "The surveys, in the order of their ids", body = Vec<ListedSurvey>),
        (status = 400, description = "A parameter that can't be served"),
    )
)]
pub(super) async fn get(
    _: Reader,
    State(collector): State<Arc<Collector>>,
    query: Query,
) -> Result<Json<Vec<ListedSurvey>>, Problem> {
    query.only(&["lang"], "lang")?;
    let listed = |definition| ListedSurvey::of(definition, query.one("lang").unwrap_or_default());
    Ok(Json(collector.surveys.iter().map(listed).collect()))
}

impl ListedSurvey {
    fn of(definition: &Definition, language: &str) -> Self {
        Self {
            id: definition.id.clone(),
            title: Pieces::default().fill(definition, &definition.title, definition.language(language)),
            audience: definition.audience.name(),
            version: definition.version,
            languages: definition.languages.clone(),
            segments: definition.segments.iter().cloned().collect(),
            wave: definition.wave.name(),
        }
    }
}
