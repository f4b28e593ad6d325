//! Devices whose clock is wrong, and pages that stand open for weeks.

use crate::people;
use crate::shared::MORTAL;
use crate::totals::arrived;
use crate::waiting::{OUTBOX, wait_until_left, waiting};
use crate::{PRIMARY, SENT_TOGGLE};
use axum::Router;
use axum::response::Html;
use axum::routing::get;
use puls_documents::{batched, rating, survey};
use puls_tests::browser::Browser;
use puls_tests::collector::Collector;
use puls_tests::endpoint::{Answer, Endpoint};
use puls_tests::host::{Host, document, script_tag};
use puls_tests::survey::Survey;
use puls_tests::until;
use serde_json::{Value, json};

/// A clock that is set from the page's address: `at` says what it shows when the page begins, and `later` how many days later that
/// was; without them, it is right. It goes on from there, and `set` sets it to another time. Where the address has `silent`, no
/// answer says what time it is; where it has `says`, and after `say(time)`, each one says that.
pub(crate) const CLOCK: &str = "{
    const query = new URLSearchParams(location.search), real = Date.now.bind(Date), began = real();
    let ahead = (query.has('at') ? Date.parse(query.get('at')) - began : 0) + query.get('later') * 864e5;
    let said = query.get('says') ?? undefined;
    Date.now = () => real() + ahead;
    window.Date = class extends Date {
        constructor(...given) { super(...given.length ? given : [Date.now()]); }
    };
    window.set = (time) => void (ahead = time ? Date.parse(time) - real() : 0);
    window.say = (time) => void (said = time);
    const get = Headers.prototype.get;
    Headers.prototype.get = function (name) {
        if (name.toLowerCase() != 'date') return get.call(this, name);
        return said ? new Date(said).toUTCString() : query.has('silent') ? null : get.call(this, name);
    };
}";

