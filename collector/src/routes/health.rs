use super::status::Status;
use crate::collector::Collector;
use crate::problem::Problem;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use std::sync::Arc;

/// `GET /healthz`: whether the collector is alive and can read its database.
pub(super) async fn get(State(collector): State<Arc<Collector>>) -> Result<Json<Status>, Problem> {
    collector.store.check().await.map_err(|error| {
        tracing::error!(%error, "the database does not answer");
        Problem::new(StatusCode::SERVICE_UNAVAILABLE, "the database does not answer")
    })?;
    Ok(Json(Status { status: "ok" }))
}
