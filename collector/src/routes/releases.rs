mod form;

use super::body::json_text;
use super::status::Status;
use crate::collector::Collector;
use crate::origins::Origins;
use crate::problem::{Mistake, Problem};
use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::http::{HeaderMap, Method, StatusCode, header};
use puls_analysis::received::{MAX_BYTES, Received};
use std::sync::Arc;
use std::time::Duration;
use tower_http::cors::{AllowOrigin, CorsLayer};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// Adds a release to the totals, and only once, however often it arrives.
#[utoipa::path(
    post,
    path = "/v1/releases",
    operation_id = "release",
    request_body(content = form::Release, description = "A release of at most 65,536 bytes"),
    responses(
        (status = 200, description = "The release is on disk, or has been added before", body = Status),
        (status = 400, description = "The body isn't UTF-8"),
        (status = 408, description = "The body was cut short; post it again"),
        (status = 413, description = "The body is too long"),
        (status = 415, description = "The content type isn't `application/json`"),
        (status = 422, description = "The release doesn't fit its survey, or its wave isn't open; `errors` lists every place"),
        (status = 503, description = "This collector can't use its database now, or doesn't know the survey's version yet; post it again"),
    )
)]
pub(super) async fn post(
    State(collector): State<Arc<Collector>>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Json<Status>, Problem> {
    let text = json_text(&headers, body, "a release", MAX_BYTES)?;
    let mut is_for_another = false;
    let release = Received::parse(&text, |survey, version| {
        is_for_another = collector.surveys.is_for_another(survey, version);
        collector.surveys.expected(survey, version)
    });
    if is_for_another {
        let detail = "this collector can't read that version of the survey, but another one may; try again";
        return Err(Problem::new(StatusCode::SERVICE_UNAVAILABLE, detail));
    }
    let release =
        release.map_err(|problems| Problem::listing("the release does not fit its survey", &problems))?;
    check_open(&collector, &release)?;
    // The answer doesn't tell whether the release had been added before.
    collector.store.add(&release).await?;
    collector.unsettled.note(&release.survey, release.wave.to_string());
    Ok(Json(Status { status: "accepted" }))
}

/// Refuses waves in which nobody can have answered, and closed ones, whose figures no longer change.
fn check_open(collector: &Collector, release: &Received) -> Result<(), Problem> {
    let Received { survey, version, wave, .. } = release;
    let first_served = collector.surveys.first_served(survey, *version);
    wave.check_open(collector.clock.today(), first_served).map_err(|error| {
        let mistakes = vec![Mistake { place: "wave".to_owned(), message: error.to_string() }];
        Problem::mistakes(StatusCode::UNPROCESSABLE_ENTITY, "the release's wave isn't open", mistakes)
    })
}

/// Lets pages of these origins post, but never with credentials.
pub(super) fn cors(origins: &Origins) -> CorsLayer {
    let origins = if origins.allow_any() {
        AllowOrigin::any()
    } else {
        let origins = origins.clone();
        AllowOrigin::predicate(move |origin, _| origin.to_str().is_ok_and(|origin| origins.allow(origin)))
    };
    CorsLayer::new()
        .allow_origin(origins)
        .allow_methods([Method::POST])
        .allow_headers([header::CONTENT_TYPE])
        // A proxy in front of the collector may set the first, and the collector's clock the second. Pages can only
        // read headers that are named here.
        .expose_headers([header::RETRY_AFTER, header::DATE])
        .max_age(DAY)
}
