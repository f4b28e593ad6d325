use super::asked::Asked;
use crate::problem::Problem;
use axum::response::Response;
use puls_analysis::insight::{Comparisons, Measure};

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
pub(super) async fn get(asked: Asked) -> Result<Response, Problem> {
    let lines = |survey: &_| Measure::lines(survey, |measure| measure.is_leading);
    asked.of_all_surveys(lines, Comparisons::of).await
}
