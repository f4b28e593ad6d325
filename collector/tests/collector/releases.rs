use crate::support::{Collector, NPS, PULSE, header, id, nps_release, options, pulse_release};
use puls_analysis::received::MAX_BYTES;
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
        collector.accept(&pulse_release(number, "2026-W47", json!({}))).await;
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
    let changes: [(&str, Value); 14] = [
        ("/format", json!("puls-release/2")),
        ("/id", json!("0123")),
        ("/id", json!(id(1).replace('0', "A"))),
        ("/survey", json!("other")),
        ("/version", json!(1)),
        ("/wave", json!("2026-11")),
        ("/wave", json!("soon")),
        ("/segment", json!({"unit": "<b>"})),
        ("/segment", json!({"team": "sales"})),
        ("/mechanism/k", json!(5)),
        ("/respondents", json!(2)),
        ("/respondents", json!(5)),
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
    assert_eq!(header(&response, "access-control-expose-headers"), "retry-after,date");
    assert!(header(&response, "date").ends_with(" GMT"));
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

/// A release of [`PULSE`] that says it is of so many people, all of them at the top.
fn of_people(number: usize, people: u64) -> Value {
    let mut release = pulse_release(number, "2026-W47", json!({}));
    release["respondents"] = json!(people);
    release["items"] = json!({
        "ease": {"cells": [0, 0, people], "missing": 0}, "why": {"cells": [people, 0], "missing": 0},
    });
    release
}

/// What a release is refused for.
async fn refused(collector: &Collector, release: &Value) -> Value {
    let response = collector.post(release).await;
    assert_eq!(response.status(), 422, "{release}");
    response.json::<Value>().await.unwrap()["errors"].take()
}

#[tokio::test]
async fn one_release_counts_as_one_batch() {
    let collector = Collector::serving(&[PULSE]).await;
    for (people, message) in [(1_000_000, "1000000 is above 4"), (5, "5 is above 4"), (3, "3 is below 4")] {
        let errors = refused(&collector, &of_people(1, people)).await;
        assert_eq!(errors, json!([{"place": "respondents", "message": message}]));
    }
    // The next version asks for fewer; a browser may hold a batch that was begun before.
    let folder = collector.stop().await;
    let newer = PULSE.replace("\"version\": 2", "\"version\": 3").replace("\"k\": 4", "\"k\": 3");
    std::fs::write(folder.path().join("surveys/0.json"), newer).unwrap();
    let collector = Collector::in_folder(folder).await;
    let newer = |number: usize, people: u64| {
        let mut release = of_people(number, people);
        (release["version"], release["mechanism"]["k"]) = (json!(3), json!(3));
        release
    };
    collector.accept(&newer(2, 3)).await;
    collector.accept(&newer(3, 4)).await;
    let errors = refused(&collector, &newer(4, 5)).await;
    assert_eq!(errors, json!([{"place": "respondents", "message": "5 is above 4"}]));
    assert_eq!(refused(&collector, &of_people(5, 3)).await[0]["message"], "3 is below 4");
    assert_eq!(collector.read("/v1/surveys/pulse/results").await["respondents"], 7);
}

#[tokio::test]
async fn what_is_derived_has_to_agree_with_its_items() {
    let derived = r#""derived": {
        "index": {"kind": "index", "items": ["ease"]}, "easy": {"kind": "share", "when": {"item": "ease", "is": 3}}
    }, "segments""#;
    let collector = Collector::serving(&[&PULSE.replace("\"segments\"", derived)]).await;
    let release = |index: [u64; 3], easy: [u64; 2]| {
        let mut release = of_people(1, 4);
        release["items"]["ease"]["cells"] = json!([4, 0, 0]);
        release["items"]["index"] = json!({"cells": index, "missing": 0});
        release["items"]["easy"] = json!({"cells": easy, "missing": 0});
        release
    };
    let message = "has counts that no answers to its items come to";
    for (index, easy, place) in [
        ([0, 0, 4], [4, 0], "items.index"),
        ([0, 4, 0], [4, 0], "items.index"),
        ([4, 0, 0], [3, 1], "items.easy"),
    ] {
        let errors = refused(&collector, &release(index, easy)).await;
        assert_eq!(errors, json!([{"place": place, "message": message}]));
    }
    collector.accept(&release([4, 0, 0], [4, 0])).await;
}
