use serde::Serialize;
use utoipa::ToSchema;

/// The answer of routes that have nothing else to say: `{"status":"accepted"}`.
#[derive(Serialize, ToSchema)]
pub(super) struct Status {
    pub(super) status: &'static str,
}
