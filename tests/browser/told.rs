//! What the page around a survey is told of its answers.

use crate::PRIMARY;
use puls_tests::browser::Browser;
use puls_tests::collector::Collector;
use puls_tests::host::{Host, script_tag};
use serde_json::json;

/// The items of which the page was told so far that they were answered.
async fn answered(browser: &Browser) -> Vec<String> {
    let told = browser.told().await.into_iter().filter(|(name, _)| name == "puls-answered");
    told.map(|(_, detail)| detail["item"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn nothing_is_told_of_items_that_only_some_are_asked() {
    let collector = Collector::start();
    let host = Host::page(&script_tag(&collector, "")).await;
    let browser = Browser::start().await;
    browser.open(&host.origin()).await;
    let open = async |id| {
        browser.run("puls('open', arguments[0], { display: 'inline' })", &[json!(id)]).await;
        browser.survey(id)
    };

    // Asked on a condition: a theme, and an option.
    let csat = open("csat").await;
    csat.choose(1).await;
    csat.click("[part='theme']").await;
    csat.find("[part='theme'][aria-pressed='true']").await;
    let enps = open("enps").await;
    enps.choose(3).await;
    enps.heading("What would do most").await;
    enps.choose(2).await;
    enps.find(&format!("{PRIMARY}:enabled")).await;
    assert_eq!(answered(&browser).await, ["satisfied", "recommend"]);

    // Reached by a jump, or passed over by one.
    let service = open("internal-service").await;
    service.heading("Up to five questions").await;
    service.click(PRIMARY).await;
    service.choose(1).await;
    for heading in ["the person you dealt with in IT", "get help from IT", "the subject you asked about"] {
        service.heading(heading).await;
        service.choose(3).await;
    }
    service.heading("Is there anything that would make it better").await;
    service.choose(0).await;
    service.click(PRIMARY).await;
    service.find(".message").await;
    assert_eq!(answered(&browser).await, ["satisfied", "recommend", "department"]);
    assert_eq!(browser.page_errors().await, json!([]));
}
