use super::query::Query;
use super::reader::Reader;
use crate::answers::{answer, generator};
use crate::collector::Collector;
use crate::problem::Problem;
use axum::extract::{OriginalUri, State};
use axum::response::Response;
use puls_analysis::insight::{Links, UNIT};
use std::sync::Arc;

/// Whether customers notice: how employees' measures go with customers' across units, and both with outcomes.
#[utoipa::path(
    get,
    path = "/v1/links",
    operation_id = "links",
    params(
        ("by" = Option<String>, Query, description = "The name of the segment that surveys share; if left out, `unit`"),
        ("lang" = Option<String>, Query, description = "BCP 47 tag; if left out, each survey's first language"),
    ),
    responses(
        (status = 200, description = "The links", body = Links),
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
    answer(&collector, uri.to_string(), surveys, language, move |panels| {
        Links::of(panels, &by, &mut generator())
    })
    .await
}
