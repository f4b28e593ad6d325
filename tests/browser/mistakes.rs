use axum::Router;
use axum::extract::Path;
use axum::response::Html;
use axum::routing::get;
use puls_tests::browser::{Browser, RECORDER};
use puls_tests::collector::Collector;
use puls_tests::engine::Engine;
use puls_tests::host::{Host, document, script_tag};
use puls_tests::{dist, until};
use serde_json::{Value, json};
use std::fs;

/// Places in the NPS survey's definition, what is put there, and what is said of it.
const DEFINITIONS: [(&str, &str, &str); 8] = [
    (
        "/items/0/kind",
        "\"stars\"",
        "items[0].kind: \"stars\" is unknown; allowed are net_promoter, rating, agreement, choice, notice, matrix, \
         choices, open_text, count",
    ),
    (
        "/items/0/anchors/low",
        "7",
        "items[0].anchors.low: expected a string, or an object of language and string, found a number",
    ),
    ("/items", "[]", "items: has 0 entries; allowed are 1 to 50"),
    ("/privacy/epsilon", "9.5", "privacy.epsilon: 9.5 is above 8"),
    ("/version", "0", "version: 0 is below 1"),
    (
        "/show/display",
        "\"balloon\"",
        "show.display: \"balloon\" is unknown; allowed are popover, modal, bar, inline, page, kiosk",
    ),
    ("/title/en", "null", "title.en: expected a string, found null"),
    ("/wave", "\"decade\"", "wave: \"decade\" is unknown; allowed are week, month, quarter"),
];

#[tokio::test]
async fn a_malformed_definition_is_refused_with_the_place_of_each_mistake() {
    let nps: Value = serde_json::from_str(&fs::read_to_string(dist("surveys/nps.json")).unwrap()).unwrap();
    let mut definitions = vec!["{\"id\": ".to_owned(), "[".repeat(5000)];
    let mut expected = vec!["not valid JSON".to_owned(); 2];
    for (place, value, message) in DEFINITIONS {
        let mut changed = nps.clone();
        *changed.pointer_mut(place).unwrap() = serde_json::from_str(value).unwrap();
        definitions.push(changed.to_string());
        expected.push(message.to_owned());
    }
    let elements: String = (0..definitions.len())
        .map(|index| format!("<puls-survey survey='/definitions/{index}.json'></puls-survey>"))
        .collect();

    let collector = Collector::start();
    let page = Html(document(&format!("{elements}{}", script_tag(&collector, ""))));
    let serve = async move |Path(name): Path<String>| {
        let index: usize = name.trim_end_matches(".json").parse().unwrap();
        definitions[index].clone()
    };
    let routes = Router::new().route("/", get(async move || page)).route("/definitions/{name}", get(serve));
    let host = Host::routes(routes).await;
    let browser = Browser::start().await;
    browser.open(&host.origin()).await;
    assert_told(&browser, "definition", expected).await;
    assert_eq!(browser.page_errors().await, json!([]));
}

#[tokio::test]
async fn a_wrong_attribute_is_named_and_its_default_taken() {
    let collector = Collector::start();
    let attributes = [
        "survey='nps' display='balloon'",
        "survey='nps' display='inline' trigger='load  scroll:half'",
        "survey='nps' display='inline' recontact='soon'",
        "survey='nps' display='inline' sample='50%'",
        "survey='nps' display='inline' theme='blue'",
        "survey='nps' display='inline' endpoint='javascript:alert(1)'",
        "survey='nps' display='inline' endpoint='https://'",
        "survey='engagement-pulse' segment-unit='kitchen'",
        "survey='nps' display='inline' segment-colour='red'",
        "",
    ];
    let elements: String = attributes.map(|text| format!("<puls-survey {text}></puls-survey>")).concat();
    let scripts = ["#nowhere", "["]
        .map(|target| script_tag(&collector, &format!("data-survey='nps' data-target='{target}'")))
        .concat();
    let host = Host::page(&format!("{elements}{scripts}")).await;
    let browser = Browser::start().await;
    browser.open(&host.origin()).await;
    let expected = [
        "display: \"balloon\" is unknown; allowed are popover, modal, bar, inline, page, kiosk",
        "trigger: \"scroll:half\" is unknown; allowed are load, open, delay:5s, scroll:50%, exit, idle:30s, \
         click:SELECTOR, event:NAME, manual",
        "recontact: \"soon\" is not allowed; use a number of days from 0 to 9999",
        "sample: \"50%\" is not allowed; use a share from 0 to 1",
        "theme: \"blue\" is not allowed; use light, dark or auto",
        "endpoint: \"javascript:alert(1)\" is not an address; use one that starts with https://",
        "endpoint: \"https://\" is not an address; use one that starts with https://",
        "segment \"unit\" has no value \"kitchen\"; the survey declares billing, sales, service",
        "segment \"colour\" is unknown; the survey declares none",
        "survey: is missing",
        "data-target: \"#nowhere\" finds no element on this page",
        "data-target: \"[\" finds no element on this page",
    ];
    assert_told(&browser, "attribute", expected.map(str::to_owned).to_vec()).await;
    until("all surveys with their defaults", async || {
        let shown = browser.told().await.into_iter().filter(|(name, _)| name == "puls-shown").count();
        if shown == attributes.len() - 1 { Ok(()) } else { Err(format!("{shown} are shown")) }
    })
    .await;
    assert_eq!(browser.page_errors().await, json!([]));
}

