//! The OpenAPI document, which is made of what stands beside each route. What holds for many routes is added here, in
//! step with the layers that bring it about.

use crate::assets::{Caching, StaticFile};
use crate::origins::Origins;
use crate::problem::{Document, PROBLEM_JSON};
use axum::http::HeaderMap;
use axum::response::Response;
use std::sync::LazyLock;
use utoipa::openapi::header::Header;
use utoipa::openapi::path::{Operation, PathItem};
use utoipa::openapi::response::Response as Answer;
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityRequirement, SecurityScheme};
use utoipa::openapi::{Components, Content, Ref, RefOr};
use utoipa::{OpenApi, PartialSchema, ToSchema};

/// The document's head. The package says the rest, such as the version.
#[derive(OpenApi)]
#[openapi(
    info(title = "Puls collector", description = "Takes releases, adds them up, and serves the widget and the results. \
        Each path that takes GET takes HEAD as well."),
    components(schemas(Document<'_>))
)]
pub(super) struct Head;

/// The name of the scheme by which readers of results prove that they may read them.
const TOKEN: &str = "results_token";

/// The document. All collectors of this build have the same one.
static DOCUMENT: LazyLock<StaticFile> = LazyLock::new(|| {
    let document = super::described(&Origins::default()).into_openapi();
    StaticFile::compressed("application/json", Caching::Minutes, document.to_json().unwrap_or_default())
});

/// This document.
#[utoipa::path(
    get,
    path = "/openapi.json",
    operation_id = "openapi",
    responses(
        (status = 200, description = "The document", body = Object, content_type = "application/json"),
        (status = 304, description = "The client has it already"),
    )
)]
pub(super) async fn get(headers: HeaderMap) -> Response {
    DOCUMENT.respond(&headers)
}

/// Describes what holds for the routes that need the token: they refuse requests without it, and send 304 to readers
/// who have the answer already.
pub(super) fn describe_confidential(document: &mut utoipa::openapi::OpenApi) {
    let scheme = SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer));
    document.components.get_or_insert_with(Components::new).add_security_scheme(TOKEN, scheme);
    for operation in operations(document) {
        operation.security = Some(vec![SecurityRequirement::new(TOKEN, [""; 0])]);
        let answers = &mut operation.responses.responses;
        answers.insert("401".to_owned(), Answer::new("The request doesn't carry the token").into());
        answers.insert("304".to_owned(), Answer::new("The reader has this answer already").into());
        for (_, answer) in answers.range_mut("200".to_owned().."400".to_owned()) {
            if let RefOr::T(answer) = answer {
                answer.headers.insert("ETag".to_owned(), Header::new(String::schema()).into());
            }
        }
    }
}

/// Describes what holds for every route: it may fail, and what it refuses is a problem if it says nothing else.
pub(super) fn describe_failures(document: &mut utoipa::openapi::OpenApi) {
    for operation in operations(document) {
        let answers = &mut operation.responses.responses;
        for (status, description) in [
            ("500", "The collector failed; its log says why"),
            ("503", "The request took longer than 10 seconds, or the collector can't use its database now"),
        ] {
            answers.entry(status.to_owned()).or_insert_with(|| Answer::new(description).into());
        }
        for (_, answer) in answers.range_mut("400".to_owned()..) {
            if let RefOr::T(answer) = answer
                && answer.content.is_empty()
            {
                let problem = Content::new(Some(Ref::from_schema_name(Document::name())));
                answer.content.insert(PROBLEM_JSON.to_owned(), problem.into());
            }
        }
    }
}

fn operations(document: &mut utoipa::openapi::OpenApi) -> impl Iterator<Item = &mut Operation> {
    document.paths.paths.values_mut().flat_map(|PathItem { get, put, post, delete, patch, .. }| {
        [get, put, post, delete, patch].into_iter().flatten()
    })
}
