//! What the OpenAPI document says of each route is what the collector does.

mod document;
mod examples;

use crate::migrations::of_thirteenth_build;
use crate::support::{Collector, NPS, PULSE, TOKEN, header, options};
use document::{Document, Operation, faults};
use examples::{Example, drawn, examples};
use reqwest::{Method, RequestBuilder, Response};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// The answers for which examples are made of others: to those who have an answer already, and to those without the
/// token.
const DERIVED: [u16; 2] = [304, 401];

/// The answers that a collector in order doesn't give: to a body that is cut short, and where its database or it itself
/// fails. All of them are problems of one form.
const NOT_TRIED: [u16; 3] = [408, 500, 503];

async fn serving() -> Collector {
    let folder = of_thirteenth_build(&[NPS, PULSE, &drawn()]).await;
    let options = options(folder.path());
    Collector::at("2026-12-01", folder, &options).await
}

async fn document(collector: &Collector) -> Document {
    let response = collector.get("/openapi.json").await;
    assert_eq!(header(&response, "content-type"), "application/json");
    Document::new(response.json().await.unwrap())
}

/// The request of an example, with the token if it needs one.
fn request(collector: &Collector, operation: &Operation<'_>, example: &Example) -> RequestBuilder {
    let request = collector.request(operation.method.parse().unwrap(), example.path);
    let request = if operation.is_secured() { request.bearer_auth(TOKEN) } else { request };
    match &example.body {
        Some((kind, body)) => request.header("content-type", *kind).body(body.clone()),
        None => request,
    }
}

/// Checks that an answer is one that the document states.
async fn assert_stated(operation: &Operation<'_>, path: &str, status: u16, response: Response) {
    let place = format!("{} {path}", operation.method);
    assert_eq!(response.status().as_u16(), status, "{place}");
    for name in operation.headers(status) {
        assert_ne!(header(&response, name), "", "{place}: {name}");
    }
    let kind = header(&response, "content-type").split(';').next().unwrap().to_owned();
    let body = response.bytes().await.unwrap();
    let contents = operation.contents(status);
    if contents.is_empty() {
        assert!(kind.is_empty() && body.is_empty(), "{place}, {status}: has a body of {kind:?}");
        return;
    }
    let stated = contents.iter().find(|(stated, _)| *stated == kind || *stated == "*/*");
    let (_, schema) = stated.unwrap_or_else(|| panic!("{place}, {status}: {kind} isn't stated"));
    if kind.ends_with("json") {
        let body: Value = serde_json::from_slice(&body).unwrap();
        assert_eq!(faults(schema, &body), [""; 0], "{place}, {status}: {body}");
    }
}

/// Each status that the document states, and no other, has an example.
fn assert_all_have_examples(operation: &Operation<'_>, examples: &[Example]) {
    let of_others: BTreeSet<u16> = DERIVED.into_iter().chain(NOT_TRIED).collect();
    let tried: BTreeSet<u16> = examples.iter().map(|example| example.status).collect();
    let stated = operation.statuses();
    let (missing, unstated) = (&(&stated - &tried) - &of_others, &tried - &stated);
    let id = operation.id();
    assert!(missing.is_empty(), "{id}: put requests into examples.rs that are answered with {missing:?}");
    assert!(unstated.is_empty(), "{id}: the document states no {unstated:?}");
    for status in stated.iter().filter(|status| **status >= 400) {
        let kinds: Vec<&str> = operation.contents(*status).into_iter().map(|(kind, _)| kind).collect();
        assert!(
            kinds == ["application/problem+json"] || kinds == ["text/html"],
            "{id}: {status} is {kinds:?}"
        );
    }
}

/// Each parameter that the document states, and no other, is in an example.
fn assert_all_are_asked(operation: &Operation<'_>, examples: &[Example]) {
    let stated = operation.query();
    let mut asked = BTreeSet::new();
    for example in examples.iter().filter(|example| example.status < 400) {
        let query = example.path.split_once('?').map_or("", |(_, query)| query);
        for (name, value) in query.split('&').filter_map(|pair| pair.split_once('=')) {
            let is_stated = |(_, schema): &&(_, Value)| faults(schema, &json!({name: value})).is_empty();
            let found = stated.iter().find(is_stated);
            let (stated, _) = found.unwrap_or_else(|| panic!("{}: {name} isn't stated", operation.id()));
            asked.insert(*stated);
        }
    }
    let stated: BTreeSet<&str> = stated.iter().map(|(name, _)| *name).collect();
    assert_eq!(
        asked,
        stated,
        "{}: the parameters of the examples, and those that are stated",
        operation.id()
    );
}

