//! How a release is posted, and when it is tried again.

use crate::PRIMARY;
use crate::waiting::wait_until_left;
use puls_tests::browser::Browser;
use puls_tests::collector::Collector;
use puls_tests::endpoint::{Answer, Endpoint};
use puls_tests::host::{Host, script_tag};
use puls_tests::until;
use serde_json::{Value, json};

/// Notes how each release is posted and, once it is answered, for when each timer is set. What is planned for later comes at once, and finds the
/// clock set on by as much.
const SOON: &str = "{
    const { setTimeout: set, fetch: genuine } = window, { now } = Date;
    let ahead = 0, answered = false;
    window.planned = [];
    window.posts = [];
    Date.now = () => now() + ahead;
    window.setTimeout = (then, delay, ...rest) => {
        if (answered) planned.push(delay);
        const later = delay > 1500 ? delay : 0;
        return set((...rest) => { ahead += later; then(...rest); }, later ? 0 : delay, ...rest);
    };
    window.fetch = (address, init) => {
        if (init?.method == 'POST') posts.push(['keepalive', 'credentials', 'referrerPolicy'].map((name) => init[name]));
        const answer = genuine(address, init);
        if (init?.method == 'POST') answer.then(() => answered = true, () => {});
        return answer;
    };
}";

/// Answers, and sends that to an endpoint.
async fn sent(endpoint: &Endpoint) -> (Collector, Host, Browser) {
    let collector = Collector::start();
    let attributes = format!("data-survey='nps' data-endpoint='{}'", endpoint.address);
    let host = Host::page(&script_tag(&collector, &attributes)).await;
    let browser = Browser::start().await;
    browser.before_each_page(SOON).await;
    browser.open(&host.origin()).await;
    let survey = browser.survey("nps");
    survey.choose(10).await;
    survey.click(PRIMARY).await;
    survey.heading("Thank you!").await;
    (collector, host, browser)
}

/// The plans for later, once there are as many.
async fn plans(browser: &Browser, least: usize) -> Vec<f64> {
    until(&format!("{least} plans"), async || {
        let planned = browser.run("return planned.filter((delay) => delay > 1500)", &[]).await;
        let planned: Vec<f64> = serde_json::from_value(planned).unwrap();
        if planned.len() < least { Err(format!("{planned:?}")) } else { Ok(planned) }
    })
    .await
}

/// How far figures lie apart, the nearest two of them and all of them.
fn apart(mut figures: Vec<f64>) -> (f64, f64) {
    figures.sort_by(f64::total_cmp);
    let nearest = figures.windows(2).map(|two| two[1] - two[0]).fold(f64::MAX, f64::min);
    (nearest, figures[figures.len() - 1] - figures[0])
}

#[tokio::test]
async fn a_post_outlives_its_page_and_says_nothing_of_it() {
    let endpoint = Endpoint::answering(Answer::Status(200)).await;
    let (_collector, _host, browser) = sent(&endpoint).await;
    wait_until_left(&browser, 0).await;
    assert_eq!(browser.run("return posts", &[]).await, json!([[true, "omit", "no-referrer"]]));
}

#[tokio::test]
async fn pauses_between_tries_grow_and_no_two_are_alike() {
    let endpoint = Endpoint::answering(Answer::Status(503)).await;
    let (_collector, _host, browser) = sent(&endpoint).await;
    let pauses = plans(&browser, 14).await;
    let mut shares = Vec::new();
    for (pause, tries) in pauses.iter().take(14).zip(1..) {
        // Twice as long each time, and up to a quarter of an hour.
        let least = f64::min(1000.0 * f64::from(1 << tries), 900_000.0);
        assert!((least..=2.0 * least).contains(pause), "{pause} after {tries} of {pauses:?}");
        shares.push(pause / least);
    }
    let (nearest, widest) = apart(shares.clone());
    assert!(nearest > 0.0 && widest > 0.1, "chance adds to each: {shares:?}");
    // Those who come back online together don't post together.
    let online = "const before = planned.length;
        for (let time = 0; time < 9; time++) dispatchEvent(new Event('online'));
        return planned.slice(before)";
    let online: Vec<Value> = serde_json::from_value(browser.run(online, &[]).await).unwrap();
    let moments: Vec<f64> = online.iter().filter_map(Value::as_f64).collect();
    assert!(moments.len() == 9 && moments.iter().all(|moment| (0.0..1000.0).contains(moment)), "{online:?}");
    let (nearest, widest) = apart(moments);
    assert!(nearest > 0.0 && widest > 100.0, "{online:?}");
    endpoint.now_answers(Answer::Status(200));
    wait_until_left(&browser, 0).await;
    assert_eq!(browser.page_errors().await, json!([]));
}