#[tokio::test]
async fn what_there_is_not_is_said_and_harms_nothing() {
    let collector = Collector::start();
    let host = Host::page(&script_tag(&collector, "data-survey='no-such-survey'")).await;
    let browser = Browser::start().await;
    browser.open(&host.origin()).await;
    let error = browser.told_of("puls-error").await;
    assert_eq!(error["code"], json!("load"));
    let message = error["message"].as_str().unwrap();
    assert!(message.contains("/no-such-survey: status 404"), "{message}");
    browser.run("puls('dance'); puls('open', 'nps'); puls(); puls('constructor')", &[]).await;
    browser.survey("nps").heading("How likely are you").await;
    let commands = browser.told().await.into_iter().filter(|(name, _)| name == "puls-error").skip(1);
    let commands: Vec<_> = commands.map(|(_, detail)| detail).collect();
    assert_eq!(commands.len(), 3, "{commands:?}");
    for (error, name) in commands.iter().zip(["dance", "undefined", "constructor"]) {
        assert_eq!(error["code"], json!("command"));
        let message = error["message"].as_str().unwrap();
        assert!(message.contains(&format!("puls: \"{name}\" is unknown; allowed are open,")), "{message}");
    }
    assert_eq!(browser.page_errors().await, json!([]));
}

#[tokio::test]
async fn a_widget_that_was_changed_on_its_way_is_not_run() {
    // A custom section is valid and means nothing, so that only the hash can tell.
    let wasm = (".wasm", b"\x00\x05\x04test".as_slice());
    let glue = (".js", b"\n;globalThis.changed = true;".as_slice());
    let unchanged = (None, true);
    let changed = [(Some(wasm), true), (Some(wasm), false), (Some(glue), true), (Some(glue), false)];
    for (change, secure) in [unchanged].into_iter().chain(changed) {
        changed_on_its_way(Engine::Chromium, change, secure).await;
    }
    for change in [None, Some(wasm), Some(glue)] {
        changed_on_its_way(Engine::Firefox, change, true).await;
    }
    // It doesn't heed the hash of a module preload.
    for change in [None, Some(wasm)] {
        changed_on_its_way(Engine::WebKitGtk, change, true).await;
    }
}

/// Opens a page whose widget comes with this change; none is run but the unchanged one.
async fn changed_on_its_way(engine: Engine, change: Option<(&'static str, &'static [u8])>, secure: bool) {
    let server = Host::routes(copy_of_the_collector(change)).await;
    let script =
        format!("<script async src='http://127.0.0.1:{}/puls.js' data-survey='nps'></script>", server.port);
    let host = Host::page(&format!("<script>{RECORDER}</script>{script}")).await;
    let browser = Browser::start_with(engine).await;
    let name = if secure { "localhost" } else { "shop.test" };
    browser.open(&format!("http://{name}:{}/", host.port)).await;
    if change.is_none() {
        return browser.survey("nps").heading("How likely are you").await;
    }
    let error = browser.told_of("puls-error").await;
    assert_eq!(error["code"], json!("load"), "{error}");
    assert_eq!(browser.survey("nps").count("*").await, 0);
    assert_eq!(browser.run("return window.changed", &[]).await, json!(null), "changed code has run");
    assert_eq!(browser.page_errors().await, json!([]));
}

/// Serves what the widget needs, with bytes added to the file of the widget that ends like this.
fn copy_of_the_collector(change: Option<(&'static str, &'static [u8])>) -> Router {
    let asset = async move |Path(name): Path<String>| {
        let mut content = fs::read(dist("web/assets").join(&name)).unwrap();
        if let Some((_, more)) = change.filter(|(ending, _)| name.ends_with(ending)) {
            content.extend(more);
        }
        let media_type = if name.ends_with(".wasm") { "application/wasm" } else { "text/javascript" };
        ([("content-type", media_type), ("access-control-allow-origin", "*")], content)
    };
    let loader = fs::read(dist("web/puls.js")).unwrap();
    let survey = fs::read(dist("surveys/nps.json")).unwrap();
    let open = [("access-control-allow-origin", "*")];
    Router::new()
        .route("/puls.js", get(async move || ([("content-type", "text/javascript")], loader.clone())))
        .route("/v1/surveys/nps", get(async move || (open, survey.clone())))
        .route("/assets/{name}", get(asset))
}

/// Waits until the page was told exactly these mistakes, in whatever order.
async fn assert_told(browser: &Browser, code: &str, mut expected: Vec<String>) {
    expected.sort();
    until("one message for each mistake", async || {
        let told = browser.told().await.into_iter().filter(|(name, _)| name == "puls-error");
        let told: Vec<_> = told.map(|(_, detail)| detail).collect();
        let mut messages: Vec<_> =
            told.iter().filter_map(|detail| detail["message"].as_str().map(str::to_owned)).collect();
        messages.sort();
        let coded = told.iter().all(|detail| detail["code"] == json!(code));
        if coded && messages == expected {
            Ok(())
        } else {
            Err(format!("{told:#?} instead of {expected:#?}"))
        }
    })
    .await;
}
