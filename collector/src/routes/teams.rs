use super::asked::Asked;
use super::query::{SegmentParameters, mistake, refuse};
use crate::answers::Part;
use crate::problem::Problem;
use axum::extract::Path;
use axum::response::Response;
use puls_analysis::insight::{Panel, Teams, UNIT};
use puls_core::definition::Definition;
use puls_core::wave::Wave;

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
pub(super) async fn get(asked: Asked, Path(id): Path<String>) -> Result<Response, Problem> {
    let choice = asked.choice(&id, &["by", "wave", "measure", "lang"])?;
    let first = || asked.collector.surveys.get(&id).and_then(|survey| unit(&survey.definition));
    let by = choice.by.clone().or_else(first);
    let none = || mistake("by", "the survey has no segments to tell units apart by".to_owned());
    refuse(by.is_none().then(none).into_iter().collect())?;
    let by = by.unwrap_or_default();
    let wave = choice.wave.as_deref().and_then(Wave::parse);
    let language = choice.language.clone();
    let lines = asked.lines(&id, &choice);
    let teams = move |panel: &Panel<'_>| {
        Teams::of(panel, wave, &by, |measure| choice.has(measure), choice.segment.clone())
    };
    asked.of_survey(Part { survey: id, wave: None, lines }, language, teams).await
}

/// The segment that tells units apart.
fn unit(definition: &Definition) -> Option<String> {
    let names = || definition.segments.iter().map(|(name, _)| name);
    names().find(|name| *name == UNIT).or_else(|| names().next()).cloned()
}
