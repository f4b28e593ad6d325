use super::status::Status;
use crate::collector::Collector;
use crate::problem::Problem;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use std::sync::Arc;

/// Whether the collector is alive and can read its database.
#[utoipa::path(
    get,
    path = "/healthz",
    operation_id = "health",
    responses(
        (status = 200, description = "It can", body = Status),
        (status = 503, description = "The database can't be read"),
    )
)]
pub(super) async fn get(State(collector): State<Arc<Collector>>) -> Result<Json<Status>, Problem> {
    collector.store.check().await.map_err(|error| {
        tracing::error!(%error, "the database does not answer");
        Problem::new(StatusCode::SERVICE_UNAVAILABLE, "the database does not answer")
    })?;
    Ok(Json(Status { status: "ok" }))
}
