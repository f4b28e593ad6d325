use crate::waiting::{wait_until_left, waiting};
use crate::{PRIMARY, SENT_TOGGLE};
use puls_documents::{self as documents, direct, rating};
use puls_tests::browser::Browser;
use puls_tests::collector::Collector;
use puls_tests::endpoint::{Answer, Endpoint};
use puls_tests::host::{Host, script_tag};
use puls_tests::until;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Notes how long each timer for a release is set, and lets only those ring that `window.ring` wants.
const TIMERS: &str = "const set = setTimeout;
    window.planned = [];
    window.held = [];
    window.setTimeout = (then, delay, ...rest) => {
        if (!String(rest[0]).startsWith('outbox.')) return set(then, delay, ...rest);
        planned.push(delay);
        held.push(() => then(...rest));
    };";

/// Six lines, which are six releases.
fn survey() -> String {
    let item = |number: usize| rating(&format!("item_{number}"), 5).text(&format!("{number}?"));
    let team = documents::survey("team").items((0..6).map(item)).privacy(direct());
    team.with("audience", "employee").show(json!({ "display": "inline" })).to_string()
}

/// Answers it, and returns the releases in the order in which they were shown.
async fn send(browser: &Browser) -> Vec<String> {
    let survey = browser.survey("team");
    for number in 0..6 {
        survey.heading(&format!("{number}?")).await;
        survey.choose(number % 5).await;
    }
    survey.find(&format!("{PRIMARY}:enabled")).await;
    survey.click(SENT_TOGGLE).await;
    let shown = survey.text("[part='release']").await;
    survey.click(SENT_TOGGLE).await;
    survey.click(PRIMARY).await;
    survey.heading("Thank you").await;
    shown.split("\n\n").map(str::to_owned).collect()
}

async fn planned(browser: &Browser) -> Vec<f64> {
    serde_json::from_value(browser.run("return planned.splice(0)", &[]).await).unwrap()
}

/// Six times drawn by chance: within a minute, and no two alike.
fn check_drawn(delays: &[f64]) {
    assert!(delays.iter().all(|delay| (0.0..60_000.0).contains(delay)), "{delays:?}");
    let distinct: BTreeSet<u64> = delays.iter().map(|delay| delay.to_bits()).collect();
    assert!(distinct.len() >= 6, "{delays:?}");
}

#[tokio::test]
async fn what_must_not_be_put_together_waits_for_times_of_its_own_and_again_on_the_next_page_view() {
    let collector = Collector::with_surveys(&[&survey()]);
    let endpoint = Endpoint::answering(Answer::Accepted).await;
    let tag = script_tag(&collector, &format!("data-survey='team' data-endpoint='{}'", endpoint.address));
    let host = Host::page(&tag).await;
    let browser = Browser::start().await;
    browser.before_each_page(TIMERS).await;
    browser.open(&host.origin()).await;
    let shown = send(&browser).await;
    assert_eq!(shown.len(), 6);
    let first = planned(&browser).await;
    check_drawn(&first);
    wait_until_left(&browser, 6).await;
    let days: BTreeSet<_> = browser.stored().await.into_keys().filter_map(day).collect();
    assert_eq!(days.len(), 1, "nothing that is kept says when, but the day");

    // The page goes before any of them was due.
    browser.reload().await;
    let second = until("plans", async || {
        let script = "return planned.length > 5 && planned.splice(0)";
        serde_json::from_value::<Vec<f64>>(browser.run(script, &[]).await).map_err(|error| error.to_string())
    })
    .await;
    check_drawn(&second);
    assert!(second.iter().all(|delay| !first.contains(delay)), "drawn anew: {first:?} {second:?}");
    assert_eq!(endpoint.posted().len(), 0);

    // The machine has slept, and all timers ring in one moment.
    let mut left = 6;
    browser.run("window.clock = 1e6; performance.now = () => clock", &[]).await;
    while left > 0 {
        browser.run("held.splice(0).forEach((ring) => ring())", &[]).await;
        left -= 1;
        wait_until_left(&browser, left).await;
        assert_eq!(endpoint.posted().len(), 6 - left, "one goes, and the others wait anew");
        browser.run("clock += 1000", &[]).await;
    }
    let posted: BTreeSet<String> = endpoint.posted().into_iter().collect();
    assert_eq!(posted, shown.into_iter().collect(), "the bytes shown are the bytes posted");
    assert_eq!(browser.page_errors().await, json!([]));
}

/// The day in a key of the outbox.
fn day(key: String) -> Option<String> {
    let mut parts = key.strip_prefix("puls.outbox.")?.split('.').map(str::to_owned);
    parts.next()
}

#[tokio::test]
async fn what_is_forgotten_while_it_waits_is_never_posted() {
    let collector = Collector::with_surveys(&[&survey()]);
    let endpoint = Endpoint::answering(Answer::Accepted).await;
    let tag = script_tag(&collector, &format!("data-survey='team' data-endpoint='{}'", endpoint.address));
    let host = Host::page(&tag).await;
    let browser = Browser::start().await;
    browser.before_each_page(TIMERS).await;
    browser.open(&host.origin()).await;
    send(&browser).await;
    assert_eq!(waiting(&browser).await.len(), 6);
    browser.run("window.fetch = () => window.fetched = true; puls('forget')", &[]).await;
    let ring =
        "dispatchEvent(new Event('online')); held.splice(0).forEach((ring) => ring()); return window.fetched";
    for _ in 0..2 {
        assert_eq!(browser.run(ring, &[]).await, Value::Null, "nothing is posted");
    }
    assert_eq!(browser.stored().await.len(), 0);
    assert_eq!(endpoint.posted(), [""; 0]);
    assert_eq!(browser.page_errors().await, Value::Array(Vec::new()));
}
