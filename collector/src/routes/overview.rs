use super::query::Query;
use super::reader::Reader;
use crate::answers::answer;
use crate::collector::Collector;
use crate::problem::Problem;
use axum::extract::{OriginalUri, State};
use axum::response::Response;
use puls_analysis::insight::Overview;
use std::sync::Arc;

/// All surveys on one screen: their leading figures, who is engaged, and which teams need help first.
#[utoipa::path(
    get,
    path = "/v1/overview",
    operation_id = "overview",
    params(("lang" = Option<String>, Query, description = "BCP 47 tag; if left out, each survey's first language")),
    responses(
        (status = 200, description = "The overview", body = Overview),
        (status = 400, description = "A parameter that can't be served"),
    )
)]
pub(super) async fn get(
    _: Reader,
    State(collector): State<Arc<Collector>>,
    OriginalUri(uri): OriginalUri,
    query: Query,
) -> Result<Response, Problem> {
    query.only(&["lang"], "lang")?;
    let surveys = collector.surveys.iter().map(|survey| survey.id.clone()).collect();
    let language = query.one("lang").unwrap_or_default().to_owned();
    answer(&collector, uri.to_string(), surveys, language, Overview::of).await
}
