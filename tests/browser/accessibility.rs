use crate::{PRIMARY, SENT_TOGGLE};
use puls_tests::browser::Browser;
use puls_tests::collector::Collector;
use puls_tests::host::{Host, script_tag};
use puls_tests::survey::Survey;
use puls_tests::{axe, dist, until};
use serde_json::{Value, json};
use std::fs;

const LANGUAGES: [&str; 3] = ["en", "sv", "da"];

/// What is checked, beside the guidelines themselves, is what is held to be good practice.
const CHECK: &str = r#"
    const [done] = arguments;
    const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
    const running = () => document.getAnimations().concat(
        ...[...document.querySelectorAll("puls-survey")].map(({ shadowRoot }) => shadowRoot?.getAnimations() ?? []));
    // A colour in transition is none that anybody has chosen.
    Promise.allSettled(running().map(({ finished }) => finished))
        .then(() => axe.run(document, { runOnly: tags, resultTypes: ["violations"] }))
        .then(({ violations }) => done(violations.map(({ id, nodes }) =>
            [id, nodes.map(({ target, failureSummary }) => `${target.join(" ")}: ${failureSummary}`)])));"#;

#[tokio::test]
async fn nobody_is_shut_out_of_the_nps_survey() {
    check_survey("nps", "popover").await;
}

#[tokio::test]
async fn nobody_is_shut_out_of_the_questions_about_a_chat() {
    check_survey("support-chat", "popover").await;
}

#[tokio::test]
async fn nobody_is_shut_out_of_the_pulse() {
    check_survey("engagement-pulse", "inline").await;
}

/// Checks each screen of a survey in each language, in light and dark.
async fn check_survey(id: &str, display: &str) {
    let collector = Collector::start();
    let definition = fs::read_to_string(dist(&format!("surveys/{id}.json"))).unwrap();
    let definition: Value = serde_json::from_str(&definition).unwrap();
    let browser = Browser::start().await;
    for language in LANGUAGES {
        let attributes = format!(
            "data-survey='{id}' data-display='{display}' data-trigger='load' data-recontact='0' data-lang='{language}'"
        );
        let host = Host::page(&script_tag(&collector, &attributes)).await;
        for scheme in ["light", "dark"] {
            browser.prefer(scheme).await;
            browser.open(&host.origin()).await;
            browser.run(&axe(), &[]).await;
            let about = format!("{id} in {language}, {scheme}");
            check_screens(&browser, &browser.survey(id), &definition, language, &about).await;
        }
    }
}

async fn check_screens(
    browser: &Browser,
    survey: &Survey<'_>,
    definition: &Value,
    language: &str,
    about: &str,
) {
    let items = definition["items"].as_array().unwrap();
    for (index, item) in items.iter().enumerate() {
        survey.heading(item["text"][language].as_str().unwrap()).await;
        check(browser, &format!("{about}, item {index}")).await;
        if item["kind"] == json!("notice") {
            survey.click(PRIMARY).await;
        } else {
            survey.choose(1).await;
        }
    }
    until("Send", async || match survey.get(PRIMARY, "disabled").await {
        Value::Bool(false) => Ok(()),
        other => Err(other.to_string()),
    })
    .await;
    check(browser, &format!("{about}, all answered")).await;
    survey.click(SENT_TOGGLE).await;
    survey.find("[part='sent']").await;
    check(browser, &format!("{about}, what is sent")).await;
    survey.click(SENT_TOGGLE).await;
    survey.click(PRIMARY).await;
    survey.heading(definition["thanks"]["title"][language].as_str().unwrap()).await;
    check(browser, &format!("{about}, thanks")).await;
}

#[tokio::test]
async fn nobody_is_shut_out_of_the_demo_page() {
    let collector = Collector::start();
    let host = Host::demo(&collector).await;
    let browser = Browser::start().await;
    for scheme in ["light", "dark"] {
        browser.prefer(scheme).await;
        browser.open(&format!("{}/", host.origin())).await;
        browser.survey("engagement-pulse").find(PRIMARY).await;
        browser.survey("nps").heading("How likely are you").await;
        browser.run(&axe(), &[]).await;
        check(&browser, &format!("the demo page, {scheme}")).await;
    }
}

#[tokio::test]
async fn nobody_is_shut_out_of_the_results() {
    let collector = Collector::with_sample_data();
    let browser = Browser::start().await;
    for scheme in ["light", "dark"] {
        browser.prefer(scheme).await;
        for survey in ["nps", "support-chat", "engagement-pulse"] {
            let page = collector.results_page().replace("#", &format!("?survey={survey}#"));
            browser.open(&page).await;
            browser.ready("table").await;
            browser.run(&axe(), &[]).await;
            check(&browser, &format!("the results of {survey}, {scheme}")).await;
        }
    }
}

/// Has axe look at everything that is on the page now.
async fn check(browser: &Browser, about: &str) {
    let violations = browser.run_async(CHECK, &[]).await;
    assert_eq!(violations, json!([]), "{about}: {violations:#}");
}
