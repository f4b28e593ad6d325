//! What a screen reader says, screen by screen. A change in these texts is one that somebody hears: read them aloud.

use crate::{CHOSEN, PRIMARY, SENT_TOGGLE};
use puls_tests::browser::Browser;
use puls_tests::collector::Collector;
use puls_tests::host::{Host, script_tag};
use puls_tests::transcript::Transcript;

/// A survey on its way, and what has been said of it so far.
struct Reading<'a> {
    browser: &'a Browser,
    role: &'static str,
    name: &'static str,
    said: String,
}

impl<'a> Reading<'a> {
    /// Begins once the survey is there.
    async fn begin(browser: &'a Browser, role: &'static str, name: &'static str) -> Self {
        browser.told_of("puls-shown").await;
        Self { browser, role, name, said: String::new() }
    }

    async fn hear(&mut self, screen: &str) {
        let said = Transcript::of(self.browser).await.below(self.role, self.name);
        self.said += &format!("{screen}:\n\n{said}\n");
    }
}

#[tokio::test]
async fn the_nps_survey_reads_well() {
    let collector = Collector::start();
    let host = Host::page(&script_tag(&collector, "data-survey='nps'")).await;
    let browser = Browser::start().await;
    browser.open(&host.origin()).await;
    let mut reading = Reading::begin(&browser, "dialog", "Would you recommend us?").await;
    reading.hear("The question").await;
    let survey = browser.survey("nps");
    survey.choose(9).await;
    survey.find(&format!("{PRIMARY}:enabled")).await;
    reading.hear("With an answer").await;
    survey.click(SENT_TOGGLE).await;
    browser.focus_on("h2 What is sent?").await;
    let release = survey.text("[part='release']").await;
    reading.hear("What is sent").await;
    survey.click(SENT_TOGGLE).await;
    browser.focus_on("button sent-toggle What is sent?").await;
    survey.click(PRIMARY).await;
    browser.focus_on("h2 Thank you!").await;
    reading.hear("The thanks").await;
    let said = reading.said.replace(&format!("{release:?}"), "(the release)");
    insta::assert_snapshot!(said.replace(&collector.origin, "(the collector)"));
}

#[tokio::test]
async fn a_matrix_reads_well() {
    let collector = Collector::start();
    let host = Host::page(&script_tag(&collector, "data-survey='trust'")).await;
    let browser = Browser::start().await;
    browser.open(&host.origin()).await;
    let mut reading = Reading::begin(&browser, "region", "Trust at work").await;
    let survey = browser.survey("trust");
    survey.click(".row:nth-child(3) [part='option']:nth-child(4)").await;
    survey.find(CHOSEN).await;
    reading.hear("The second of three statements is answered").await;
    insta::assert_snapshot!(reading.said);
}

#[tokio::test]
async fn a_matrix_reads_well_where_there_is_little_room() {
    let collector = Collector::start();
    let host = Host::page(&script_tag(&collector, "data-survey='trust' data-display='popover'")).await;
    let browser = Browser::start().await;
    browser.open(&host.origin()).await;
    let mut reading = Reading::begin(&browser, "dialog", "Trust at work").await;
    reading.hear("The first statement").await;
    browser.survey("trust").choose(3).await;
    browser.focus_on("button option Totally disagree").await;
    reading.hear("The second").await;
    insta::assert_snapshot!(reading.said);
}
