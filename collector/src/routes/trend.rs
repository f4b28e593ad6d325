use super::choice::Choice;
use super::query::{Query, SegmentParameters};
use super::reader::Reader;
use crate::answers::answer;
use crate::collector::Collector;
use crate::problem::Problem;
use axum::extract::{OriginalUri, Path, State};
use axum::response::Response;
use puls_analysis::insight::Trend;
use puls_analysis::results::Revision;
use std::sync::Arc;

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
pub(super) async fn get(
    _: Reader,
    State(collector): State<Arc<Collector>>,
    OriginalUri(uri): OriginalUri,
    Path(id): Path<String>,
    query: Query,
) -> Result<Response, Problem> {
    let survey = collector.surveys.get(&id).ok_or_else(Problem::unknown_survey)?;
    let choice = Choice::read(&query, &survey.definition, &["measure", "lang"])?;
    let revisions = collector.store.revisions(&id).await?.into_iter().map(Revision::from).collect();
    let language = choice.language.clone();
    answer(&collector, uri.to_string(), vec![id], language, move |panels| {
        panels.first().map(|panel| {
            let trend = Trend::of(panel, |measure| choice.has(measure), choice.segment.clone());
            Trend { revisions, ..trend }
        })
    })
    .await
}
