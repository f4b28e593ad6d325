//! When a release leaves: not at once, which would tell how long somebody took to answer.

use crate::PRIMARY;
use crate::quiet::HELD;
use crate::waiting::{wait_until_left, waiting};
use puls_tests::browser::Browser;
use puls_tests::collector::Collector;
use puls_tests::endpoint::{Answer, Endpoint};
use puls_tests::engine::Engine;
use puls_tests::host::{Host, script_tag};
use puls_tests::until;
use serde_json::{Value, json};

/// Chance is what the page's address says. For how long the timer of each release is set in the end is noted.
const PLANS: &str = "{
    const chance = +new URLSearchParams(location.search).get('chance'), set = setTimeout;
    Math.random = () => chance;
    window.planned = {};
    // Nothing is noted here: what notes it has releases leave at once.
    window.pulsTold = window.pageErrors = [];
    window.setTimeout = (then, delay, ...rest) => {
        if (String(rest[0]).startsWith('outbox.')) planned[rest[0]] = delay;
        return set(then, delay, ...rest);
    };
}";

/// A browser in which nothing hurries a release, and time passes only when the story says so; and a page of it.
async fn unhurried(collector: &Collector, endpoint: &Endpoint) -> (Host, Browser) {
    let attributes = format!("data-survey='nps' data-trigger='open' data-endpoint='{}'", endpoint.address);
    let host = Host::page(&script_tag(collector, &attributes)).await;
    let browser = Browser::start_with(Engine::Chromium).await;
    browser.before_each_page(HELD).await;
    browser.before_each_page(PLANS).await;
    (host, browser)
}

/// Sends an answer on a page where chance always comes out like this, from 0 to 1.
async fn send(browser: &Browser, host: &Host, chance: f64) {
    browser.open(&format!("{}/?chance={chance}", host.origin())).await;
    let survey = browser.survey("nps");
    survey.choose(2).await;
    survey.click(PRIMARY).await;
    survey.heading("Thank you").await;
}

/// For how long each release of this page waits, in milliseconds.
async fn planned(browser: &Browser) -> Value {
    browser.run("return Object.values(planned).map(Math.round)", &[]).await
}

#[tokio::test]
async fn a_release_leaves_after_a_time_drawn_by_chance_of_at_most_20_seconds() {
    let collector = Collector::start();
    let endpoint = Endpoint::answering(Answer::Accepted).await;
    let (host, browser) = unhurried(&collector, &endpoint).await;
    for (before, chance, delay_ms) in [(0, 0.05, 1000), (1, 0.5, 10_000), (2, 0.9999, 19_998)] {
        send(&browser, &host, chance).await;
        assert_eq!(planned(&browser).await, json!([delay_ms]));
        browser.run("pass(arguments[0])", &[json!(delay_ms - 1)]).await;
        // Whoever begins to post says until when, in the same moment.
        let [parcel] = &waiting(&browser).await[..] else { panic!("one release waits") };
        assert_eq!((endpoint.posted().len(), &parcel["due"]), (before, &json!(0)), "nothing leaves before");
        browser.run("pass(1)", &[]).await;
        wait_until_left(&browser, 0).await;
        assert_eq!(endpoint.posted().len(), before + 1);
    }
}

#[tokio::test]
async fn what_still_waits_leaves_with_the_page() {
    let collector = Collector::start();
    let endpoint = Endpoint::answering(Answer::Accepted).await;
    let (host, browser) = unhurried(&collector, &endpoint).await;
    send(&browser, &host, 0.9).await;
    let [parcel] = &waiting(&browser).await[..] else { panic!("one release waits") };
    assert_eq!((endpoint.posted().len(), &parcel["tries"]), (0, &json!(0)));
    // To a page of another site, which can't send anything for this one.
    browser.open(&host.origin().replace("localhost", "127.0.0.1")).await;
    until("the post", async || if endpoint.posted().is_empty() { Err(String::new()) } else { Ok(()) }).await;
    assert_eq!(endpoint.posted(), [parcel["body"].as_str().unwrap()]);
}
