use super::body::json_text;
use crate::clock::today;
use crate::collector::Collector;
use crate::problem::{Mistake, Problem};
use crate::store::Origin;
use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use puls_core::received::{MAX_BYTES, Received};
use puls_core::wave::Wave;
use serde::Serialize;
use std::sync::Arc;
use std::time::Duration;
use tower_http::cors::{AllowOrigin, CorsLayer};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// So far ahead a browser's clock may be.
const FAST_CLOCK_DAYS: i32 = 2;

#[derive(Serialize)]
pub(super) struct Receipt {
    status: &'static str,
}

/// `POST /v1/releases`: adds a release to the totals, once however often it arrives.
pub(super) async fn post(
    State(collector): State<Arc<Collector>>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Json<Receipt>, Problem> {
    let text = json_text(&headers, body, "a release", MAX_BYTES)?;
    let release = Received::parse(&text, |survey, version| collector.surveys.version(survey, version))
        .map_err(|problems| Problem::listing("the release does not fit its survey", &problems))?;
    check_begun(release.wave)?;
    // Whether it had been added before is nobody's business but the store's.
    collector.store.add(&release, Origin::Respondents).await?;
    Ok(Json(Receipt { status: "accepted" }))
}

/// Refuses waves that haven't begun: nobody has answered in them, and they would stay open for years.
fn check_begun(wave: Wave) -> Result<(), Problem> {
    if wave <= Wave::of(wave.period(), today() + FAST_CLOCK_DAYS) {
        return Ok(());
    }
    let message = format!("{wave} has not begun; is the device's clock right?");
    let mistakes = vec![Mistake { place: "wave".to_owned(), message }];
    Err(Problem::mistakes(StatusCode::UNPROCESSABLE_ENTITY, "the release is of the future", mistakes))
}

/// Lets pages of these origins post, or of all when there are none; never with credentials.
pub(super) fn cors(origins: &[HeaderValue]) -> CorsLayer {
    let origins = match origins {
        [] => AllowOrigin::any(),
        origins => AllowOrigin::list(origins.iter().cloned()),
    };
    CorsLayer::new()
        .allow_origin(origins)
        .allow_methods([Method::POST])
        .allow_headers([header::CONTENT_TYPE])
        // Pages may read the day, since their own clock may be wrong, and how long to wait, which a proxy in front of it may say,
        // only if they are told so.
        .expose_headers([header::DATE, header::RETRY_AFTER])
        .max_age(DAY)
}
