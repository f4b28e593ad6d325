use crate::support::{Collector, NPS, PULSE, TOKEN, header, noon, nps_release, pulse_release};
use puls_analysis::results::{Results, ScoreMeasure};
use reqwest::Method;
use serde_json::{Value, json};

async fn with_pulses() -> Collector {
    let collector = Collector::serving(&[NPS, PULSE]).await;
    for (number, wave, segment) in [
        (1, "2026-W46", json!({"unit": "billing"})),
        (2, "2026-W47", json!({"unit": "billing", "site": "north"})),
        (3, "2026-W47", json!({"unit": "sales"})),
        (4, "2026-W47", json!({})),
        (5, "2026-W45", json!({"site": "north"})),
    ] {
        collector.accept(&pulse_release(number, wave, segment)).await;
    }
    // All of them are over.
    collector.clock.set(noon("2026-11-24"));
    collector
}

async fn respondents(collector: &Collector, query: &str) -> Value {
    collector.read(&format!("/v1/surveys/pulse/results{query}")).await["respondents"].clone()
}

#[tokio::test]
async fn results_are_the_estimates_of_what_was_added_up() {
    let collector = Collector::serving(&[NPS]).await;
    for number in 0..10 {
        collector.accept(&nps_release(number)).await;
    }
    let results = collector.read("/v1/surveys/nps/results?lang=sv-FI&wave=2026-11").await;
    let results: Results = serde_json::from_value(results).unwrap();
    assert_eq!(results.title, "Rekommenderar du oss?");
    assert_eq!((results.wave.as_deref(), results.respondents, results.sample), (Some("2026-11"), 10, 0));
    let item = &results.items[0];
    let score = item.score.as_ref().and_then(|score| score.published()).unwrap();
    assert_eq!((score.measure, score.estimate.value), (ScoreMeasure::NetPromoterScore, 100.0));
    assert_eq!((item.counts.as_slice(), item.distribution.published().unwrap().len()), (&[0, 0, 10][..], 3));
}

#[tokio::test]
async fn waves_and_segments_choose() {
    let collector = with_pulses().await;
    for (query, expected) in [
        ("", 20),
        ("?wave=2026-W47", 12),
        ("?wave=2026-W48", 0),
        ("?segment.unit=billing", 8),
        ("?wave=2026-W47&segment.unit=billing", 4),
        ("?segment.unit=billing&segment.site=north", 4),
    ] {
        assert_eq!(respondents(&collector, query).await, expected, "{query}");
    }
    let chosen = collector.read("/v1/surveys/pulse/results?wave=2026-W46&segment.unit=billing").await;
    assert_eq!(chosen["waves"], json!(["2026-W45", "2026-W46", "2026-W47"]));
    assert_eq!((&chosen["wave"], &chosen["segment"]), (&json!("2026-W46"), &json!({"unit": "billing"})));
    let whole = collector.read("/v1/surveys/pulse/results").await;
    assert_eq!(
        whole["items"][0]["counts"],
        json!([3, 0, 9]),
        "of the one wave that has enough, its groups together"
    );
    assert!(chosen.get("groups").is_none());
}

#[tokio::test]
async fn results_break_down_by_a_segment() {
    let collector = with_pulses().await;
    let results = collector.read("/v1/surveys/pulse/results?by=unit&wave=2026-W47").await;
    assert_eq!((&results["by"], &results["respondents"]), (&json!("unit"), &json!(12)));
    let groups = results["groups"].as_array().unwrap();
    let seen: Vec<_> = groups
        .iter()
        .map(|group| (group["value"].as_str().unwrap(), &group["results"]["respondents"]))
        .collect();
    assert_eq!(seen, [("billing", &json!(4)), ("sales", &json!(4))]);
    assert_eq!(groups[1]["results"]["segment"], json!({"unit": "sales"}));
}

#[tokio::test]
async fn what_cannot_be_chosen_is_named() {
    let collector = with_pulses().await;
    let mut answers = String::new();
    for query in [
        "wave=2026-11",
        "wave=",
        "segment.unit=legal",
        "segment.team=sales&wave=now&by=team",
        "by=unit&by=site",
        "Wave=2026-W47",
    ] {
        let path = format!("/v1/surveys/pulse/results?{query}");
        let response = collector.request(Method::GET, &path).bearer_auth(TOKEN).send().await.unwrap();
        assert_eq!(response.status(), 400, "{query}");
        assert_eq!(header(&response, "content-type"), "application/problem+json");
        answers += &format!("{query}\n{}\n", response.text().await.unwrap());
    }
    insta::assert_snapshot!(answers);
}

#[tokio::test]
async fn results_need_the_token_and_are_never_cached() {
    let collector = with_pulses().await;
    for path in ["/v1/surveys", "/v1/surveys/pulse/results", "/v1/surveys/unknown/results"] {
        for authorization in ["", "Bearer", "Bearer wrong", "Basic YTpi", &format!("Bearer {TOKEN}x")] {
            let request = collector.request(Method::GET, path).header("authorization", authorization);
            let response = request.send().await.unwrap();
            assert_eq!(response.status(), 401, "{path} with {authorization:?}");
            assert_eq!(header(&response, "www-authenticate"), "Bearer realm=\"results\"");
            assert_eq!(header(&response, "content-type"), "application/problem+json");
            assert_eq!(header(&response, "cache-control"), "no-store");
        }
    }
    let request = collector.request(Method::GET, "/v1/surveys/pulse/results").bearer_auth(TOKEN);
    assert_eq!(header(&request.send().await.unwrap(), "cache-control"), "no-store");
    let request = collector.request(Method::GET, "/v1/surveys/unknown/results").bearer_auth(TOKEN);
    assert_eq!(request.send().await.unwrap().status(), 404);
}

