use crate::PRIMARY;
use crate::quiet::{WATCHED, fetched};
use crate::shared::kept_on_device;
use puls_tests::browser::Browser;
use puls_tests::collector::Collector;
use puls_tests::host::{Host, script_tag};
use puls_tests::until;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

#[tokio::test]
async fn a_survey_that_was_sent_stays_away_until_it_is_forgotten() {
    let collector = Collector::start();
    let host = Host::page(&script_tag(&collector, "data-survey=\"nps\"")).await;
    let browser = Browser::start().await;
    browser.before_each_page(WATCHED).await;
    browser.open(&host.origin()).await;
    let survey = browser.survey("nps");
    survey.choose(7).await;
    survey.click(PRIMARY).await;
    survey.heading("Thank you!").await;
    browser.told_of("puls-completed").await;
    browser.reload().await;
    stays_away(&browser).await;

    let first = browser.driver().window().await.unwrap();
    let tab = browser.driver().new_tab().await.unwrap();
    browser.driver().switch_to_window(tab).await.unwrap();
    browser.before_each_page(WATCHED).await;
    browser.open(&host.origin()).await;
    stays_away(&browser).await;
    browser.driver().close_window().await.unwrap();
    browser.driver().switch_to_window(first).await.unwrap();

    browser.run("puls('forget')", &[]).await;
    assert_eq!(browser.stored().await, BTreeMap::new());
    browser.reload().await;
    browser.survey("nps").heading("How likely are you").await;
}

#[tokio::test]
async fn a_survey_that_was_dismissed_stays_away_as_well() {
    let collector = Collector::start();
    let host = Host::page(&script_tag(&collector, "data-survey=\"nps\"")).await;
    let browser = Browser::start().await;
    browser.before_each_page(WATCHED).await;
    browser.open(&host.origin()).await;
    browser.survey("nps").click("[part='close']").await;
    browser.told_of("puls-dismissed").await;
    browser.reload().await;
    stays_away(&browser).await;
    browser.run("puls('open', 'nps')", &[]).await;
    browser.survey("nps").heading("How likely are you").await;
}

#[tokio::test]
async fn who_asks_not_to_be_tracked_is_not_remembered() {
    let collector = Collector::start();
    let host = Host::page(&script_tag(&collector, "data-survey=\"nps\"")).await;
    let browser = Browser::start().await;
    let control = "Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { get: () => true })";
    let tab = async || {
        let tab = browser.driver().new_tab().await.unwrap();
        browser.driver().switch_to_window(tab).await.unwrap();
        browser.before_each_page(WATCHED).await;
        browser.before_each_page(control).await;
        browser.open(&host.origin()).await;
    };
    tab().await;
    answer(&browser, 7).await;
    until("the release at the collector", async || {
        let results = collector.results("nps").await;
        if results["respondents"] == json!(1) { Ok(()) } else { Err(results.to_string()) }
    })
    .await;
    assert_eq!(browser.stored().await, BTreeMap::new());
    let first = kept_on_device(&browser, "nps").await;
    let members = |kept: &Value| kept.as_object().unwrap().keys().cloned().collect::<BTreeSet<_>>();
    let lasting = BTreeSet::from(["permanent", "spent"].map(str::to_owned));
    assert_eq!(members(&first), lasting, "nothing that tells of an answer or a visit");
    // It isn't asked again at once, but nothing is known once the tab is gone.
    browser.reload().await;
    stays_away(&browser).await;
    tab().await;
    browser.survey("nps").heading("How likely are you").await;
    // But the bound holds on: there is one map, and what is sent around it is charged.
    answer(&browser, 7).await;
    let second = kept_on_device(&browser, "nps").await;
    assert_eq!(members(&second), lasting);
    assert_eq!([&first["spent"], &second["spent"]], [&json!(2), &json!(4)]);
    let map = |kept: &Value| kept["permanent"]["recommend"]["reports"].clone();
    assert!(map(&first).is_array() && map(&first) == map(&second), "{first} {second}");

    browser.run("puls('forget')", &[]).await;
    until("nothing", async || {
        let kept = kept_on_device(&browser, "nps").await;
        if kept == Value::Null { Ok(()) } else { Err(kept.to_string()) }
    })
    .await;
    assert_eq!(browser.run("return Object.keys(sessionStorage)", &[]).await, json!([]));
}

/// Answers, and sends it.
pub(crate) async fn answer(browser: &Browser, cell: usize) {
    let survey = browser.survey("nps");
    survey.choose(cell).await;
    survey.click(PRIMARY).await;
    survey.heading("Thank you!").await;
}

async fn stays_away(browser: &Browser) {
    assert_eq!(fetched(browser).await, [""; 0], "no survey and no widget is fetched");
    assert_eq!(browser.run("return document.querySelectorAll('puls-survey').length", &[]).await, json!(1));
    assert_eq!(browser.survey("nps").count("*").await, 0, "nothing is shown");
}
