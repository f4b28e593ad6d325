use crate::PRIMARY;
use crate::seen::{started, stays_away};
use crate::waiting::wait_until_left;
use puls_tests::browser::Browser;
use puls_tests::collector::Collector;
use puls_tests::host::{Host, script_tag};
use serde_json::json;
use thirtyfour::Key;

const NOT_NOW: &str = "[part='not-now']";
const NEVER: &str = "[part='never']";

/// So many more days go by, and the page is loaded anew.
async fn days_later(browser: &Browser, days: u32) {
    let clock = format!("{{ const now = Date.now; Date.now = () => now() + {days} * 864e5; }}");
    browser.before_each_page(&clock).await;
    browser.reload().await;
}

async fn page(collector: &Collector, attributes: &str) -> (Host, Browser) {
    let host = Host::page(&script_tag(collector, &format!("data-survey='nps' {attributes}"))).await;
    let browser = started().await;
    browser.open(&host.origin()).await;
    browser.survey("nps").heading("How likely are you").await;
    browser.told_of("puls-shown").await;
    (host, browser)
}

async fn dismissed(browser: &Browser, never: bool) {
    assert_eq!(browser.told_of("puls-dismissed").await, json!({ "survey": "nps", "never": never }));
    browser.survey("nps").gone().await;
}

#[tokio::test]
async fn not_now_is_for_a_week_and_an_answer_for_longer() {
    let collector = Collector::start();
    let (_host, browser) = page(&collector, "").await;
    let survey = browser.survey("nps");
    for way in [NOT_NOW, "[part='close']", "Escape"] {
        match way {
            "Escape" => {
                survey.find("[part='option']").await.focus().await.unwrap();
                browser.press(&[Key::Escape]).await;
            }
            button => survey.click(button).await,
        }
        dismissed(&browser, false).await;
        for days in [0, 6] {
            days_later(&browser, days).await;
            stays_away(&browser, "nps").await;
        }
        days_later(&browser, 1).await;
        survey.heading("How likely are you").await;
        browser.told_of("puls-shown").await;
    }
    survey.choose(7).await;
    survey.click(PRIMARY).await;
    survey.heading("Thank you!").await;
    browser.told_of("puls-completed").await;
    // By the browser's clock its wave may not have begun. What became of it is told before the page is loaded anew.
    wait_until_left(&browser, 0).await;
    let answered = browser.stored().await["puls.seen"].clone();
    for days in [7, 82] {
        days_later(&browser, days).await;
        stays_away(&browser, "nps").await;
    }
    // What the page opens is nothing to put off, and closing it doesn't take the answer back.
    browser.run("puls('open', 'nps')", &[]).await;
    survey.heading("How likely are you").await;
    browser.told_of("puls-shown").await;
    assert_eq!((survey.count(NOT_NOW).await, survey.count(NEVER).await), (0, 0));
    survey.click("[part='close']").await;
    dismissed(&browser, false).await;
    assert_eq!(browser.stored().await["puls.seen"], answered);
    days_later(&browser, 1).await;
    survey.heading("How likely are you").await;
    assert_eq!(browser.page_errors().await, json!([]));
}

#[tokio::test]
async fn not_now_is_never_for_longer_than_an_answer() {
    let collector = Collector::start();
    let (_host, browser) = page(&collector, "data-recontact='2'").await;
    browser.survey("nps").click(NOT_NOW).await;
    dismissed(&browser, false).await;
    days_later(&browser, 0).await;
    stays_away(&browser, "nps").await;
    days_later(&browser, 2).await;
    browser.survey("nps").heading("How likely are you").await;
}

#[tokio::test]
async fn never_is_for_good() {
    let collector = Collector::start();
    let (_host, browser) = page(&collector, "data-recontact='0'").await;
    let survey = browser.survey("nps");
    survey.click(NEVER).await;
    dismissed(&browser, true).await;
    for days in [1, 20_000] {
        days_later(&browser, days).await;
        stays_away(&browser, "nps").await;
    }
    // What the page opens, it opens, and neither closing nor answering takes it back.
    for sends in [false, true] {
        browser.run("puls('open', 'nps')", &[]).await;
        survey.heading("How likely are you").await;
        if sends {
            survey.choose(3).await;
            survey.click(PRIMARY).await;
            browser.told_of("puls-completed").await;
            wait_until_left(&browser, 0).await;
        } else {
            survey.click("[part='close']").await;
            dismissed(&browser, false).await;
        }
        browser.reload().await;
        stays_away(&browser, "nps").await;
    }
    browser.run("puls('forget')", &[]).await;
    browser.reload().await;
    survey.heading("How likely are you").await;
}

#[tokio::test]
async fn in_the_flow_of_a_page_it_can_be_put_off_as_well() {
    let collector = Collector::start();
    for (way, never) in [(NOT_NOW, false), (NEVER, true)] {
        let (_host, browser) = page(&collector, "data-display='inline'").await;
        browser.survey("nps").click(way).await;
        dismissed(&browser, never).await;
        browser.reload().await;
        stays_away(&browser, "nps").await;
    }
    // Whoever comes to a page that is the survey's own has come for it.
    let (_host, browser) = page(&collector, "data-display='inline' data-trigger='open'").await;
    let survey = browser.survey("nps");
    assert_eq!((survey.count(NOT_NOW).await, survey.count(NEVER).await), (0, 0));
}

#[tokio::test]
async fn nobody_decides_for_others_on_a_shared_device() {
    let collector = Collector::with_surveys(&[include_str!("batch/pulse.json")]);
    for display in ["popover", "inline", "kiosk"] {
        let tag = format!("data-survey='tablet' data-display='{display}' data-trigger='load'");
        let host = Host::page(&script_tag(&collector, &tag)).await;
        let browser = Browser::start().await;
        browser.open(&host.origin()).await;
        browser.told_of("puls-shown").await;
        let survey = browser.survey("tablet");
        if display == "kiosk" {
            survey.click(PRIMARY).await;
        }
        survey.heading("Six statements").await;
        assert_eq!((survey.count(NOT_NOW).await, survey.count(NEVER).await), (0, 0), "{display}");
    }
}
