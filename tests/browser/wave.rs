use crate::clock::CLOCK;
use crate::waiting::{OUTBOX, wait_until_left};
use axum::Router;
use axum::response::Html;
use axum::routing::get;
use puls_core::wave::{Period, Wave};
use puls_tests::browser::Browser;
use puls_tests::collector::Collector;
use puls_tests::endpoint::{Answer, Endpoint};
use puls_tests::host::{Host, document, script_tag};
use serde_json::json;
use std::collections::BTreeSet;

/// First and last days of weeks, months, quarters and years, a week 53, and 29 February.
const DAYS: [&str; 9] = [
    "2026-12-31",
    "2027-01-01",
    "2027-01-03",
    "2027-01-04",
    "2028-02-29",
    "2028-03-01",
    "2029-12-31",
    "2032-12-31",
    "2033-03-31",
];

#[tokio::test]
async fn the_outbox_knows_the_waves_that_a_survey_has() {
    let collector = Collector::start();
    let (page, other) = (Html(document(&script_tag(&collector, ""))), Html(document("")));
    // The other page of the site has no survey, and so sends nothing.
    let pages = Router::new().route("/", get(async move || page)).route("/other", get(async move || other));
    let host = Host::routes(pages).await;
    let browser = Browser::start().await;
    browser.before_each_page(CLOCK).await;
    browser.open(&format!("{}/other", host.origin())).await;
    for date in DAYS {
        let day = browser.run("return Date.parse(arguments[0]) / 864e5", &[json!(date)]).await;
        let day = day.as_i64().unwrap().try_into().unwrap();
        browser.open(&format!("{}/other", host.origin())).await;
        // What it is refused for at first is the wave, as far as the page can tell.
        let endpoint = Endpoint::answering(Answer::Problem(422)).await;
        let mut expected = BTreeSet::new();
        for (period, past) in
            [(Period::Week, "1970-W01"), (Period::Month, "1970-01"), (Period::Quarter, "1970-Q1")]
        {
            let body = |wave: &str| format!("{{\n  \"wave\": \"{wave}\",\n  \"segment\": {{}}\n}}");
            expected.extend([body(past), body(&Wave::of(period, day).to_string())]);
            let parcel = json!({ "url": endpoint.address, "body": body(past), "tries": 0, "due": 0 });
            let leave = "localStorage.setItem(arguments[0], arguments[1])";
            browser.run(leave, &[json!(format!("{OUTBOX}2.{past}")), json!(parcel.to_string())]).await;
        }
        // By its own clock the page couldn't know better.
        let clock = format!("at=1970-01-03T12:00Z&says={date}T12:00Z");
        browser.open(&format!("{}/?{clock}", host.origin())).await;
        wait_until_left(&browser, 0).await;
        assert_eq!(endpoint.posted().into_iter().collect::<BTreeSet<_>>(), expected, "{date}");
    }
}
