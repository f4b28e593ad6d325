use crate::recontact::answer;
use crate::shared::kept_on_device;
use crate::{PRIMARY, SENT_TOGGLE};
use puls_documents::{rating, survey};
use puls_tests::browser::Browser;
use puls_tests::collector::Collector;
use puls_tests::host::{Host, script_tag};
use puls_tests::until;
use serde_json::{Value, json};

/// The first release tells all that may be told, of the one item that chance has drawn for it.
fn once() -> String {
    survey("once")
        .item(rating("ease", 5).text("How easy was it?"))
        .item(rating("fun", 5).text("How much fun was it?"))
        .with("sample", 1)
        .privacy(json!({ "kind": "randomised", "epsilon": 2, "lifetime_epsilon": 2 }))
        .show(json!({ "recontact_days": 0 }))
        .to_string()
}

#[tokio::test]
async fn a_browser_that_has_told_as_much_as_it_may_says_so_and_sends_nothing_more() {
    let collector = Collector::with_surveys(&[&once()]);
    let host = Host::page(&script_tag(&collector, "data-survey=\"once\"")).await;
    let browser = Browser::start().await;
    browser.open(&host.origin()).await;
    let survey = browser.survey("once");
    survey.choose(3).await;
    survey.click(PRIMARY).await;
    survey.heading("Thank you!").await;
    until("the release at the collector", async || {
        let results = collector.results("once").await;
        if results["respondents"] == json!(1) { Ok(()) } else { Err(results.to_string()) }
    })
    .await;

    browser.reload().await;
    is_spent(&browser).await;
    assert_eq!(browser.network().await.posted().len(), 1, "that of the first time");
    survey.click("[part='close']").await;
    survey.gone().await;
    assert_eq!(collector.results("once").await["respondents"], json!(1));
}

async fn is_spent(browser: &Browser) {
    let survey = browser.survey("once");
    survey.heading("No more questions").await;
    assert!(survey.text("[part='message'] p").await.starts_with("This browser has already sent as much"));
    assert_eq!(browser.told_of("puls-error").await["code"], "spent");
    assert_eq!(survey.count("[role='radio']").await, 0, "nothing is asked");
}

/// What one tab has put into `localStorage` need not be there yet for another.
const STALE: &str = "const own = Object.create({ removeItem(key) { delete this[key]; } });
    Object.defineProperty(window, 'localStorage', { get: () => own });";

#[tokio::test]
async fn two_tabs_draw_one_map_and_a_second_answer_in_a_wave_draws_nothing() {
    let collector = Collector::start();
    let host = Host::page(&script_tag(&collector, "")).await;
    let browser = Browser::start().await;
    browser.before_each_page(STALE).await;
    browser.open(&host.origin()).await;
    browser.run("puls('open', 'nps')", &[]).await;
    let first = browser.driver().window().await.unwrap();
    let tab = browser.driver().new_tab().await.unwrap();
    browser.driver().switch_to_window(tab).await.unwrap();
    browser.before_each_page(STALE).await;
    browser.open(&host.origin()).await;
    browser.run("puls('open', 'nps')", &[]).await;
    // Both are asked before either answers, and 1 is another class than 10.
    let there = [prepared(&browser, 9).await, prepared(&browser, 10).await, prepared(&browser, 1).await];
    let kept = kept_on_device(&browser, "nps").await;
    browser.driver().switch_to_window(first).await.unwrap();
    let here = [prepared(&browser, 10).await, prepared(&browser, 9).await, prepared(&browser, 1).await];
    assert_eq!(here, there);
    answer(&browser, 1).await;
    assert_eq!(kept_on_device(&browser, "nps").await, kept);
    assert_eq!(kept["spent"], 2);
    assert_eq!(kept["permanent"]["recommend"]["used"], 1);
}

/// What is going to be sent of an answer, which is then looked at.
async fn prepared(browser: &Browser, answer: usize) -> Value {
    let survey = browser.survey("nps");
    survey.choose(answer).await;
    survey.find(&format!("{PRIMARY}:enabled")).await;
    survey.click(SENT_TOGGLE).await;
    let text = survey.text("[part='release']").await;
    survey.click(SENT_TOGGLE).await;
    let release: Value = serde_json::from_str(&text).unwrap();
    release["items"].clone()
}

#[tokio::test]
async fn what_an_earlier_build_has_spent_stays_spent() {
    let collector = Collector::with_surveys(&[&once()]);
    let host = Host::page(&script_tag(&collector, "")).await;
    let browser = Browser::start().await;
    browser.open(&host.origin()).await;
    let kept = |line: &str, spent: u32, classes: &[u32]| {
        let map = json!({ line: { "epsilon": 2, "classes": classes, "used": 3 } });
        json!({ "spent": spent, "batches": [], "replacements": map }).to_string()
    };
    let script =
        "localStorage['puls.keep.once'] = arguments[0]; localStorage['puls.keep.nps'] = arguments[1]";
    let [once, nps] = [kept("ease", 2, &[0, 1, 2, 3, 4]), kept("recommend", 6, &[0, 1, 2])];
    browser.run(script, &[json!(once), json!(nps)]).await;

    browser.run("puls('open', 'once')", &[]).await;
    is_spent(&browser).await;
    browser.run("puls('close')", &[]).await;
    browser.survey("once").gone().await;

    browser.run("puls('open', 'nps')", &[]).await;
    answer(&browser, 9).await;
    let kept = kept_on_device(&browser, "nps").await;
    assert_eq!(kept["spent"], 8);
    assert_eq!(kept["replacements"], Value::Null, "they are known to whoever has the releases");
    let stored = browser.stored().await;
    assert!(!stored.contains_key("puls.keep.nps") && stored.contains_key("puls.keep.once"), "{stored:?}");
}
