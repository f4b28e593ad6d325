//! Surveys in sandboxed frames, which have no origin: the collector may allow that, or not.

use crate::PRIMARY;
use crate::totals::arrived;
use axum::Router;
use axum::response::Html;
use axum::routing::get;
use puls_tests::browser::{Browser, RECORDER};
use puls_tests::collector::Collector;
use puls_tests::host::{Host, document, script_tag};
use puls_tests::until;
use serde_json::json;

/// A browser within the frame of a page.
async fn framed(collector: &Collector, sandbox: &str) -> (Host, Browser) {
    let frame = format!(
        "<iframe src='{}/embed/nps' sandbox='{sandbox}' width='600' height='700'></iframe>",
        collector.origin
    );
    let host = Host::page(&frame).await;
    let browser = Browser::start().await;
    browser.open(&host.origin()).await;
    browser.driver().enter_frame(0).await.unwrap();
    (host, browser)
}

#[tokio::test]
async fn whoever_is_thanked_is_counted() {
    let shop = "https://shop.example";
    for (allowed, sandbox, origin) in [
        (&[][..], "allow-scripts", "null"),
        (&[shop, "null"], "allow-scripts", "null"),
        (&[shop], "allow-scripts allow-same-origin", "http"),
    ] {
        let collector = Collector::allowing(allowed);
        let (_host, browser) = framed(&collector, sandbox).await;
        assert!(browser.run("return origin", &[]).await.as_str().unwrap().starts_with(origin));
        let survey = browser.survey("nps");
        survey.choose(9).await;
        survey.click(PRIMARY).await;
        survey.heading("Thank you!").await;
        arrived(&collector, 1).await;
    }
}

#[tokio::test]
async fn where_answers_would_be_lost_the_frame_says_so_at_the_start() {
    let collector = Collector::allowing(&["https://shop.example"]);
    let (_host, browser) = framed(&collector, "allow-scripts").await;
    until("a sentence in the survey's place", async || {
        let text = browser.run("return document.querySelector('main')?.textContent", &[]).await;
        match text.as_str() {
            Some(text) if text.starts_with("This survey can't be answered here") => Ok(()),
            _ => Err(text.to_string()),
        }
    })
    .await;
    // The loader never runs.
    let defined = "return [document.readyState, !!customElements.get('puls-survey'), !!document.querySelector('puls-survey')]";
    until("the end of the page", async || {
        let found = browser.run(defined, &[]).await;
        if found[0] == "loading" { Err(found.to_string()) } else { Ok(()) }
    })
    .await;
    let found = browser.run(defined, &[]).await;
    assert_eq!((&found[1], &found[2]), (&json!(false), &json!(false)));
}

#[tokio::test]
async fn a_page_of_the_site_in_a_sandboxed_frame_counts_as_well() {
    let collector = Collector::start();
    let inner = format!("<script>{RECORDER}</script>{}", script_tag(&collector, "data-survey=\"nps\""));
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
    arrived(&collector, 1).await;
    assert_eq!(browser.page_errors().await, json!([]));
}