/// The id `desk`, and how long a wave lasts.
fn kiosk(wave: &str) -> String {
    survey("desk")
        .item(rating("ease", 5).text("How easy was it?"))
        .privacy(batched(3))
        .show(json!({ "trigger": ["load"], "display": "kiosk", "recontact_days": 0 }))
        .with("wave", wave)
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
async fn a_clock_that_is_set_back_while_the_page_is_open_takes_nobody_back() {
    let collector = Collector::with_surveys(&[&kiosk("week")]);
    let endpoint = Endpoint::answering(Answer::Accepted).await;
    let tag = script_tag(&collector, &format!("data-survey='desk' data-endpoint='{}'", endpoint.address));
    let host = Host::page(&tag).await;
    let browser = started().await;
    // Whether or not anybody has said what day it is.
    for (posts, is_said) in [(0, "silent&"), (3, "")] {
        browser.open(&format!("{}/?{is_said}at=2027-01-04T12:00:00Z", host.origin())).await;
        browser.run("say('2027-01-04T12:00:00Z')", &[]).await;
        let survey = browser.survey("desk");
        three_people(&survey).await;
        for (set, more) in [("2026-12-01T00:00:00Z", 1), ("1970-01-01T00:00:00Z", 2)] {
            browser.run("set(arguments[0])", &[json!(set)]).await;
            three_people(&survey).await;
            let waves = waves(&endpoint, posts + more + 1).await;
            assert!(waves.iter().all(|wave| wave == "2027-W01"), "{waves:?}");
        }
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

/// Sends an answer to `nps` while the collector is away.
async fn send_to_nobody(browser: &Browser, collector: &mut Collector) {
    let survey = browser.survey("nps");
    survey.choose(2).await;
    survey.find(&format!("{PRIMARY}:enabled")).await;
    collector.stop();
    survey.click(PRIMARY).await;
    survey.heading("Thank you").await;
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
        send_to_nobody(&browser, &mut collector).await;
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
async fn wherever_a_page_is_killed_what_a_wrong_clock_stored_is_counted_once() {
    let mut collector = Collector::start();
    let tag = script_tag(&collector, "data-survey='nps' data-trigger='open'");
    let (page, other) = (Html(document(&tag)), Html(document("")));
    // The other page of the site has no survey, and so sends nothing.
    let pages = Router::new().route("/", get(async move || page)).route("/other", get(async move || other));
    let (host, browser) = (Host::routes(pages).await, started().await);
    browser.before_each_page(MORTAL).await;
    browser
        .before_each_page("window.left = +(new URLSearchParams(location.search).get('steps') ?? Infinity)")
        .await;
    browser.open(&format!("{}/?silent&at=1970-01-03T00:00:00Z", host.origin())).await;
    send_to_nobody(&browser, &mut collector).await;
    let parcel = waiting(&browser).await.pop().unwrap().to_string();
    let id = browser.told_of("puls-released").await["id"].as_str().unwrap().to_owned();
    browser.run("puls('forget')", &[]).await;
    collector.start_again();
    browser.open(&host.origin()).await;
    let moment = browser.run("return Date.now()", &[]).await.to_string();
    browser.before_each_page(&people::clock(&moment)).await;
    let mut was_killed = true;
    let mut steps: u32 = 0;
    while was_killed {
        browser.open(&format!("{}/other", host.origin())).await;
        let parcel = parcel.replace(&id, &format!("{steps:032x}"));
        let leave = "localStorage['puls.outbox.2.0'] = arguments[0]";
        browser.run(leave, &[json!(parcel)]).await;
        browser.open(&format!("{}/?steps={steps}", host.origin())).await;
        was_killed = until("the end of the page, or of all that it has to do", async || {
            let script =
                "return [left, Object.keys(localStorage).some((key) => key.startsWith('puls.outbox.'))]";
            match browser.run(script, &[]).await {
                ends if ends[0].as_i64() <= Some(0) => Ok(true),
                ends if ends[1] == json!(false) => Ok(false),
                other => Err(other.to_string()),
            }
        })
        .await;
        browser.open(&host.origin()).await;
        wait_until_left(&browser, 0).await;
        steps += 1;
        arrived(&collector, steps.into()).await;
        assert_eq!(browser.told().await.iter().filter(|(name, _)| name == "puls-error").count(), 0);
    }
    assert!(steps > 4, "only {steps} steps");
}

#[tokio::test]
async fn what_waits_is_as_old_as_can_be_known() {
    let collector = Collector::start();
    let host = Host::page(&script_tag(&collector, "")).await;
    let browser = started().await;
    let right = "2027-02-10";
    // On which day a release of 2026-12 was stored, what the clock shows now, and whether answers say that it is the right day;
    // then under which waves it is posted to one who refuses all of them.
    let cases: &[(&str, &str, bool, &[&str])] = &[
        // Stored in 1970, when there was no Puls: it is of today, as soon as the clock can be right.
        ("1970-01-03", right, true, &["2027-02"]),
        ("1970-01-03", right, false, &["2027-02"]),
        ("1970-01-03", "1970-03-20", true, &["2026-12", "2027-02"]),
        ("1970-01-03", "1970-03-20", false, &["2026-12"]),
        // Stored by a clock that was a month ahead: it is of today, once the day is known or nothing is to be lost.
        ("2027-03-12", right, true, &["2026-12", "2027-02"]),
        ("2027-03-12", right, false, &["2026-12", "2027-02"]),
        ("2027-03-12", "1970-01-03", true, &["2026-12", "2027-02"]),
        ("2027-03-12", "1970-01-03", false, &["2026-12"]),
        // Stored on a day that may be right: it is what it was, whatever the clock shows now.
        ("2027-01-20", right, true, &["2026-12"]),
        ("2027-01-20", right, false, &["2026-12"]),
        ("2027-01-20", "1970-01-03", true, &["2026-12"]),
        ("2027-01-20", "1970-01-03", false, &["2026-12"]),
        ("2027-01-20", "2027-03-12", true, &["2026-12"]),
        ("2027-01-20", "2027-01-03", true, &["2026-12"]),
        // Stored more than 30 days ago. The clock may be wrong, and then it waits.
        ("2026-12-20", right, true, &[]),
        ("2026-12-20", right, false, &[]),
        ("2026-12-20", "1970-01-03", false, &["2026-12"]),
    ];
    for (stored, clock, is_said, expected) in cases {
        let case = format!("stored on {stored}, seen on {clock}, said: {is_said}");
        let endpoint = Endpoint::answering(Answer::Problem(422)).await;
        browser.open(&format!("{}/?silent", host.origin())).await;
        let parcel =
            json!({ "url": endpoint.address, "body": "{\"wave\": \"2026-12\"}", "tries": 0, "due": 0 });
        let leave = "const [date, parcel] = arguments;
            localStorage.setItem(`puls.outbox.${Date.parse(date) / 864e5}.1`, parcel)";
        browser.run(leave, &[json!(stored), json!(parcel.to_string())]).await;
        let says = if *is_said { format!("says={right}T12:00Z") } else { "silent".to_owned() };
        browser.open(&format!("{}/?{says}&at={clock}T12:00Z", host.origin())).await;
        wait_until_left(&browser, 0).await;
        let end = if expected.is_empty() { "dropped" } else { "refused" };
        assert_eq!(browser.told_of("puls-error").await["code"], end, "{case}");
        assert_eq!(waves(&endpoint, expected.len()).await, *expected, "{case}");
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
