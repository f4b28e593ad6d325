//! Devices whose clock is wrong, and pages that stand open for weeks.

use crate::totals::Totals;
use crate::waiting::{OUTBOX, wait_until_left, waiting};
use crate::{PRIMARY, SENT_TOGGLE};
use puls_tests::browser::Browser;
use puls_tests::collector::Collector;
use puls_tests::endpoint::{Answer, Endpoint};
use puls_tests::host::{Host, script_tag};
use puls_tests::survey::Survey;
use puls_tests::until;
use serde_json::{Value, json};

/// A clock that is set from the page's address: `at` says what it shows when the page begins; without it, it is right. It goes
/// on from there, and `set` sets it to another time. Where the address has `silent`, no answer says what time it is; after
/// `say(time)` each one says that.
const CLOCK: &str = "{
    const query = new URLSearchParams(location.search), real = Date.now.bind(Date), began = real();
    let ahead = query.has('at') ? Date.parse(query.get('at')) - began : 0, said;
    Date.now = () => real() + ahead;
    window.set = (time) => void (ahead = time ? Date.parse(time) - real() : 0);
    window.say = (time) => void (said = new Date(time).toUTCString());
    const get = Headers.prototype.get;
    Headers.prototype.get = function (name) {
        if (name.toLowerCase() != 'date') return get.call(this, name);
        return said ?? (query.has('silent') ? null : get.call(this, name));
    };
}";

/// The id `desk`, and how long a wave lasts.
fn kiosk(wave: &str) -> String {
    json!({
        "id": "desk", "version": 1, "audience": "customer", "languages": ["en"], "title": "Desk", "wave": wave,
        "items": [{ "id": "ease", "kind": "rating", "text": "How easy was it?", "scale": { "points": 5 } }],
        "privacy": { "kind": "batched", "k": 3, "device": "shared" },
        "show": { "trigger": ["load"], "display": "kiosk", "recontact_days": 0 },
    })
    .to_string()
}

async fn started() -> Browser {
    let browser = Browser::start().await;
    browser.before_each_page(CLOCK).await;
    browser
}

/// Has three people answer, one after the other.
async fn three_people(survey: &Survey<'_>) {
    for answer in [0, 0, 3] {
        survey.click(PRIMARY).await;
        survey.heading("How easy was it?").await;
        survey.choose(answer).await;
        survey.click(PRIMARY).await;
        survey.heading("Thank you").await;
        survey.click(PRIMARY).await;
        survey.heading("Ready for the next person").await;
    }
}

