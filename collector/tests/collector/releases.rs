use crate::support::{Collector, NPS, PULSE, header, id, nps_release, options, pulse_release};
use puls_core::received::MAX_BYTES;
use reqwest::{Method, Response};
use serde_json::{Value, json};
use std::sync::Arc;
use tokio::task::JoinSet;

async fn counts(collector: &Collector) -> (u64, Value) {
    let results = collector.read("/v1/surveys/nps/results").await;
    (results["respondents"].as_u64().unwrap(), results["items"][0]["counts"].clone())
}

#[tokio::test]
async fn a_release_changes_the_totals_by_exactly_that() {
    let collector = Collector::serving(&[NPS, PULSE]).await;
    collector.accept(&nps_release(1)).await;
    assert_eq!(counts(&collector).await, (1, json!([0, 0, 1])));
    for number in 2..6 {
        collector.accept(&pulse_release(number, "2026-W47", json!({"unit": "sales"}))).await;
    }
    assert_eq!(counts(&collector).await, (1, json!([0, 0, 1])));
    let pulse = collector.read("/v1/surveys/pulse/results").await;
    assert_eq!((&pulse["respondents"], &pulse["sample"]), (&json!(16), &json!(0)));
    assert_eq!(pulse["items"][0]["counts"], json!([4, 0, 12]));
    assert_eq!((&pulse["items"][1]["counts"], &pulse["items"][1]["missing"]), (&json!([8, 4]), &json!(4)));
}

#[tokio::test]
async fn the_same_id_counts_once() {
    let collector = Collector::serving(&[NPS]).await;
    for _ in 0..3 {
        collector.accept(&nps_release(1)).await;
    }
    let mut other = nps_release(1);
    other["items"]["recommend"]["cells"] = json!([1, 0, 0]);
    collector.accept(&other).await;
    assert_eq!(counts(&collector).await, (1, json!([0, 0, 1])));
}

#[tokio::test]
async fn fifty_at_once_add_up_exactly() {
    let collector = Arc::new(Collector::serving(&[NPS]).await);
    let mut posts = JoinSet::new();
    for number in 0..50 {
        let collector = collector.clone();
        // Ten ids arrive twice.
        posts.spawn(async move { collector.accept(&nps_release(number % 40)).await });
    }
    posts.join_all().await;
    assert_eq!(counts(&collector).await, (40, json!([0, 0, 40])));
}

#[tokio::test]
async fn refusals_name_the_place() {
    let collector = Collector::serving(&[NPS, PULSE]).await;
    let mut answers = String::new();
    let changes: [(&str, Value); 13] = [
        ("/format", json!("puls-release/2")),
        ("/id", json!("0123")),
        ("/id", json!(id(1).replace('0', "A"))),
        ("/survey", json!("other")),
        ("/version", json!(3)),
        ("/wave", json!("2026-11")),
        ("/wave", json!("soon")),
        ("/segment", json!({"unit": "<b>"})),
        ("/segment", json!({"team": "sales"})),
        ("/mechanism/k", json!(4)),
        ("/respondents", json!(2)),
        ("/items/ease/cells", json!([1, 0, 3, 0])),
        ("/items/ease", json!({"cells": [1, 0, 2], "missing": 1})),
    ];
    for (place, value) in changes {
        let mut release = pulse_release(1, "2026-W47", json!({}));
        *release.pointer_mut(place).unwrap() = value.clone();
        let response = collector.post(&release).await;
        assert_eq!(response.status(), 422, "{release}");
        answers += &format!("{place} = {value}\n{}\n", problem(response).await);
    }
    insta::assert_snapshot!(answers);
    assert_eq!(collector.read("/v1/surveys/pulse/results").await["respondents"], 0);
}

#[tokio::test]
async fn what_is_no_release_is_refused() {
    let collector = Collector::serving(&[NPS]).await;
    let json = "application/json";
    let too_long = " ".repeat(MAX_BYTES + 1).into_bytes();
    let mut answers = String::new();
    for (kind, body) in [
        ("text/plain", nps_release(1).to_string().into_bytes()),
        ("application/jsonp", nps_release(1).to_string().into_bytes()),
        (json, Vec::new()),
        (json, b"[]".to_vec()),
        (json, b"{\"format\": \"puls-release/1\"".to_vec()),
        (json, b"{\"id\": \"\xff\"}".to_vec()),
        (json, "[".repeat(10_000).into_bytes()),
        (json, too_long),
    ] {
        let start = String::from_utf8_lossy(&body).chars().take(30).collect::<String>();
        let request = collector.request(Method::POST, "/v1/releases").header("content-type", kind);
        let response = request.body(body).send().await.unwrap();
        answers += &format!("{kind}: {start}\n{}\n", problem(response).await);
    }
    let without = collector.request(Method::POST, "/v1/releases").body("{}").send().await.unwrap();
    assert_eq!(without.status(), 415);
    insta::assert_snapshot!(answers);
}

async fn problem(response: Response) -> String {
    assert_eq!(header(&response, "content-type"), "application/problem+json");
    assert_eq!(header(&response, "access-control-allow-origin"), "*");
    assert_eq!(header(&response, "access-control-expose-headers"), "date,retry-after");
    let status = response.status().as_u16();
    let text = response.text().await.unwrap();
    assert_eq!(serde_json::from_str::<Value>(&text).unwrap()["status"], status);
    text
}

#[tokio::test]
async fn media_types_may_have_parameters() {
    let collector = Collector::serving(&[NPS]).await;
    let request = collector.request(Method::POST, "/v1/releases");
    let request = request.header("content-type", "Application/JSON; charset=utf-8");
    assert_eq!(request.body(nps_release(1).to_string()).send().await.unwrap().status(), 200);
}

async fn preflight(collector: &Collector, origin: &str) -> Response {
    let request = collector.request(Method::OPTIONS, "/v1/releases").header("origin", origin);
    let request = request.header("access-control-request-method", "POST");
    request.header("access-control-request-headers", "content-type").send().await.unwrap()
}

#[tokio::test]
async fn any_origin_may_post_when_none_is_named() {
    let collector = Collector::serving(&[NPS]).await;
    let response = preflight(&collector, "https://shop.example").await;
    assert_eq!(response.status(), 200);
    for (name, value) in [
        ("access-control-allow-origin", "*"),
        ("access-control-allow-methods", "POST"),
        ("access-control-allow-headers", "content-type"),
        ("access-control-max-age", "86400"),
        ("access-control-allow-credentials", ""),
    ] {
        assert_eq!(header(&response, name), value, "{name}");
    }
}

#[tokio::test]
async fn only_named_origins_may_post() {
    let folder = crate::support::folder(&[NPS]);
    let mut options = options(folder.path());
    options.allow_origin =
        ["https://shop.example", "https://intra.example"].map(|it| it.parse().unwrap()).into();
    let collector = Collector::with(folder, &options).await;
    for (origin, allowed) in [
        ("https://intra.example", "https://intra.example"),
        ("https://shop.example", "https://shop.example"),
        ("https://other.example", ""),
    ] {
        let response = preflight(&collector, origin).await;
        assert_eq!(header(&response, "access-control-allow-origin"), allowed, "{origin}");
        assert!(header(&response, "vary").contains("origin"));
    }
}
