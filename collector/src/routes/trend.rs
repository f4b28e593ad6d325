use super::asked::Asked;
use super::query::SegmentParameters;
use crate::answers::Part;
use crate::problem::Problem;
use axum::extract::Path;
use axum::response::Response;
use puls_analysis::insight::{Panel, Trend};

/// How a survey's measures develop from wave to wave, with marks where they changed beyond chance.
#[utoipa::path(
    get,
    path = "/v1/surveys/{id}/trend",
    operation_id = "trend",
    params(
        ("id" = String, Path, description = "The survey's id"),
        ("measure" = Option<String>, Query, description = "Names of measures, separated by commas; if left out, those that lead the survey"),
        ("lang" = Option<String>, Query, description = "BCP 47 tag; if left out, the survey's first language"),
        ("segment" = inline(Option<SegmentParameters>), Query, explode, style = Form),
    ),
    responses(
        (status = 200, description = "The trend", body = Trend),
        (status = 400, description = "A parameter that can't be served; `errors` lists every one"),
        (status = 404, description = "There is no such survey"),
    )
)]
pub(super) async fn get(asked: Asked, Path(id): Path<String>) -> Result<Response, Problem> {
    let choice = asked.choice(&id, &["measure", "lang"])?;
    let language = choice.language.clone();
    let lines = asked.lines(&id, &choice);
    let trend =
        move |panel: &Panel<'_>| Trend::of(panel, |measure| choice.has(measure), choice.segment.clone());
    asked.of_survey(Part { survey: id, wave: None, lines }, language, trend).await
}
