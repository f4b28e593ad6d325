use crate::PRIMARY;
use crate::totals::Totals;
use axum::Router;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Html;
use axum::routing::{get, post};
use puls_tests::browser::{Browser, RECORDER};
use puls_tests::collector::Collector;
use puls_tests::host::{Host, document, script_tag};
use puls_tests::until;
use serde_json::{Value, json};

const OUTBOX: &str = "puls.outbox";
const NPS: &str = "data-survey=\"nps\"";

#[tokio::test]
async fn a_release_outlasts_a_collector_that_is_away() {
    let mut collector = Collector::start();
    let host = Host::page(&script_tag(&collector, NPS)).await;
    let browser = Browser::start().await;
    browser.open(&host.origin()).await;
    let survey = browser.survey("nps");
    survey.choose(10).await;
    collector.stop();
    survey.click(PRIMARY).await;
    survey.heading("Thank you!").await;
    let release = browser.told_of("puls-released").await;
    let parcels: Value = serde_json::from_str(&browser.stored().await[OUTBOX]).unwrap();
    assert_eq!(parcels[0][0], json!(format!("{}/v1/releases", collector.origin)));
    let kept: Value = serde_json::from_str(parcels[0][1].as_str().unwrap()).unwrap();
    assert_eq!((kept, parcels.as_array().unwrap().len()), (release.clone(), 1));

    collector.start_again();
    browser.reload().await;
    outbox_is_empty(&browser).await;
    assert_eq!(Totals::of_results(&collector.results("nps").await), Totals::of_release(&release));
}

#[tokio::test]
async fn a_release_that_is_refused_is_dropped_and_the_page_told() {
    let collector = Collector::start();
    let cors = || {
        HeaderMap::from_iter([
            ("access-control-allow-origin".parse().unwrap(), "*".parse().unwrap()),
            ("access-control-allow-headers".parse().unwrap(), "content-type".parse().unwrap()),
        ])
    };
    let refuse = post(async move || (StatusCode::UNPROCESSABLE_ENTITY, cors()))
        .options(async move || (StatusCode::NO_CONTENT, cors()));
    let endpoint = Host::routes(Router::new().route("/refuse", refuse)).await;
    let attributes = format!("{NPS} data-endpoint=\"{}/refuse\"", endpoint.origin());
    let host = Host::page(&script_tag(&collector, &attributes)).await;
    let browser = Browser::start().await;
    browser.open(&host.origin()).await;
    let survey = browser.survey("nps");
    survey.choose(0).await;
    survey.click(PRIMARY).await;
    let error = browser.told_of("puls-error").await;
    assert_eq!(error["code"], json!("refused"));
    let message = error["message"].as_str().unwrap();
    assert!(message.contains("/refuse") && message.contains("422"), "{message}");
    outbox_is_empty(&browser).await;
    assert_eq!(browser.page_errors().await, json!([]));
}

#[tokio::test]
async fn without_storage_it_works_all_the_same() {
    let collector = Collector::start();
    let host = Host::page(&script_tag(&collector, NPS)).await;
    let browser = Browser::start().await;
    let refuse =
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('refused'); } });";
    browser.before_each_page(refuse).await;
    browser.open(&host.origin()).await;
    let survey = browser.survey("nps");
    survey.choose(5).await;
    survey.click(PRIMARY).await;
    survey.heading("Thank you!").await;
    respondents(&collector, 1).await;
    assert_eq!(browser.page_errors().await, json!([]));
}

#[tokio::test]
async fn in_a_sandboxed_frame_it_works_all_the_same() {
    let collector = Collector::start();
    let inner = format!("<script>{RECORDER}</script>{}", script_tag(&collector, NPS));
    let inner = Html(document(&inner));
    let outer =
        Html(document("<iframe src='/inner' sandbox='allow-scripts' width='600' height='600'></iframe>"));
    let pages = Router::new().route("/", get(async move || outer)).route("/inner", get(async move || inner));
    let host = Host::routes(pages).await;
    let browser = Browser::start().await;
    browser.open(&host.origin()).await;
    browser.driver().enter_frame(0).await.unwrap();
    assert_eq!(browser.run("return origin", &[]).await, json!("null"));
    let survey = browser.survey("nps");
    survey.choose(5).await;
    survey.click(PRIMARY).await;
    survey.heading("Thank you!").await;
    respondents(&collector, 1).await;
    assert_eq!(browser.page_errors().await, json!([]));
}

async fn respondents(collector: &Collector, expected: u64) {
    until(&format!("{expected} respondents at the collector"), async || {
        let totals = Totals::of_results(&collector.results("nps").await);
        if totals.respondents == expected { Ok(()) } else { Err(format!("{totals:?}")) }
    })
    .await;
}

async fn outbox_is_empty(browser: &Browser) {
    until("an empty outbox", async || {
        let stored = browser.stored().await;
        if stored.get(OUTBOX).is_some_and(|outbox| outbox == "[]") {
            Ok(())
        } else {
            Err(format!("{stored:?}"))
        }
    })
    .await;
}
