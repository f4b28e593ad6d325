//! Storage without room, and pages that end in the middle of what they do: nothing is lost, and nothing counted twice.

use crate::PRIMARY;
use crate::people::{answer, clock, have_answered};
use crate::seen::{started, stays_away};
use crate::shared::{TWO, arrived, desk, people, totals};
use crate::totals::Totals;
use crate::unreliable::everything_is_delivered;
use crate::waiting::{leave, wait_until_left, waiting};
use puls_tests::browser::Browser;
use puls_tests::collector::Collector;
use puls_tests::endpoint::{Answer, Endpoint};
use puls_tests::host::{Host, script_tag};
use puls_tests::proxy::Proxy;
use puls_tests::until;
use serde_json::{Value, json};
use std::collections::BTreeSet;

const NPS: &str = "data-survey='nps'";

/// Leaves no room in `localStorage`, not even for a short key.
const FILL: &str = "let size = 2 ** 22, number = 0;
    while (size >= 1) {
        try { localStorage.setItem(`f${number++}`, 'x'.repeat(size)); } catch { size /= 2; }
    }";

/// `localStorage` has room for as many writes to the outbox as the page's address says, and none for any after.
const ROOM: &str = "{
    const storage = localStorage;
    let room = +(new URLSearchParams(location.search).get('room') ?? Infinity);
    const scant = new Proxy(storage, {
        get: (_, name) => typeof storage[name] == 'function' ? storage[name].bind(storage) : storage[name],
        set: (_, name, value) => {
            if (name.startsWith('puls.outbox') && room-- <= 0) throw new DOMException('', 'QuotaExceededError');
            storage[name] = value;
            return true;
        },
    });
    Object.defineProperty(window, 'localStorage', { get: () => scant });
}";

/// What Puls has put into both storages of the page, by key.
async fn kept_by_puls(browser: &Browser) -> Value {
    let script = "return [localStorage, sessionStorage].map((storage) =>
        Object.keys(storage).filter((key) => key.startsWith('puls.')).map((key) => key.split('.')[1]).sort())";
    browser.run(script, &[]).await
}

async fn send(browser: &Browser) {
    let survey = browser.survey("nps");
    survey.click(PRIMARY).await;
    survey.heading("Thank you!").await;
}

async fn respondents(collector: &Collector, expected: u64) {
    until(&format!("{expected} respondents at the collector"), async || {
        let totals = Totals::of_results(&collector.results("nps").await);
        if totals.respondents == expected { Ok(()) } else { Err(format!("{totals:?}")) }
    })
    .await;
}

#[tokio::test]
async fn where_storage_is_full_a_release_and_the_day_lie_in_that_of_the_session() {
    let mut collector = Collector::start();
    let host = Host::page(&script_tag(&collector, NPS)).await;
    let browser = started().await;
    browser.open(&host.origin()).await;
    browser.survey("nps").choose(7).await;
    browser.survey("nps").find(&format!("{PRIMARY}:enabled")).await;
    browser.run(FILL, &[]).await;
    collector.stop();
    send(&browser).await;
    assert_eq!(kept_by_puls(&browser).await, json!([[], ["outbox", "seen"]]));
    collector.start_again();
    browser.reload().await;
    respondents(&collector, 1).await;
    until("an empty outbox", async || match kept_by_puls(&browser).await {
        kept if kept == json!([[], ["seen"]]) => Ok(()),
        kept => Err(kept.to_string()),
    })
    .await;
    browser.reload().await;
    stays_away(&browser, "nps").await;
    // Once there is room again, all is where it belongs.
    browser
        .run("Object.keys(localStorage).forEach((key) => key[0] == 'f' && localStorage.removeItem(key))", &[])
        .await;
    browser.run("puls('open', 'nps')", &[]).await;
    browser.survey("nps").choose(3).await;
    browser.survey("nps").find(&format!("{PRIMARY}:enabled")).await;
    send(&browser).await;
    respondents(&collector, 2).await;
    wait_until_left(&browser, 0).await;
    assert_eq!(kept_by_puls(&browser).await, json!([["seen"], []]));
    browser.run("puls('forget')", &[]).await;
    assert_eq!(kept_by_puls(&browser).await, json!([[], []]));
    assert_eq!(browser.page_errors().await, json!([]));
}