#[tokio::test]
async fn surveys_are_listed() {
    let collector = Collector::serving(&[NPS, PULSE]).await;
    assert_eq!(
        collector.read("/v1/surveys?lang=sv").await,
        json!([
            {"id": "nps", "title": "Rekommenderar du oss?", "audience": "customer", "version": 1,
             "languages": ["en", "sv"], "segments": {}, "wave": "month"},
            {"id": "pulse", "title": "Pulse", "audience": "employee", "version": 2, "languages": ["en"],
             "segments": {"unit": ["billing", "sales"], "site": ["north"]}, "wave": "week"}
        ])
    );
}

#[tokio::test]
async fn lines_that_arrive_by_themselves_are_of_as_many_people_as_the_longest_has() {
    let survey = PULSE.replace(
        r#"{"kind": "batched", "k": 4, "device": "shared"}"#,
        r#"{"kind": "direct", "trust": "endpoint"}"#,
    );
    let collector = Collector::serving(&[&survey]).await;
    let mut line = (0..).map(|number| {
        let mut release = pulse_release(number, "2026-W47", json!({"unit": "sales"}));
        release["mechanism"] = json!({"kind": "direct"});
        release["respondents"] = json!(1);
        release
    });
    for items in [
        json!({"ease": {"cells": [1, 0, 0], "missing": 0}}),
        json!({"why": {"cells": [0, 0], "missing": 1}}),
        json!({"ease": {"cells": [0, 0, 1], "missing": 0}}),
        json!({"ease": {"cells": [0, 0, 1], "missing": 0}}),
    ] {
        let mut release = line.next().unwrap();
        release["items"] = items;
        collector.accept(&release).await;
    }
    let results = collector.read("/v1/surveys/pulse/results").await;
    assert_eq!((&results["respondents"], &results["mechanism"]), (&json!(3), &json!({"kind": "direct"})));
    assert_eq!(results["items"][0]["score"], json!({ "withheld": "too_few", "have": 3, "needs": 5 }));
    assert_eq!(
        results["items"][1]["distribution"],
        json!({ "withheld": "too_few", "needs": 10 }),
        "it may be skipped"
    );
    let mut whole = line.next().unwrap();
    whole["mechanism"] = json!({"kind": "batched", "k": 4});
    let refused: Value = collector.post(&whole).await.json().await.unwrap();
    assert!(refused.to_string().contains("is {\\\"kind\\\":\\\"batched"), "{refused}");
}

/// The status, the headers and the body of an answer to a reader who has what `if_none_match` lists.
async fn asked_again(
    collector: &Collector,
    method: Method,
    path: &str,
    if_none_match: &str,
) -> (u16, [String; 3], String) {
    let request = collector.request(method, path).bearer_auth(TOKEN).header("if-none-match", if_none_match);
    let response = request.send().await.unwrap();
    let headers = ["etag", "cache-control", "content-type"].map(|name| header(&response, name).to_owned());
    (response.status().as_u16(), headers, response.text().await.unwrap())
}

#[tokio::test]
async fn who_has_an_answer_already_is_sent_nothing() {
    let collector = with_pulses().await;
    for path in ["/v1/surveys", "/v1/surveys/pulse/results?by=unit"] {
        collector.read(path).await;
        let (status, [etag, caching, kind], body) = asked_again(&collector, Method::GET, path, "\"x\"").await;
        assert_eq!(
            (status, caching.as_str(), kind.as_str()),
            (200, "no-store", "application/json"),
            "{path}"
        );
        assert!(etag.starts_with('"') && etag.len() == 26 && !body.is_empty(), "{path}: {etag}");
        let same = [etag.clone(), "no-store".to_owned(), String::new()];
        for known in [etag.clone(), format!("\"x\", W/{etag}")] {
            for method in [Method::GET, Method::HEAD] {
                let again = asked_again(&collector, method, path, &known).await;
                assert_eq!(again, (304, same.clone(), String::new()), "{path} with {known}");
            }
        }
        let (status, [head, ..], _) = asked_again(&collector, Method::HEAD, path, "").await;
        assert_eq!((status, &head), (200, &etag), "{path}");
        let without_token = collector.request(Method::GET, path).header("if-none-match", &etag);
        let refused = without_token.send().await.unwrap();
        assert_eq!((refused.status().as_u16(), header(&refused, "etag")), (401, ""), "{path}");
    }
}

#[tokio::test]
async fn another_answer_has_another_tag() {
    let collector = with_pulses().await;
    let path = "/v1/surveys/pulse/results";
    collector.read(path).await;
    let (_, [before, ..], _) = asked_again(&collector, Method::GET, path, "").await;
    for number in 10..15 {
        collector.accept(&pulse_release(number, "2026-W48", json!({}))).await;
    }
    collector.read(path).await;
    let (status, [after, ..], _) = asked_again(&collector, Method::GET, path, &before).await;
    assert_eq!(status, 200);
    assert_ne!(before, after);
}

/// An address has room for many thousands of mistakes.
#[tokio::test]
async fn of_many_mistakes_some_are_told() {
    let collector = with_pulses().await;
    let many: Vec<String> = (0..6_000).map(|number| format!("m{number}")).collect();
    for query in [format!("measure={}", many.join(",")), many.join("&"), vec!["lang"; 6_000].join("&")] {
        let path = format!("/v1/surveys/pulse/trend?{query}");
        let refused = collector.request(Method::GET, &path).bearer_auth(TOKEN).send().await.unwrap();
        assert_eq!(refused.status(), 400);
        let refused: Value = refused.json().await.unwrap();
        assert_eq!(refused["errors"].as_array().unwrap().len(), 20);
    }
}
