use serde::Serialize;

/// The answer of routes that have nothing else to say: `{"status":"accepted"}`.
#[derive(Serialize)]
pub(super) struct Status {
    pub(super) status: &'static str,
}