/// The waves of all that was posted, once there is so much of it.
async fn waves(endpoint: &Endpoint, posts: usize) -> Vec<String> {
    let posted = until(&format!("{posts} posts"), async || {
        let posted = endpoint.posted();
        if posted.len() >= posts { Ok(posted) } else { Err(format!("{posted:?}")) }
    })
    .await;
    posted
        .iter()
        .map(|body| serde_json::from_str::<Value>(body).unwrap()["wave"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn a_kiosk_that_is_left_standing_counts_everybody_in_the_wave_of_their_day() {
    for (period, before, after, expected) in [
        ("week", "2027-01-03T23:58:00Z", "2027-01-04T00:03:00Z", ["2026-W53", "2027-W01"]),
        ("month", "2028-02-29T23:58:00Z", "2028-03-01T00:03:00Z", ["2028-02", "2028-03"]),
        ("quarter", "2027-09-30T12:00:00Z", "2027-11-02T12:00:00Z", ["2027-Q3", "2027-Q4"]),
    ] {
        let collector = Collector::with_surveys(&[&kiosk(period)]);
        let endpoint = Endpoint::answering(Answer::Accepted).await;
        let tag = script_tag(&collector, &format!("data-survey='desk' data-endpoint='{}'", endpoint.address));
        let host = Host::page(&tag).await;
        let browser = started().await;
        browser.open(&format!("{}/?silent&at={before}", host.origin())).await;
        let survey = browser.survey("desk");
        three_people(&survey).await;
        assert_eq!(waves(&endpoint, 1).await, expected[..1]);
        browser.run("set(arguments[0])", &[json!(after)]).await;
        three_people(&survey).await;
        assert_eq!(waves(&endpoint, 2).await, expected);
        assert_eq!(browser.page_errors().await, json!([]));
    }
}

#[tokio::test]
async fn whoever_sends_after_the_wave_has_changed_is_counted_in_the_new_one() {
    let collector = Collector::start();
    let endpoint = Endpoint::answering(Answer::Accepted).await;
    let tag = script_tag(
        &collector,
        &format!("data-survey='nps' data-display='inline' data-endpoint='{}'", endpoint.address),
    );
    let host = Host::page(&tag).await;
    let browser = started().await;
    browser.open(&format!("{}/?silent&at=2028-12-31T23:59:00Z", host.origin())).await;
    let survey = browser.survey("nps");
    survey.choose(9).await;
    survey.click(SENT_TOGGLE).await;
    let shown = survey.text("[part='release']").await;
    assert!(shown.contains("\"wave\": \"2028-12\""), "{shown}");
    survey.click(SENT_TOGGLE).await;
    browser.run("set('2029-01-01T00:01:00Z')", &[]).await;
    survey.click(PRIMARY).await;
    survey.heading("Thank you").await;
    assert_eq!(waves(&endpoint, 1).await, ["2029-01"]);
    let posted = &endpoint.posted()[0];
    assert_eq!(*posted, shown.replace("2028-12", "2029-01"), "nothing else is another than was shown");
    assert_eq!(browser.told_of("puls-released").await, serde_json::from_str::<Value>(posted).unwrap());
}

/// Sends an answer to `nps` from a page whose address has this query, and waits until the collector has as many.
async fn send(browser: &Browser, host: &Host, query: &str) {
    browser.open(&format!("{}/?{query}", host.origin())).await;
    let survey = browser.survey("nps");
    survey.choose(2).await;
    survey.click(PRIMARY).await;
    survey.heading("Thank you").await;
}

async fn arrived(collector: &Collector, respondents: u64) {
    until(&format!("{respondents} respondents"), async || {
        let totals = Totals::of_results(&collector.results("nps").await);
        if totals.respondents == respondents { Ok(()) } else { Err(format!("{totals:?}")) }
    })
    .await;
}

/// A browser on a page with the survey `nps`, which comes again however often it was sent.
async fn nps(collector: &Collector) -> (Host, Browser) {
    let host = Host::page(&script_tag(collector, "data-survey='nps' data-trigger='open'")).await;
    (host, started().await)
}

#[tokio::test]
async fn where_the_collector_says_what_day_it_is_a_wrong_clock_changes_nothing() {
    let collector = Collector::start();
    let (host, browser) = nps(&collector).await;
    // Slow clocks are found out by the first answer, and fast ones by that to what they have led to.
    for (respondents, at) in
        [(1, "1970-01-03T00:00:00Z"), (2, "2020-01-01T00:00:00Z"), (3, "2099-07-01T00:00:00Z")]
    {
        send(&browser, &host, &format!("at={at}")).await;
        arrived(&collector, respondents).await;
        wait_until_left(&browser, 0).await;
    }
    assert_eq!(browser.told().await.iter().filter(|(name, _)| name == "puls-error").count(), 0);
    // The same page goes on with a clock that somebody has set right, and with one that has gone wrong again.
    for (respondents, set) in [(4, json!(null)), (5, json!("1999-12-31T00:00:00Z"))] {
        browser.run("document.querySelector('puls-survey').close(); set(arguments[0])", &[set]).await;
        browser.run("puls('open', 'nps')", &[]).await;
        let survey = browser.survey("nps");
        survey.choose(9).await;
        survey.find(&format!("{PRIMARY}:enabled")).await;
        survey.click(PRIMARY).await;
        arrived(&collector, respondents).await;
        wait_until_left(&browser, 0).await;
    }
    assert_eq!(browser.page_errors().await, json!([]));
}

#[tokio::test]
async fn what_waited_while_the_clock_stood_in_1970_goes_out_under_a_wave_that_is_open() {
    let mut collector = Collector::start();
    let (host, browser) = nps(&collector).await;
    for (respondents, at) in [(1, "1970-01-03T00:00:00Z"), (2, "2099-07-01T00:00:00Z")] {
        browser.open(&format!("{}/?silent&at={at}", host.origin())).await;
        let survey = browser.survey("nps");
        survey.choose(2).await;
        survey.find(&format!("{PRIMARY}:enabled")).await;
        collector.stop();
        survey.click(PRIMARY).await;
        survey.heading("Thank you").await;
        let [parcel] = &waiting(&browser).await[..] else { panic!("one release waits") };
        let shown: Value = serde_json::from_str(parcel["body"].as_str().unwrap()).unwrap();
        assert_eq!(shown["wave"].as_str().unwrap()[..4], at[..4]);
        collector.start_again();
        // By now the clock is right.
        browser.open(&host.origin()).await;
        arrived(&collector, respondents).await;
        wait_until_left(&browser, 0).await;
        assert_eq!(browser.told().await.iter().filter(|(name, _)| name == "puls-error").count(), 0);
    }
}

#[tokio::test]
async fn what_only_seems_too_old_is_kept_until_somebody_says_what_day_it_is() {
    let collector = Collector::start();
    let endpoint = Endpoint::answering(Answer::Busy("3600".to_owned())).await;
    let host = Host::page(&script_tag(&collector, "")).await;
    let browser = started().await;
    browser.open(&host.origin()).await;
    let parcel = json!({ "url": endpoint.address, "body": "{\"wave\": \"2026-11\"}", "tries": 0, "due": 0 });
    let leave = "const day = Math.floor(Date.now() / 864e5) - arguments[0];
        localStorage.setItem(`puls.outbox.${day}.${arguments[0]}`, arguments[1])";
    for days_ago in [1, 40] {
        browser.run(leave, &[json!(days_ago), json!(parcel.to_string())]).await;
    }
    // By this clock both are.
    browser.open(&format!("{}/?at=2099-07-01T00:00:00Z", host.origin())).await;
    assert_eq!(browser.told_of("puls-error").await["code"], json!("dropped"));
    let kept = until("the post of what is left", async || {
        let stored = browser.stored().await;
        if endpoint.posted().len() == 1 { Ok(stored) } else { Err(format!("{stored:?}")) }
    })
    .await;
    let left: Vec<_> = kept.keys().filter(|key| key.starts_with(OUTBOX)).collect();
    assert!(left.len() == 1 && left[0].ends_with(".1"), "{left:?}");
}
