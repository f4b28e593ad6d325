use crate::asked;
use crate::quiet::{loader_is_there, turns};
use axum::Router;
use axum::response::Html;
use axum::routing::get;
use puls_tests::browser::{Browser, RECORDER};
use puls_tests::collector::Collector;
use puls_tests::host::{Host, document, script_tag};
use puls_tests::survey::Survey;
use puls_tests::until;
use serde_json::{Value, json};
use thirtyfour::WindowHandle;

/// Three that want a place above the page as soon as they can, and one that has its own.
const FOUR: &str = "<puls-survey id='a' survey='a'></puls-survey><puls-survey id='b' survey='b'></puls-survey>\
    <puls-survey id='c' survey='c'></puls-survey><puls-survey id='d' survey='d'></puls-survey>";

/// What each document has from the start in the first window of a browser, and else only if told.
const RECORDS: &str = "window.pulsTold ??= []; window.pageErrors ??= [];";

fn four() -> Collector {
    let rules = ["popover", "modal", "bar", "inline"].map(|display| json!({ "display": display }));
    let surveys = ["a", "b", "c", "d"].into_iter().zip(&rules).map(|(id, rules)| asked::survey(id, rules));
    Collector::with_surveys(&surveys.collect::<Vec<_>>().iter().map(String::as_str).collect::<Vec<_>>())
}

fn element<'a>(browser: &'a Browser, id: &str) -> Survey<'a> {
    Survey::new(browser, format!("#{id}"))
}

/// Whether each of these elements shows something.
async fn shown(browser: &Browser, ids: &[&str]) -> Vec<bool> {
    let mut shown = Vec::new();
    for id in ids {
        shown.push(element(browser, id).count("*").await > 0);
    }
    shown
}

/// Opens the one that needs no turn anew. Once it is there, whatever needed none before has come as well.
async fn what_needs_no_turn_has_come(browser: &Browser) {
    browser.run("const d = document.querySelector('#d'); d.close(); d.open()", &[]).await;
    element(browser, "d").heading("d?").await;
}

/// Waits until these have come and gone, one after the other and no others, apart from the one that has a place of its own. The page is
/// told some time after a first screen is there.
async fn came_and_went(browser: &Browser, expected: &[&str]) {
    until(&format!("{expected:?}"), async || {
        let of = |(name, detail): (String, Value)| {
            format!("{} {}", detail["survey"].as_str().unwrap_or_default(), name.trim_start_matches("puls-"))
        };
        let told: Vec<_> =
            browser.told().await.into_iter().map(of).filter(|told| told != "d shown").collect();
        if told == expected { Ok(()) } else { Err(format!("{told:?}")) }
    })
    .await;
}

#[tokio::test]
async fn surveys_above_the_page_come_one_after_the_other() {
    let collector = four();
    let host = Host::page(&format!("{FOUR}{}", script_tag(&collector, ""))).await;
    let browser = Browser::start().await;
    browser.open(&host.origin()).await;
    element(&browser, "a").heading("a?").await;
    element(&browser, "d").heading("d?").await;
    turns(&browser, 1, 2).await;
    assert_eq!(shown(&browser, &["a", "b", "c", "d"]).await, [true, false, false, true]);
    // What the page itself opens waits for its turn as well, and its promise with it.
    let open = "document.querySelector('#b').open().then(() => window.opened = true)";
    browser.run(open, &[]).await;
    // It no longer waits for other tabs.
    turns(&browser, 1, 1).await;
    what_needs_no_turn_has_come(&browser).await;
    assert_eq!(browser.run("return window.opened", &[]).await, json!(null));
    element(&browser, "a").click("[part='close']").await;
    element(&browser, "b").heading("b?").await;
    until("the promise", async || match browser.run("return window.opened", &[]).await {
        Value::Bool(true) => Ok(()),
        other => Err(other.to_string()),
    })
    .await;
    assert_eq!(shown(&browser, &["a", "b", "c", "d"]).await, [false, true, false, true]);
    // One that leaves the page makes room too.
    browser.run("document.querySelector('#b').remove()", &[]).await;
    element(&browser, "c").heading("c?").await;
    browser.told_of("puls-dismissed").await;
    came_and_went(&browser, &["a shown", "a dismissed", "b shown", "c shown"]).await;
    assert_eq!(browser.page_errors().await, json!([]));
    assert_eq!(browser.console().await, [""; 0]);
}

#[tokio::test]
async fn what_is_closed_while_it_waits_does_not_come() {
    let collector = four();
    let host = Host::page(&format!("{FOUR}{}", script_tag(&collector, ""))).await;
    let browser = Browser::start().await;
    browser.open(&host.origin()).await;
    element(&browser, "a").heading("a?").await;
    element(&browser, "d").heading("d?").await;
    turns(&browser, 1, 2).await;
    came_and_went(&browser, &["a shown"]).await;
    browser.run("puls('close')", &[]).await;
    turns(&browser, 0, 0).await;
    what_needs_no_turn_has_come(&browser).await;
    assert_eq!(shown(&browser, &["a", "b", "c", "d"]).await, [false, false, false, true]);
    // They are still due, and the next page of the document has one of them.
    browser.run("history.pushState({}, '', '/next')", &[]).await;
    element(&browser, "b").heading("b?").await;
    turns(&browser, 1, 1).await;
    assert_eq!(shown(&browser, &["a", "b", "c", "d"]).await, [false, true, false, true]);
    came_and_went(&browser, &["a shown", "b shown"]).await;
}

