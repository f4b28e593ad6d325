//! How a release is posted, and when it is tried again.

use crate::PRIMARY;
use crate::waiting::{leave, wait_until_left};
use puls_tests::browser::Browser;
use puls_tests::collector::Collector;
use puls_tests::endpoint::{Answer, Endpoint};
use puls_tests::host::{Host, script_tag};
use puls_tests::until;
use serde_json::{Value, json};

/// Notes how each release is posted and, once it is answered, for when each timer is set. What is planned for later comes as soon as
/// no post is under way, and finds the clock set on by as much.
const SOON: &str = "{
    const { setTimeout: set, clearTimeout: clear, fetch: genuine } = window, { now } = Date, cleared = new Set();
    let ahead = 0, answered = false, underWay = 0;
    window.planned = [];
    // How often the page had been told of a mistake when each was planned.
    window.toldBefore = [];
    window.posts = [];
    Date.now = () => now() + ahead;
    window.setTimeout = (then, delay, ...rest) => {
        if (answered) planned.push(delay);
        if (!(delay > 1500)) return set(then, delay, ...rest);
        if (answered) toldBefore.push(pulsTold.filter(([name]) => name == 'puls-error').length);
        const ring = () => {
            if (cleared.has(id)) return;
            if (underWay) return set(ring, 1);
            ahead += delay;
            then(...rest);
        };
        const id = set(ring);
        return id;
    };
    window.clearTimeout = (id) => void (cleared.add(id), clear(id));
    window.fetch = async (address, init) => {
        if (init?.method != 'POST') return genuine(address, init);
        posts.push(['keepalive', 'credentials', 'referrerPolicy'].map((name) => init[name]));
        underWay++;
        try {
            const answer = await genuine(address, init);
            await answer.clone().text();
            answered = true;
            return answer;
        } finally {
            set(() => underWay--);
        }
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

/// The page's mistakes so far, each with its code and its message.
async fn errors(browser: &Browser) -> Vec<(String, String)> {
    let told = browser.told().await.into_iter().filter(|(name, _)| name == "puls-error");
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    told.map(|(_, error)| (text(&error["code"]), text(&error["message"]))).collect()
}

#[tokio::test]
async fn the_page_is_told_once_of_a_release_that_nobody_takes() {
    let endpoint = Endpoint::answering(Answer::Page(200)).await;
    let (_collector, host, browser) = sent(&endpoint).await;
    // After the fourth failure nothing has been said yet.
    plans(&browser, 4).await;
    let until_then = browser.run("return toldBefore.slice(0, 4)", &[]).await;
    assert_eq!(until_then, json!([0, 0, 0, 0]));
    plans(&browser, 8).await;
    let told = errors(&browser).await;
    let [(code, message)] = &told[..] else { panic!("one mistake in {told:?}") };
    assert_eq!(code, "waiting");
    for part in [&endpoint.address, "5 tries", "200", "kept and tried again", "collector"] {
        assert!(message.contains(part), "{part:?} in {message}");
    }
    // Nor is the next page told again.
    browser.reload().await;
    plans(&browser, 2).await;
    assert_eq!(errors(&browser).await, []);
    // Where nothing is to be read, it says what may be the reason.
    let origin = host.origin();
    let nowhere = json!({ "url": "http://127.0.0.1:9/releases", "body": "{}", "tries": 4, "due": 0 });
    leave(&browser, "nowhere", 0, &nowhere).await;
    browser.reload().await;
    browser.told_of("puls-error").await;
    let told = errors(&browser).await;
    let [(code, message)] = &told[..] else { panic!("one mistake in {told:?}") };
    assert_eq!(code, "waiting");
    for part in ["http://127.0.0.1:9/releases", "status is 0", &format!("--allow-origin list {origin}")] {
        assert!(message.contains(part), "{part:?} in {message}");
    }
    assert_eq!(browser.page_errors().await, json!([]));
}

#[tokio::test]
async fn a_post_outlives_its_page_and_says_nothing_of_it() {
    let endpoint = Endpoint::answering(Answer::Accepted).await;
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
    endpoint.now_answers(Answer::Accepted);
    wait_until_left(&browser, 0).await;
    assert_eq!(browser.page_errors().await, json!([]));
}
