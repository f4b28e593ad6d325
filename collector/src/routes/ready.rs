use super::status::Status;
use crate::collector::Collector;
use crate::problem::Problem;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use std::sync::Arc;

/// Whether the collector could take a release now. It takes the write lock and gives it back to find out.
#[utoipa::path(
    get,
    path = "/readyz",
    operation_id = "ready",
    responses(
        (status = 200, description = "It could", body = Status),
        (status = 503, description = "It could take no release now"),
    )
)]
pub(super) async fn get(State(collector): State<Arc<Collector>>) -> Result<Json<Status>, Problem> {
    collector.store.check_ready().await.map_err(|error| {
        tracing::error!(%error, "no release can be taken");
        Problem::new(StatusCode::SERVICE_UNAVAILABLE, "no release can be taken now; the log says why")
    })?;
    Ok(Json(Status { status: "ready" }))
}
