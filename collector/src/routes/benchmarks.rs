use super::query::Query;
use super::reader::Reader;
use crate::answers::answer;
use crate::collector::Collector;
use crate::problem::Problem;
use axum::extract::{OriginalUri, State};
use axum::response::Response;
use puls_analysis::insight::{Comparisons, UNIT};
use std::sync::Arc;

/// Where figures stand: among a survey's own earlier waves, among all units, and among reference distributions.
#[utoipa::path(
    get,
    path = "/v1/benchmarks",
    operation_id = "benchmarks",
    params(
        ("by" = Option<String>, Query, description = "The name of the segment that tells units apart; if left out, `unit`"),
        ("lang" = Option<String>, Query, description = "BCP 47 tag; if left out, each survey's first language"),
    ),
    responses(
        (status = 200, description = "The comparisons", body = Comparisons),
        (status = 400, description = "A parameter that can't be served"),
    )
)]
pub(super) async fn get(
    _: Reader,
    State(collector): State<Arc<Collector>>,
    OriginalUri(uri): OriginalUri,
    query: Query,
) -> Result<Response, Problem> {
    query.only(&["by", "lang"], "by, lang")?;
    let surveys = collector.surveys.iter().map(|survey| survey.id.clone()).collect();
    let language = query.one("lang").unwrap_or_default().to_owned();
    let by = query.one("by").unwrap_or(UNIT).to_owned();
    answer(&collector, uri.to_string(), surveys, language, move |panels| Comparisons::of(panels, &by)).await
}
