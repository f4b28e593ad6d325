use crate::PRIMARY;
use puls_tests::browser::Browser;
use puls_tests::collector::Collector;
use puls_tests::host::{Host, script_tag};
use puls_tests::until;
use serde_json::json;

const SURVEY: &str = r#"{
    "id": "once", "version": 1, "audience": "customer", "languages": ["en"], "title": "Once",
    "items": [{"id": "ease", "kind": "rating", "text": "How easy was it?", "scale": {"points": 5}}],
    "privacy": {"kind": "randomised", "epsilon": 2, "lifetime_epsilon": 2},
    "show": {"recontact_days": 0}
}"#;

#[tokio::test]
async fn a_browser_that_has_told_as_much_as_it_may_says_so_and_sends_nothing_more() {
    let collector = Collector::with_surveys(&[SURVEY]);
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
    survey.heading("Nothing was sent").await;
    assert!(survey.text("[part='message'] p").await.starts_with("This browser has told as much"));
    assert_eq!(browser.told_of("puls-error").await["code"], "spent");
    assert_eq!(survey.count("[role='radio']").await, 0, "nothing is asked");
    assert_eq!(browser.network().await.posted().len(), 1, "that of the first time");
    survey.click("[part='close']").await;
    survey.gone().await;
    assert_eq!(collector.results("once").await["respondents"], json!(1));
}
