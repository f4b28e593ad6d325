use crate::{PRIMARY, SENT_TOGGLE};
use puls_tests::browser::Browser;
use puls_tests::collector::Collector;
use puls_tests::host::{Host, script_tag};
use puls_tests::{axe, dist};
use serde_json::json;
use std::fs;

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

/// Goes one step on: answers what is unanswered, else takes the way on. Says when the end is reached.
pub(crate) const STEP: &str = r#"
    const root = document.querySelector("puls-survey").shadowRoot;
    if (root.querySelector(".message")) return true;
    const middle = (group) => group.children[Math.floor(group.children.length / 2)];
    const open = [...root.querySelectorAll("[role=radiogroup], [role=group][data-layout]")].filter(
        (group) => !group.querySelector("[aria-checked=true]"));
    open.length ? open.forEach((group) => middle(group).click()) : root.querySelector("[part=primary]").click();
    return false;
"#;

pub(crate) const SETTLED: &str =
    "requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(arguments[0])))";

#[tokio::test]
async fn nobody_is_shut_out_of_any_survey_in_english() {
    check_surveys("en").await;
}

#[tokio::test]
async fn nobody_is_shut_out_of_any_survey_in_swedish() {
    check_surveys("sv").await;
}

#[tokio::test]
async fn nobody_is_shut_out_of_any_survey_in_danish() {
    check_surveys("da").await;
}

/// Checks each screen of each ready-made survey in one language, each preset, light and dark by turns.
async fn check_surveys(language: &str) {
    let collector = Collector::start();
    let browser = Browser::start().await;
    let mut surveys: Vec<_> =
        fs::read_dir(dist("surveys")).unwrap().map(|entry| entry.unwrap().path()).collect();
    surveys.sort();
    for (index, survey) in surveys.iter().enumerate() {
        let id = survey.file_stem().unwrap().to_str().unwrap();
        for (turn, preset) in ["calm", "bright", "plain"].into_iter().enumerate() {
            let scheme = if (index + turn) % 2 == 0 { "light" } else { "dark" };
            let attributes = format!(
                "data-survey='{id}' data-display='inline' data-trigger='load' data-recontact='0' data-lang='{language}' \
                 data-preset='{preset}'"
            );
            let host = Host::page(&script_tag(&collector, &attributes)).await;
            browser.prefer(scheme).await;
            browser.open(&host.origin()).await;
            browser.told_of("puls-shown").await;
            browser.run(&axe(), &[]).await;
            check_screens(&browser, &format!("{id} in {language}, {preset}, {scheme}")).await;
        }
    }
}

async fn check_screens(browser: &Browser, about: &str) {
    for step in 0..60 {
        browser.run_async(SETTLED, &[]).await;
        check(browser, &format!("{about}, step {step}")).await;
        if browser.run(STEP, &[]).await == json!(true) {
            return;
        }
    }
    panic!("{about}: no end in sight");
}

#[tokio::test]
async fn nobody_is_shut_out_of_what_is_sent() {
    let collector = Collector::start();
    let browser = Browser::start().await;
    for display in ["popover", "modal", "bar"] {
        let attributes = format!("data-survey='nps' data-display='{display}' data-recontact='0'");
        let host = Host::page(&script_tag(&collector, &attributes)).await;
        browser.open(&host.origin()).await;
        browser.told_of("puls-shown").await;
        browser.run(&axe(), &[]).await;
        let survey = browser.survey("nps");
        survey.choose(1).await;
        survey.click(SENT_TOGGLE).await;
        survey.find("[part='release']").await;
        check(&browser, &format!("{display}, what is sent")).await;
    }
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
pub(crate) async fn check(browser: &Browser, about: &str) {
    let violations = browser.run_async(CHECK, &[]).await;
    assert_eq!(violations, json!([]), "{about}: {violations:#}");
}
