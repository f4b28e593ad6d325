use super::asked::Asked;
use super::query::SegmentParameters;
use crate::answers::{Part, generator};
use crate::problem::Problem;
use axum::extract::Path;
use axum::response::Response;
use puls_analysis::insight::{Drivers, Panel, UNIT};
use puls_core::wave::Wave;

/// What an outcome depends on: the drivers with which most is to be gained first.
#[utoipa::path(
    get,
    path = "/v1/surveys/{id}/drivers",
    operation_id = "drivers",
    params(
        ("id" = String, Path, description = "The survey's id"),
        ("outcome" = Option<String>, Query, description = "The name of a measure; if left out, the recommendation among the joint lines, or their last one, or the first measure that leads the survey"),
        ("by" = Option<String>, Query, description = "The name of the segment that tells units apart, where drivers are compared across units; if left out, `unit`"),
        ("wave" = Option<String>, Query, description = "A wave, such as `2026-Q4`; if left out, all waves"),
        ("lang" = Option<String>, Query, description = "BCP 47 tag; if left out, the survey's first language"),
        ("segment" = inline(Option<SegmentParameters>), Query, explode, style = Form),
    ),
    responses(
        (status = 200, description = "The drivers", body = Drivers),
        (status = 400, description = "A parameter that can't be served; `errors` lists every one"),
        (status = 404, description = "There is no such survey"),
    )
)]
pub(super) async fn get(asked: Asked, Path(id): Path<String>) -> Result<Response, Problem> {
    let choice = asked.choice(&id, &["outcome", "by", "wave", "lang"])?;
    let by = choice.single_by()?.unwrap_or(UNIT).to_owned();
    let wave = choice.wave.as_deref().and_then(Wave::parse);
    let language = choice.language.clone();
    let outcome = choice.outcome.as_deref();
    let survey = asked.collector.surveys.get(&id);
    let lines = survey.and_then(|survey| Drivers::lines(&survey.definition, outcome));
    let drivers = move |panel: &Panel<'_>| {
        Drivers::of(panel, choice.outcome.as_deref(), wave, &by, choice.segment.clone(), &mut generator())
    };
    asked.of_survey(Part { survey: id, wave: None, lines }, language, drivers).await
}