#[tokio::test]
async fn every_route_answers_as_the_document_says() {
    let collector = serving().await;
    let document = document(&collector).await;
    let mut examples = examples();
    let mut ids = BTreeSet::new();
    for operation in document.operations() {
        let id = operation.id();
        assert!(ids.insert(id.to_owned()), "{id} stands twice");
        let of_this: Vec<Example> = examples.extract_if(.., |example| example.operation == id).collect();
        assert_all_have_examples(&operation, &of_this);
        assert_all_are_asked(&operation, &of_this);
        for example in &of_this {
            let Example { path, status, body, .. } = example;
            if let Some((_, body)) = body.as_ref().filter(|_| *status == 200) {
                let body: Value = serde_json::from_slice(body).unwrap();
                assert_eq!(faults(&operation.body(), &body), [""; 0], "{path}: {body}");
            }
            let response = request(&collector, &operation, example).send().await.unwrap();
            assert_stated(&operation, path, *status, response).await;
        }
    }
    let left: Vec<&str> = examples.iter().map(|example| example.operation).collect();
    assert_eq!(left, [""; 0], "operations that the document doesn't have");
}

#[tokio::test]
async fn who_has_an_answer_or_has_no_token_is_answered_as_the_document_says() {
    let collector = serving().await;
    let document = document(&collector).await;
    let examples = examples();
    for operation in document.operations() {
        let example = examples.iter().find(|example| example.operation == operation.id()).unwrap();
        assert_eq!(operation.statuses().contains(&401), operation.is_secured(), "{}", example.path);
        if operation.is_secured() {
            let response = collector.get(example.path).await;
            assert_stated(&operation, example.path, 401, response).await;
        }
        let response = request(&collector, &operation, example).send().await.unwrap();
        let etag = header(&response, "etag").to_owned();
        assert_eq!(operation.statuses().contains(&304), !etag.is_empty(), "{}", example.path);
        if !etag.is_empty() {
            let again = request(&collector, &operation, example).header("if-none-match", etag);
            assert_stated(&operation, example.path, 304, again.send().await.unwrap()).await;
        }
    }
}

#[tokio::test]
async fn a_path_takes_the_methods_that_the_document_says_and_no_other() {
    let collector = serving().await;
    let document = document(&collector).await;
    let examples = examples();
    for operation in document.operations() {
        let example = examples.iter().find(|example| example.operation == operation.id()).unwrap();
        let also = if operation.method == "GET" { "GET,HEAD" } else { operation.method.as_str() };
        let refused = collector.request(Method::DELETE, example.path).send().await.unwrap();
        assert_eq!((refused.status().as_u16(), header(&refused, "allow")), (405, also), "{}", example.path);
        if operation.method == "GET" {
            let request = collector.request(Method::HEAD, example.path).bearer_auth(TOKEN);
            assert_eq!(request.send().await.unwrap().status(), example.status, "{}", example.path);
        }
    }
}

#[tokio::test]
async fn the_document_and_the_guide_have_the_same_paths() {
    let guide = include_str!("../../../docs/wire-format.md");
    let collector = Collector::serving(&[NPS]).await;
    let stated = document(&collector).await;
    let stated: BTreeSet<String> = stated
        .operations()
        .iter()
        .map(|operation| format!("{} {}", operation.method, operation.path))
        .collect();
    // Its table has the queries as well.
    let rows = guide.lines().filter(|line| line.starts_with("| `"));
    let named = rows.filter_map(|row| row.split('|').nth(1)).flat_map(|cell| cell.split('`'));
    let named = named.filter(|name| name.starts_with("GET /") || name.starts_with("POST /"));
    let named: BTreeSet<String> =
        named.filter_map(|name| name.split('?').next()).map(str::to_owned).collect();
    assert_eq!(named, stated);
}
