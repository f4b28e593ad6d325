use crate::support::{Collector, NPS, PULSE, header};
use reqwest::{Method, Response};
use serde_json::{Value, json};

async fn post(collector: &Collector, query: &str, body: impl Into<String>) -> Response {
    let request = collector.request(Method::POST, &format!("/v1/screens{query}"));
    request.header("content-type", "application/json").body(body.into()).send().await.unwrap()
}

async fn problem(response: Response) -> (u16, Value) {
    assert_eq!(header(&response, "content-type"), "application/problem+json");
    (response.status().as_u16(), response.json().await.unwrap())
}

/// The text of all elements of a kind.
fn texts<'a>(markup: &'a Value, kind: &str) -> Vec<&'a str> {
    let Value::Array(parts) = markup else { return Vec::new() };
    let inner = parts.iter().skip(2).flat_map(|part| texts(part, kind));
    let own = parts.iter().skip(2).filter(|_| parts[0] == kind).filter_map(Value::as_str);
    own.chain(inner).collect()
}

#[tokio::test]
async fn every_screen_of_a_definition_is_drawn() {
    let collector = Collector::serving(&[NPS]).await;
    let survey = PULSE.replace(
        r#""segments""#,
        r#""routing": [
            {"after": "ease", "when": {"item": "ease", "is": 3}, "go": "end"},
            {"when": {"item": "ease", "at_most": 1}, "route": {"name": "talk", "text": "Talk to us", "url": "/talk"}}
        ],
        "thanks": [{"title": "Sorry", "when": {"item": "ease", "at_most": 1}}, {"title": "Thank you"}],
        "segments""#,
    );
    let response = post(&collector, "", survey).await;
    assert_eq!(response.status(), 200);
    assert_eq!(header(&response, "cache-control"), "no-store");
    assert_eq!(header(&response, "access-control-allow-origin"), "");
    let screens: Value = response.json().await.unwrap();
    let titles = |kind: &str| {
        let screens = screens[kind].as_array().unwrap();
        screens.iter().flat_map(|screen| texts(screen, "h2")).collect::<Vec<_>>()
    };
    assert_eq!(titles("items"), ["Hello", "How easy?", "Why?"]);
    assert_eq!(titles("thanks"), ["Sorry", "Thank you"]);
    assert_eq!(texts(&screens["routes"][0], "a"), ["Talk to us"]);
    assert_eq!(texts(&screens["items"][2], "button"), ["Price", "Place", "What is sent?", "Back", "Send"]);
    // It is neither kept nor served.
    assert_eq!(collector.get("/v1/surveys/pulse").await.status(), 404);
}

#[tokio::test]
async fn screens_are_drawn_as_they_are_asked_for() {
    let collector = Collector::serving(&[NPS]).await;
    let response = post(&collector, "?lang=sv-FI&preset=bright&width=phone", NPS).await;
    let screens: Value = response.json().await.unwrap();
    assert_eq!(screens["language"], "sv");
    let panel = &screens["items"][0][1];
    assert_eq!((&panel["lang"], &panel["data-preset"]), (&json!("sv"), &json!("bright")));
    assert_eq!(texts(&screens["thanks"][0], "h2").len(), 1, "the widget's own thanks");
    let (status, problem) = problem(post(&collector, "?preset=loud&colour=red", NPS).await).await;
    assert_eq!((status, &problem["errors"][0]["place"]), (400, &json!("colour")));
}

#[tokio::test]
async fn mistakes_are_listed_with_their_places() {
    let collector = Collector::serving(&[NPS]).await;
    let broken = NPS.replace(r#""version": 1"#, r#""version": 0"#).replace("net_promoter", "stars");
    let (status, problem) = problem(post(&collector, "", broken).await).await;
    assert_eq!((status, &problem["detail"]), (422, &json!("the definition has mistakes")));
    let places: Vec<&Value> =
        problem["errors"].as_array().unwrap().iter().map(|error| &error["place"]).collect();
    assert_eq!(places, [&json!("version"), &json!("items[0].kind")]);
}

#[tokio::test]
async fn what_is_no_definition_is_refused() {
    let collector = Collector::serving(&[NPS]).await;
    let (status, refused) = problem(post(&collector, "", "{\n\"id\": }").await).await;
    assert_eq!(
        (status, &refused["errors"][0]["message"]),
        (422, &json!("not valid JSON at line 2, column 7"))
    );
    let (status, refused) = problem(post(&collector, "", " ".repeat(65_537)).await).await;
    assert_eq!((status, &refused["detail"]), (413, &json!("a definition has at most 65536 bytes")));
    let untyped = collector.request(Method::POST, "/v1/screens").body(NPS).send().await.unwrap();
    let (status, refused) = problem(untyped).await;
    assert_eq!((status, &refused["detail"]), (415, &json!("a definition is application/json")));
}

#[tokio::test]
async fn the_preview_lists_the_surveys_and_shuts_its_frame_off() {
    let collector = Collector::serving(&[NPS, PULSE]).await;
    let page = collector.get("/preview").await;
    let policy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; \
        img-src 'self' data:; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    assert_eq!(header(&page, "content-security-policy"), policy);
    let text = page.text().await.unwrap();
    for part in [r#"data-surveys="nps pulse""#, r#"<meta name="robots" content="noindex">"#] {
        assert!(text.contains(part), "{part} is missing in {text}");
    }
    let frame = collector.get("/preview-frame").await;
    let policy = header(&frame, "content-security-policy");
    assert!(policy.starts_with("sandbox allow-scripts; default-src 'none'; "), "{policy}");
    assert!(policy.ends_with("; frame-ancestors 'self'"), "{policy}");
}

#[tokio::test]
async fn every_ready_made_survey_is_drawn_in_full() {
    let collector = Collector::serving(&[NPS]).await;
    for file in std::fs::read_dir("../surveys").unwrap() {
        let path = file.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        let definition: Value = serde_json::from_str(&text).unwrap();
        for language in definition["languages"].as_array().unwrap() {
            let language = language.as_str().unwrap();
            let response = post(&collector, &format!("?lang={language}"), text.as_str()).await;
            let screens: Value = response.json().await.unwrap();
            let drawn = screens["items"].as_array().unwrap();
            assert_eq!(drawn.len(), definition["items"].as_array().unwrap().len(), "{}", path.display());
            for screen in drawn {
                assert_eq!(texts(screen, "h2").len(), 1, "{} in {language}: {screen}", path.display());
            }
        }
    }
}