#[tokio::test]
async fn whichever_write_finds_no_room_the_release_is_counted_once() {
    let mut collector = Collector::start();
    let host = Host::page(&script_tag(&collector, "data-survey='nps' data-trigger='open'")).await;
    let browser = Browser::start().await;
    browser.before_each_page(ROOM).await;
    for room in 0..4 {
        browser.open(&format!("{}/?room={room}", host.origin())).await;
        browser.survey("nps").choose(7).await;
        browser.survey("nps").find(&format!("{PRIMARY}:enabled")).await;
        collector.stop();
        send(&browser).await;
        let release = browser.told_of("puls-released").await;
        // The page is left when it has tried, and another page of this tab goes on.
        until("a try that failed", async || {
            let script =
                "return [sessionStorage, localStorage].flatMap((storage) => Object.values({ ...storage }))";
            let texts: Vec<String> = serde_json::from_value(browser.run(script, &[]).await).unwrap();
            if texts.iter().any(|text| text.contains("\"tries\":1")) {
                Ok(())
            } else {
                Err(format!("{texts:?}"))
            }
        })
        .await;
        collector.start_again();
        browser.open(&host.origin()).await;
        respondents(&collector, room + 1).await;
        until("an empty outbox", async || {
            let kept = kept_by_puls(&browser).await;
            if kept.to_string().contains("outbox") { Err(kept.to_string()) } else { Ok(()) }
        })
        .await;
        let again = collector.post(&release.to_string()).await;
        assert_eq!(again.0.as_u16(), 200);
        respondents(&collector, room + 1).await;
        assert_eq!(browser.page_errors().await, json!([]));
    }
}

/// So many releases that a collector takes, of which one was made by the widget.
async fn releases(browser: &Browser, host: &Host, endpoint: &Endpoint, count: usize) -> BTreeSet<String> {
    browser.open(&host.origin()).await;
    browser.survey("nps").choose(7).await;
    send(browser).await;
    wait_until_left(browser, 0).await;
    let made = endpoint.posted().pop().unwrap();
    let id = serde_json::from_str::<Value>(&made).unwrap()["id"].as_str().unwrap().to_owned();
    (0..count).map(|number| made.replace(&id, &format!("{number:032x}"))).collect()
}

async fn left_behind(browser: &Browser, url: &str, bodies: &BTreeSet<String>) {
    for (number, body) in bodies.iter().enumerate() {
        let parcel = json!({ "url": url, "body": body, "apart": false, "tries": 0, "due": 0 });
        leave(browser, &number.to_string(), 0, &parcel).await;
    }
}

#[tokio::test]
async fn of_two_tabs_that_flush_at_once_one_is_closed_and_nothing_is_lost_or_counted_twice() {
    let collector = Collector::start();
    let endpoint = Endpoint::answering(Answer::Accepted).await;
    let proxy = Proxy::before(&collector, 7).await;
    let tag =
        script_tag(&collector, &format!("{NPS} data-trigger='open' data-endpoint='{}'", endpoint.address));
    let (maker, host) = (Host::page(&tag).await, Host::page(&script_tag(&collector, "")).await);
    let browser = Browser::start().await;
    let bodies = releases(&browser, &maker, &endpoint, 30).await;
    let moment = browser.run("return Date.now()", &[]).await.to_string();
    browser.before_each_page(&clock(&moment)).await;
    browser.open(&host.origin()).await;
    left_behind(&browser, &format!("{}/v1/releases", proxy.origin), &bodies).await;
    let first = browser.driver().window().await.unwrap();
    let second = browser.driver().new_window().await.unwrap();
    browser.driver().switch_to_window(second).await.unwrap();
    browser.before_each_page(&clock(&moment)).await;
    browser.open(&host.origin()).await;
    browser.driver().switch_to_window(first.clone()).await.unwrap();
    browser.reload().await;
    // Both are at it by now. The second one ends when some have arrived, and others are on their way.
    until("some that have arrived", async || match waiting(&browser).await.len() {
        left if left < bodies.len() => Ok(()),
        left => Err(left.to_string()),
    })
    .await;
    let windows = browser.driver().windows().await.unwrap();
    let second = windows.into_iter().find(|window| *window != first).unwrap();
    browser.driver().switch_to_window(second).await.unwrap();
    browser.driver().close_window().await.unwrap();
    browser.driver().switch_to_window(first).await.unwrap();
    everything_is_delivered(&browser, &proxy).await;
    let log = proxy.settled().await;
    assert_eq!(log.accepted.into_keys().collect::<BTreeSet<_>>(), bodies);
    respondents(&collector, 30).await;
    assert_eq!(browser.page_errors().await, json!([]));
}

