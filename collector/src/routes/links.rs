use super::asked::Asked;
use crate::answers::generator;
use crate::problem::Problem;
use axum::response::Response;
use puls_analysis::insight::Links;

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
pub(super) async fn get(asked: Asked) -> Result<Response, Problem> {
    asked.of_all_surveys(Links::lines, |panels, by| Links::of(panels, by, &mut generator())).await
}
