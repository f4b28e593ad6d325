use super::loader::not_built;
use super::query::{Query, SegmentParameters};
use crate::collector::Collector;
use crate::problem::Problem;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use puls_core::definition::{Definition, Mechanism, Sealed};
use puls_core::pieces::Pieces;
use sha2::{Digest, Sha256};
use std::sync::Arc;

/// Only the collector's own scripts may run; any page may embed this one.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors *";

const SCRIPT: &str = "script-src 'self'";

const CONNECT: &str = "connect-src 'self'";

/// A script that says in a sandboxed frame that answers would be lost.
const SANDBOXED: &str = include_str!("../../../www/sandboxed.js");

const UNKNOWN: &str = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\">\
    <meta name=\"color-scheme\" content=\"light dark\"><title>No such survey</title>\
    <main><h1>There is no such survey here</h1></main></html>";

/// A survey as a page of its own, for a frame or a link.
#[utoipa::path(
    get,
    path = "/embed/{id}",
    operation_id = "embed",
    params(
        ("id" = String, Path, description = "The survey's id"),
        ("lang" = Option<String>, Query, description = "BCP 47 tag; if left out, the survey's first language"),
        ("theme" = Option<String>, Query, description = "As `data-theme` of the script tag"),
        ("segment" = inline(Option<SegmentParameters>), Query, explode, style = Form),
    ),
    responses(
        (status = 200, description = "The page", body = String, content_type = "text/html"),
        (status = 404, description = "A page that says that there is no such survey", body = String, content_type = "text/html"),
    )
)]
pub(super) async fn get(
    State(collector): State<Arc<Collector>>,
    Path(id): Path<String>,
    query: Query,
) -> Result<Response, Problem> {
    let template = collector.site.embed_page.as_ref().ok_or_else(not_built)?;
    let survey = collector.surveys.get(&id).map(|survey| &survey.definition);
    let before = if collector.origins.allow_sandboxed() { "" } else { SANDBOXED };
    let (status, page) = match survey {
        Some(survey) => (StatusCode::OK, fill_in(template, survey, &query, before)),
        None => (StatusCode::NOT_FOUND, UNKNOWN.to_owned()),
    };
    let policy = survey.map_or_else(|| POLICY.to_owned(), policy);
    let stated = [
        (header::CONTENT_SECURITY_POLICY, allowing(&policy, before)),
        (header::REFERRER_POLICY, "no-referrer".to_owned()),
        (header::CACHE_CONTROL, "no-cache".to_owned()),
    ];
    Ok((status, stated, Html(page)).into_response())
}

/// The policy of a survey's page. A sealed survey's page may also connect to the aggregators.
fn policy(survey: &Definition) -> String {
    let Mechanism::Sealed(Sealed { leader, helper, .. }) = &survey.privacy else { return POLICY.to_owned() };
    let connect = [leader, helper].iter().fold(String::from(CONNECT), |connect, url| {
        // The host ends where the path begins. Any other character could end the list in the policy, so such a host is
        // left out.
        let of_host = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '[' | ']');
        let host = url.split("//").nth(1).and_then(|rest| rest.split('/').next()).unwrap_or_default();
        let scheme = url.split("//").next().unwrap_or_default();
        if host.chars().all(of_host) { format!("{connect} {scheme}//{host}") } else { connect }
    });
    POLICY.replace(CONNECT, &connect)
}

/// The policy, which also allows the script in the page itself, if there is one.
fn allowing(policy: &str, script: &str) -> String {
    if script.is_empty() {
        return policy.to_owned();
    }
    let hash = BASE64_STANDARD.encode(Sha256::digest(script));
    policy.replace(SCRIPT, &format!("{SCRIPT} 'sha256-{hash}'"))
}

/// Fills in the template. The query's parameters become attributes of the script tag; the widget itself reports values
/// that aren't allowed. `before` is a script that runs before the loader.
fn fill_in(template: &str, definition: &Definition, query: &Query, before: &str) -> String {
    let language = definition.language(query.one("lang").unwrap_or_default());
    let before = if before.is_empty() { String::new() } else { format!("<script>{before}</script>\n      ") };
    let mut page = template.replace("{{survey}}", &definition.id).replace("{{language}}", &escape(language));
    page = page.replace("{{before}}", &before);
    // These texts could contain another placeholder, so they come last.
    page = page.replace("{{options}}", &options(definition, query));
    let title = Pieces::default().fill(definition, &definition.title, language);
    page.replace("{{title}}", &escape(&title))
}

fn options(definition: &Definition, query: &Query) -> String {
    let segments =
        definition.segments.iter().map(|(name, _)| (format!("segment.{name}"), format!("segment-{name}")));
    let named = segments.chain([("theme".to_owned(), "theme".to_owned())]);
    let mut options = String::new();
    for (parameter, attribute) in named {
        if let Some(value) = query.one(&parameter) {
            options.push_str(&format!(" data-{attribute}=\"{}\"", escape(value)));
        }
    }
    options
}

/// Escapes a text for HTML's text and quoted attributes.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use puls_documents::{self as documents, net_promoter, sealed};
    use serde_json::json;

    #[test]
    fn a_sealed_survey_may_reach_its_aggregators_and_nobody_else() {
        let survey = |leader: &str| {
            let privacy = sealed(leader, "http://127.0.0.1:99", [("recommend", "A".repeat(43))]);
            let document = documents::survey("s").item(net_promoter("recommend")).privacy(privacy);
            policy(&Definition::parse(&document.to_string()).unwrap())
        };
        let expected = "connect-src 'self' https://leader.example:8443 http://127.0.0.1:99; img-src";
        assert!(survey("https://leader.example:8443/dap").contains(expected));
        assert!(survey("https://a;script-src").contains("connect-src 'self' http://127.0.0.1:99; img-src"));
    }

    #[test]
    fn titles_stay_text() {
        let survey = documents::survey("s-1")
            .with("languages", ["sv", "en"])
            .with("title", json!({"en": "Hi", "sv": "<script>'\"&{}"}))
            .item(net_promoter("recommend"))
            .to_string();
        let template = "<html lang='{{language}}'><title>{{title}}</title><i data-survey=\"{{survey}}\">";
        assert_eq!(
            fill_in(template, &Definition::parse(&survey).unwrap(), &Query::default(), ""),
            "<html lang='sv'><title>&lt;script&gt;&#39;&quot;&amp;{}</title><i data-survey=\"s-1\">"
        );
    }
}