#[tokio::test]
async fn what_a_page_was_posting_when_it_was_frozen_and_discarded_the_next_one_posts() {
    let collector = Collector::start();
    let endpoint = Endpoint::answering(Answer::Accepted).await;
    let tag =
        script_tag(&collector, &format!("{NPS} data-trigger='open' data-endpoint='{}'", endpoint.address));
    let (maker, host) = (Host::page(&tag).await, Host::page(&script_tag(&collector, "")).await);
    let browser = Browser::start().await;
    let bodies = releases(&browser, &maker, &endpoint, 5).await;
    let moment = browser.run("return Date.now()", &[]).await.to_string();
    let first = browser.driver().window().await.unwrap();
    let second = browser.driver().new_window().await.unwrap();
    browser.driver().switch_to_window(second).await.unwrap();
    browser.before_each_page(&clock(&moment)).await;
    browser.open(&host.origin()).await;
    left_behind(&browser, &endpoint.address, &bodies).await;
    endpoint.now_answers(Answer::Never);
    browser.reload().await;
    let posts = async |least: usize| {
        until(&format!("{least} posts"), async || match endpoint.posted().len() {
            posts if posts >= least => Ok(()),
            posts => Err(posts.to_string()),
        })
        .await;
    };
    posts(6).await;
    browser.command("Page.setWebLifecycleState", json!({ "state": "frozen" })).await;
    // A browser that discards a page doesn't ask it. There is nobody to answer this.
    let _ = browser.driver().cdp().send_raw("Page.crash", json!({})).await;
    endpoint.now_answers(Answer::Accepted);
    browser.driver().switch_to_window(first).await.unwrap();
    browser.before_each_page(&clock(&moment)).await;
    browser.open(&host.origin()).await;
    assert_eq!(waiting(&browser).await.len(), 5, "none of them has arrived");
    wait_until_left(&browser, 0).await;
    // The first was the widget's own; each of the others came once for each of the two pages.
    let posted = endpoint.posted().split_off(6);
    assert_eq!((posted.len(), posted.into_iter().collect::<BTreeSet<_>>()), (5, bodies));
    assert_eq!(browser.page_errors().await, json!([]));
}

/// The database fails on pages whose address says so.
const BROKEN: &str = "if (location.search == '?broken') IDBFactory.prototype.open = () => { throw new DOMException('', 'UnknownError'); };";

#[tokio::test]
async fn whoever_found_no_room_in_the_database_nor_in_storage_is_counted_when_there_is_some() {
    let collector = Collector::with_surveys(&[&desk()]);
    let host = Host::page(&format!("{TWO}{}", script_tag(&collector, ""))).await;
    let browser = Browser::start().await;
    browser.before_each_page(BROKEN).await;
    browser.open(&format!("{}/?broken", host.origin())).await;
    browser.ready("puls-survey:defined").await;
    browser.run(FILL, &[]).await;
    answer(&browser, "left", people(&[2])).await;
    have_answered(&browser, 1).await;
    browser.open(&host.origin()).await;
    browser.ready("puls-survey:defined").await;
    answer(&browser, "left", people(&[5, 7])).await;
    have_answered(&browser, 2).await;
    arrived(&collector, &totals(&[2, 5, 7])).await;
    let kept = kept_by_puls(&browser).await.to_string();
    assert!(!kept.contains("keep"), "it has moved to the database, but for {kept}");
    assert_eq!(browser.page_errors().await, json!([]));
}
