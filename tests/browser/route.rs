use crate::PRIMARY;
use axum::Router;
use axum::response::Html;
use axum::routing::get;
use puls_documents::{randomised, rating, survey};
use puls_tests::browser::Browser;
use puls_tests::collector::Collector;
use puls_tests::host::{Host, document, script_tag};
use puls_tests::until;
use serde_json::{Value, json};

fn helped() -> String {
    let talk = json!({ "name": "talk", "text": "Talk to us now", "url": "/talk" });
    let forward = json!({ "when": { "route": "talk" }, "title": "We look forward to talking to you" });
    survey("helped")
        .item(rating("ease", 5).text("How easy was it?"))
        .item(rating("staff", 5).text("How was the staff?"))
        .with("routing", json!([{ "when": { "mood": "low" }, "route": talk }]))
        .with("thanks", json!([forward, { "title": "Thank you!" }]))
        .privacy(randomised(2.0))
        .show(json!({ "trigger": ["load"], "recontact_days": 0 }))
        .to_string()
}

const ROUTE: &str = "[part='route']";

/// A page with the survey, and the one that its way out leads to.
async fn site(collector: &Collector) -> Host {
    let page = Html(document(&script_tag(collector, "data-survey='helped'")));
    let talk = Html(document("<p>Somebody to talk to</p>"));
    Host::routes(Router::new().route("/", get(async move || page)).route("/talk", get(async move || talk)))
        .await
}

/// The names of the ways out that the page was told of.
async fn routes_told(browser: &Browser) -> Vec<Value> {
    let told = browser.told().await.into_iter().filter(|(name, _)| name == "puls-route");
    told.map(|(_, detail)| detail).collect()
}

/// Waits for another window, and looks at it instead of this one.
async fn follow(browser: &Browser) {
    let here = browser.driver().window().await.unwrap();
    let other = until("another window", async || {
        let all = browser.driver().windows().await.unwrap();
        all.into_iter().find(|window| *window != here).ok_or_else(|| "only one".to_owned())
    })
    .await;
    browser.driver().switch_to_window(other).await.unwrap();
}

#[tokio::test]
async fn who_is_in_low_spirits_is_offered_a_way_out_and_the_page_is_told_that_it_was_taken() {
    let collector = Collector::with_surveys(&[&helped()]);
    let host = site(&collector).await;
    let browser = Browser::start().await;
    browser.open(&host.origin()).await;
    let survey = browser.survey("helped");
    survey.choose(4).await;
    survey.heading("How was the staff?").await;
    assert_eq!(survey.count(ROUTE).await, 0, "nothing is offered to those in high spirits");
    survey.click("[part='back']").await;
    survey.choose(0).await;
    survey.heading("How was the staff?").await;
    assert_eq!(survey.text(ROUTE).await, "Talk to us now");
    survey.choose(0).await;
    survey.find(&format!("{PRIMARY}:enabled")).await;
    assert_eq!(routes_told(&browser).await, [json!(null); 0], "that it is offered isn't told");

    let here = browser.driver().window().await.unwrap();
    survey.click(ROUTE).await;
    follow(&browser).await;
    browser.ready("p").await;
    assert_eq!(browser.run("return location.href", &[]).await, json!(format!("{}/talk", host.origin())));
    assert_eq!(
        browser.run("return [opener, document.referrer.includes('helped')]", &[]).await,
        json!([null, false])
    );
    browser.driver().switch_to_window(here).await.unwrap();
    assert_eq!(routes_told(&browser).await, [json!({ "survey": "helped", "route": "talk" })]);

    // It is open until the end, and what was answered is sent as it would have been.
    survey.heading("How was the staff?").await;
    survey.click(PRIMARY).await;
    survey.heading("We look forward to talking to you").await;
    assert_eq!(survey.count(ROUTE).await, 1);
    until("the release at the collector", async || {
        let results = collector.results("helped").await;
        if results["respondents"] == json!(1) { Ok(()) } else { Err(results.to_string()) }
    })
    .await;
    for posted in browser.network().await.posted() {
        assert!(!posted.contains("talk"), "that a way out was taken isn't sent: {posted}");
    }
    assert_eq!(browser.page_errors().await, json!([]));
}

#[tokio::test]
async fn whoever_takes_no_way_out_is_thanked_as_all_are() {
    let collector = Collector::with_surveys(&[&helped()]);
    let host = site(&collector).await;
    let browser = Browser::start().await;
    browser.open(&host.origin()).await;
    let survey = browser.survey("helped");
    survey.choose(0).await;
    survey.heading("How was the staff?").await;
    survey.choose(0).await;
    survey.click(PRIMARY).await;
    survey.heading("Thank you!").await;
    // What is on screen doesn't change under anybody's eyes.
    survey.click(ROUTE).await;
    until("the page's word", async || match routes_told(&browser).await.len() {
        1 => Ok(()),
        other => Err(other.to_string()),
    })
    .await;
    survey.heading("Thank you!").await;
}
