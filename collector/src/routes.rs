//! The collector's routes, one in each file.

mod asked;
mod asset;
mod benchmarks;
mod body;
mod choice;
mod drivers;
mod embed;
mod health;
mod links;
mod loader;
mod openapi;
mod overview;
mod preview;
mod query;
mod reader;
mod ready;
mod releases;
mod results;
mod results_page;
mod screen;
mod screens;
mod status;
mod survey;
mod surveys;
mod teams;
mod trend;

use crate::collector::Collector;
use crate::conditional::unless_known;
use crate::origins::Origins;
use crate::problem::{Problem, in_one_form};
use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::{from_fn, map_response};
use puls_analysis::received::MAX_BYTES;
use puls_core::definition;
use std::sync::Arc;
use std::time::Duration;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::set_header::SetResponseHeaderLayer;
use tower_http::timeout::TimeoutLayer;
use tower_http::trace::TraceLayer;
use utoipa::OpenApi;
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouterExt};
use utoipa_axum::routes;

/// The longest time from a request's head to its answer, body and database included.
const TIMEOUT: Duration = Duration::from_secs(10);

/// Everything that the collector answers.
pub(crate) fn router(collector: Arc<Collector>) -> Router {
    let (routes, _) = described(&collector.origins).split_for_parts();
    let routes =
        routes.fallback(async || Problem::new(StatusCode::NOT_FOUND, "there is nothing at this path"));
    guarded(routes).with_state(collector)
}

/// Every route, with its description in the OpenAPI document.
fn described(origins: &Origins) -> OpenApiRouter<Arc<Collector>> {
    let release = routes!(releases::post).layer((DefaultBodyLimit::max(MAX_BYTES), releases::cors(origins)));
    let screens = routes!(screens::post).layer(DefaultBodyLimit::max(definition::MAX_BYTES));
    let mut routes = OpenApiRouter::with_openapi(openapi::Head::openapi())
        .merge(public())
        .merge(confidential())
        .routes(release)
        .routes(screens)
        .routes(routes!(results_page::get))
        .routes(routes!(preview::get))
        .routes(routes!(preview::frame))
        .routes(routes!(embed::get))
        .routes(routes!(openapi::get))
        .routes(routes!(health::get))
        .routes(routes!(ready::get));
    openapi::describe_failures(routes.get_openapi_mut());
    routes
}

/// Makes routes answer in time and in one form, whatever happens on them.
fn guarded<S: Clone + Send + Sync + 'static>(routes: Router<S>) -> Router<S> {
    routes
        // A time-out is the collector's fault, and 503 tells clients to come back with the same release.
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, TIMEOUT))
        .layer(CatchPanicLayer::new())
        .layer(map_response(in_one_form))
        .layer(stating(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(TraceLayer::new_for_http().make_span_with(span))
}

/// The routes that pages of every origin may read.
fn public() -> OpenApiRouter<Arc<Collector>> {
    OpenApiRouter::new()
        .routes(routes!(loader::get))
        .routes(routes!(asset::get))
        .routes(routes!(survey::get))
        .routes(routes!(screen::get))
        .layer(stating(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"))
        // Pages read the day from this header: by a wrong clock of their own, they would date releases by the wrong
        // wave.
        .layer(stating(header::ACCESS_CONTROL_EXPOSE_HEADERS, "date"))
        .layer(stating(HeaderName::from_static("cross-origin-resource-policy"), "cross-origin"))
}

/// The routes that need the bearer token and that no cache may keep. Who has an answer already is sent 304.
fn confidential() -> OpenApiRouter<Arc<Collector>> {
    let mut routes = OpenApiRouter::new()
        .routes(routes!(overview::get))
        .routes(routes!(surveys::get))
        .routes(routes!(results::get))
        .routes(routes!(trend::get))
        .routes(routes!(teams::get))
        .routes(routes!(drivers::get))
        .routes(routes!(links::get))
        .routes(routes!(benchmarks::get));
    openapi::describe_confidential(routes.get_openapi_mut());
    routes.layer(from_fn(unless_known)).layer(stating(header::CACHE_CONTROL, "no-store"))
}

fn stating(name: HeaderName, value: &'static str) -> SetResponseHeaderLayer<HeaderValue> {
    SetResponseHeaderLayer::overriding(name, HeaderValue::from_static(value))
}

/// The span of a request. It has neither address nor headers, nor the query, which may name a small group.
fn span(request: &Request) -> tracing::Span {
    tracing::debug_span!("request", method = %request.method(), path = request.uri().path())
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::{Body, to_bytes};
    use axum::response::Response;
    use axum::routing::get;
    use tower::ServiceExt;

    const RELEASE: &str = r#"{
        "format": "puls-release/1", "id": "0123456789abcdef0123456789abcdef", "survey": "nps", "version": 1,
        "wave": "2026-11", "segment": {}, "mechanism": {"kind": "randomised", "epsilon": 2.0},
        "respondents": 1, "items": {"recommend": {"cells": [0, 0, 1], "missing": 0}}
    }"#;

    async fn status_and_detail(router: Router, request: Request) -> (StatusCode, String) {
        let response: Response = router.oneshot(request).await.unwrap();
        let status = response.status();
        assert_eq!(response.headers()["content-type"], "application/problem+json");
        let body = to_bytes(response.into_body(), MAX_BYTES).await.unwrap();
        let problem: serde_json::Value = serde_json::from_slice(&body).unwrap();
        (status, problem["detail"].as_str().unwrap().to_owned())
    }

    fn get_request(path: &str) -> Request {
        Request::get(path).body(Body::empty()).unwrap()
    }

    /// A collector whose database is closed.
    async fn without_database() -> Router {
        let folder = tempfile::tempdir().unwrap();
        let collector = Collector::of_nps(folder.path()).await;
        collector.store.close().await;
        router(Arc::new(collector))
    }

    #[tokio::test]
    async fn without_its_database_it_fails_and_says_nothing() {
        let request = Request::post("/v1/releases").header("content-type", "application/json");
        let release = request.body(Body::from(RELEASE)).unwrap();
        for (request, detail) in [
            (release, "the collector can't use its database now; try again"),
            (get_request("/healthz"), "the database does not answer"),
            (get_request("/readyz"), "no release can be taken now; the log says why"),
        ] {
            let answer = status_and_detail(without_database().await, request).await;
            assert_eq!(answer, (StatusCode::SERVICE_UNAVAILABLE, detail.to_owned()));
        }
    }

    #[tokio::test]
    async fn files_that_were_not_built_in_are_missed() {
        for path in ["/puls.js", "/results", "/preview", "/preview-frame", "/embed/nps", "/assets/widget.js"]
        {
            let (status, _) = status_and_detail(without_database().await, get_request(path)).await;
            assert_eq!(status, StatusCode::NOT_FOUND, "{path}");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn panics_and_endless_waits_are_answered() {
        let routes = Router::new()
            .route("/panic", get(async || -> StatusCode { panic!("a defect") }))
            .route("/wait", get(std::future::pending::<StatusCode>));
        for (path, status) in [("/panic", 500), ("/wait", 503)] {
            let (found, _) = status_and_detail(guarded(routes.clone()), get_request(path)).await;
            assert_eq!(found, status, "{path}");
        }
    }
}
