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

/// A survey as the results page lists it.
#[derive(Serialize)]
pub(super) struct Listed {
    id: String,
    title: String,
    audience: &'static str,
    version: u32,
    languages: Vec<String>,
    segments: BTreeMap<String, Vec<String>>,
    wave: &'static str,
}

/// `GET /v1/surveys?lang=…`: all surveys that are served.
pub(super) async fn get(
    _: Reader,
    State(collector): State<Arc<Collector>>,
    query: Query,
) -> Result<Json<Vec<Listed>>, Problem> {
    query.only(&["lang"], "lang")?;
    let listed = |definition| Listed::of(definition, query.one("lang").unwrap_or_default());
    Ok(Json(collector.surveys.iter().map(listed).collect()))
}

impl Listed {
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