#[tokio::test]
async fn one_that_fails_makes_room() {
    let collector = Collector::start();
    let two = "<puls-survey survey='no-such-survey'></puls-survey><puls-survey survey='nps'></puls-survey>";
    let host = Host::page(&format!("{two}{}", script_tag(&collector, ""))).await;
    let browser = Browser::start().await;
    browser.open(&host.origin()).await;
    browser.survey("nps").heading("How likely are you").await;
    assert_eq!(browser.told_of("puls-error").await["code"], json!("load"));
    assert_eq!(browser.page_errors().await, json!([]));
}

/// Another window beside the ones that are open, on the same page; both can be seen.
async fn another(browser: &Browser, host: &Host) -> WindowHandle {
    let window = browser.driver().new_window().await.unwrap();
    browser.driver().switch_to_window(window.clone()).await.unwrap();
    browser.before_each_page(RECORDS).await;
    browser.open(&host.origin()).await;
    window
}

#[tokio::test]
async fn two_tabs_agree_on_who_asks() {
    let collector = Collector::start();
    let host = Host::page(&script_tag(&collector, "data-survey='nps' data-trigger='event:now load'")).await;
    let browser = Browser::start().await;
    browser.open(&host.origin()).await;
    let nps = browser.survey("nps");
    nps.heading("How likely are you").await;
    let first = browser.driver().window().await.unwrap();
    let second = another(&browser, &host).await;
    turns(&browser, 1, 1).await;
    assert_eq!(nps.count("*").await, 0, "it is shown in another tab");
    // The page's own word needs no turn among tabs.
    browser.run("puls('open', 'support-chat')", &[]).await;
    browser.survey("support-chat").heading("How keen").await;
    browser.run("puls('close')", &[]).await;
    browser.survey("support-chat").gone().await;

    browser.driver().switch_to_window(first.clone()).await.unwrap();
    nps.click("[part='close']").await;
    browser.told_of("puls-dismissed").await;
    browser.driver().switch_to_window(second).await.unwrap();
    turns(&browser, 0, 0).await;
    assert_eq!(nps.count("*").await, 0, "it was dismissed in another tab");
    assert_eq!(browser.page_errors().await, json!([]));
}

#[tokio::test]
async fn a_tab_that_is_closed_hands_its_turn_on() {
    let collector = Collector::start();
    let host = Host::page(&script_tag(&collector, "data-survey='nps'")).await;
    let browser = Browser::start().await;
    browser.open(&host.origin()).await;
    let nps = browser.survey("nps");
    nps.heading("How likely are you").await;
    let first = browser.driver().window().await.unwrap();
    let second = another(&browser, &host).await;
    turns(&browser, 1, 1).await;
    assert_eq!(nps.count("*").await, 0);
    browser.driver().switch_to_window(first).await.unwrap();
    browser.driver().close_window().await.unwrap();
    browser.driver().switch_to_window(second).await.unwrap();
    nps.heading("How likely are you").await;
}

#[tokio::test]
async fn of_tabs_that_are_due_at_once_one_asks() {
    let collector = Collector::start();
    let [empty, page] = ["", &script_tag(&collector, "data-survey='nps'")].map(|body| Html(document(body)));
    let routes = Router::new().route("/empty", get(async move || empty)).route("/", get(async move || page));
    let host = Host::routes(routes).await;
    let browser = Browser::start().await;
    let first = browser.driver().window().await.unwrap();
    let second = browser.driver().new_window().await.unwrap();
    for window in [&first, &second] {
        browser.driver().switch_to_window(window.clone()).await.unwrap();
        browser.before_each_page(RECORDS).await;
        browser.open(&format!("{}/empty", host.origin())).await;
    }
    // Both go on at one word, which the second one gives.
    let listen = "window.word = new BroadcastChannel('go'); word.onmessage = () => location.replace('/')";
    browser.driver().switch_to_window(first.clone()).await.unwrap();
    browser.run(listen, &[]).await;
    browser.driver().switch_to_window(second.clone()).await.unwrap();
    browser.run("new BroadcastChannel('go').postMessage(''); location.replace('/')", &[]).await;
    for window in [&first, &second] {
        browser.driver().switch_to_window(window.clone()).await.unwrap();
        browser.ready("puls-survey").await;
        loader_is_there(&browser).await;
    }
    turns(&browser, 1, 1).await;
    until("one of them", async || {
        let mut shown = 0;
        for window in [&first, &second] {
            browser.driver().switch_to_window(window.clone()).await.unwrap();
            shown += u32::from(browser.survey("nps").count("h2").await > 0);
        }
        assert!(shown < 2, "both ask");
        if shown == 1 { Ok(()) } else { Err("neither asks".to_owned()) }
    })
    .await;
    turns(&browser, 1, 1).await;
}

#[tokio::test]
async fn a_frame_without_an_origin_has_turns_and_memory_of_its_own() {
    let collector = four();
    let inside = format!("<script>{RECORDER}</script>{FOUR}{}", script_tag(&collector, ""));
    let inside = inside.replace('"', "&quot;");
    let host = Host::page(&format!(
        "<iframe sandbox='allow-scripts' width='900' height='700' srcdoc=\"{inside}\"></iframe>"
    ))
    .await;
    let browser = Browser::start().await;
    browser.open(&host.origin()).await;
    let frame = browser.driver().find(thirtyfour::By::Tag("iframe")).await.unwrap();
    frame.enter_frame().await.unwrap();
    element(&browser, "a").heading("a?").await;
    element(&browser, "d").heading("d?").await;
    what_needs_no_turn_has_come(&browser).await;
    assert_eq!(shown(&browser, &["a", "b", "c", "d"]).await, [true, false, false, true]);
    element(&browser, "a").click("[part='close']").await;
    element(&browser, "b").heading("b?").await;
    browser.told_of("puls-dismissed").await;
    came_and_went(&browser, &["a shown", "a dismissed", "b shown"]).await;
    assert_eq!(browser.page_errors().await, json!([]));
}
