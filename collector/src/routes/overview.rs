use super::asked::Asked;
use crate::problem::Problem;
use axum::response::Response;
use puls_analysis::insight::Overview;

/// All surveys on one screen: their leading figures, who is engaged, and which teams need help first.
#[utoipa::path(
    get,
    path = "/v1/overview",
    operation_id = "overview",
    params(
        ("by" = Option<String>, Query, description = "The name of the segment that tells teams apart; if left out, `unit`"),
        ("lang" = Option<String>, Query, description = "BCP 47 tag; if left out, each survey's first language"),
    ),
    responses(
        (status = 200, description = "The overview", body = Overview),
        (status = 400, description = "A parameter that can't be served"),
    )
)]
pub(super) async fn get(asked: Asked) -> Result<Response, Problem> {
    asked.of_all_surveys(Overview::lines, Overview::of).await
}
