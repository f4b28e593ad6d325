use super::choice::Choice;
use super::query::{Query, SegmentParameters, mistake, refuse};
use super::reader::Reader;
use crate::answers::answer;
use crate::collector::Collector;
use crate::problem::Problem;
use axum::extract::{OriginalUri, Path, State};
use axum::response::Response;
use puls_analysis::insight::{Teams, UNIT};
use puls_core::definition::Definition;
use puls_core::wave::Wave;
use std::sync::Arc;

/// How the units of a survey compare: which most likely need help first, and how sure that is.
#[utoipa::path(
    get,
    path = "/v1/surveys/{id}/teams",
    operation_id = "teams",
    params(
        ("id" = String, Path, description = "The survey's id"),
        ("by" = Option<String>, Query, description = "Names of segments that together tell units apart, separated by commas; if left out, `unit`, or the survey's first one"),
        ("wave" = Option<String>, Query, description = "A wave, such as `2026-W47`; if left out, the newest one that has published figures"),
        ("measure" = Option<String>, Query, description = "Names of measures, separated by commas; if left out, those that lead the survey"),
        ("lang" = Option<String>, Query, description = "BCP 47 tag; if left out, the survey's first language"),
        ("segment" = inline(Option<SegmentParameters>), Query, explode, style = Form),
    ),
    responses(
        (status = 200, description = "The comparison", body = Teams),
        (status = 400, description = "A parameter that can't be served; `errors` lists every one"),
        (status = 404, description = "There is no such survey"),
    )
)]
pub(super) async fn get(
    _: Reader,
    State(collector): State<Arc<Collector>>,
    OriginalUri(uri): OriginalUri,
    Path(id): Path<String>,
    query: Query,
) -> Result<Response, Problem> {
    let survey = collector.surveys.get(&id).ok_or_else(Problem::unknown_survey)?;
    let choice = Choice::read(&query, &survey.definition, &["by", "wave", "measure", "lang"])?;
    let by = choice.by.clone().or_else(|| unit(&survey.definition));
    let none = || mistake("by", "the survey has no segments to tell units apart by".to_owned());
    refuse(by.is_none().then(none).into_iter().collect())?;
    let by = by.unwrap_or_default();
    let wave = choice.wave.as_deref().and_then(Wave::parse);
    let language = choice.language.clone();
    answer(&collector, uri.to_string(), vec![id], language, move |panels| {
        let of = |panel| Teams::of(panel, wave, &by, |measure| choice.has(measure), choice.segment.clone());
        panels.first().map(of)
    })
    .await
}

/// The segment that tells units apart.
fn unit(definition: &Definition) -> Option<String> {
    let names = || definition.segments.iter().map(|(name, _)| name);
    names().find(|name| *name == UNIT).or_else(|| names().next()).cloned()
}
