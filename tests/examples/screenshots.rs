//! `cargo run -p puls-tests --example screenshots -- FOLDER`: pictures of everything that people see, to be looked at.
//!
//! Needs the same environment as the tests.
#![allow(clippy::expect_used, clippy::panic, reason = "a developer's tool")]

use puls_tests::browser::Browser;
use puls_tests::collector::Collector;
use puls_tests::host::{Host, script_tag};
use serde_json::json;
use std::path::{Path, PathBuf};

const SIZES: [(u32, u32); 2] = [(1280, 900), (360, 740)];
const SENT_TOGGLE: &str = "[part='sent-toggle']";
const PRIMARY: &str = "[part='primary']";

/// A survey in a language that is written from right to left, with long and with many answers.
const ARABIC: &str = r#"{
    "id": "arabic", "version": 1, "audience": "customer", "languages": ["ar"], "title": "رأيك",
    "items": [
        {"id": "recommend", "kind": "net_promoter", "text": "ما مدى احتمال أن توصي بنا صديقا أو زميلا؟",
         "anchors": {"low": "غير محتمل إطلاقا", "high": "محتمل جدا"}},
        {"id": "topic", "kind": "choice", "text": "ما الأهم لك؟", "options": [
            {"id": "price", "text": "السعر"}, {"id": "help", "text": "المساعدة حين أحتاج إليها"}]}]}"#;

/// A survey that one person after the other answers on a screen.
const DESK: &str = r#"{
    "id": "desk", "version": 1, "audience": "customer", "languages": ["en"], "title": "Your visit to our desk",
    "items": [{"id": "ease", "kind": "rating", "text": "How easy was it to get help?", "scale": {"points": 5, "style": "smileys"}}],
    "privacy": {"kind": "batched", "k": 3, "device": "shared"}, "show": {"display": "kiosk"}}"#;

/// A survey on a device that several people share, in both writing directions.
const SHARED: &str = r#"{
    "id": "shared", "version": 1, "audience": "employee", "languages": ["en", "ar"],
    "title": {"en": "Our week", "ar": "أسبوعنا"}, "segments": {"unit": ["billing"]},
    "items": [
        {"id": "pride", "kind": "rating", "text": {"en": "How proud are you of this week?", "ar": "ما مدى فخرك بهذا الأسبوع؟"}, "scale": {"points": 5}},
        {"id": "mood", "kind": "rating", "text": {"en": "How are you?", "ar": "كيف حالك؟"}, "scale": {"points": 5}}],
    "joint": ["pride", "mood"],
    "privacy": {"kind": "batched", "k": 3, "device": "shared"}}"#;

/// Long waits end when the pictures want them to.
const CLOCK: &str = "const set = setTimeout; window.setTimeout = (then, delay = 0, ...rest) =>
    delay < 1000 ? set(then, delay, ...rest) : (window.ring = then, 0);";

/// Where the pictures go, and what they are of.
struct Gallery {
    browser: Browser,
    folder: PathBuf,
    size: (u32, u32),
    scheme: &'static str,
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let folder = std::env::args().nth(1).expect("a folder for the pictures, as the argument");
    std::fs::create_dir_all(&folder).expect("the folder");
    let collector = Collector::with_surveys(&[ARABIC, DESK, SHARED]);
    let sample = Collector::with_sample_data();
    for size in SIZES {
        for scheme in ["light", "dark"] {
            let browser = Browser::start().await;
            browser.resize(size.0, size.1).await;
            browser.prefer(scheme).await;
            let gallery = Gallery { browser, folder: Path::new(&folder).to_owned(), size, scheme };
            gallery.nps(&collector).await;
            gallery.chat(&collector).await;
            gallery.pulse(&collector).await;
            gallery.arabic(&collector).await;
            gallery.shared(&collector).await;
            gallery.demo(&sample).await;
            gallery.results(&sample).await;
            gallery.bar(&collector).await;
            gallery.kiosk(&collector).await;
        }
    }
}

impl Gallery {
    async fn embed(&self, collector: &Collector, attributes: &str) -> Host {
        let host = Host::page(&script_tag(
            collector,
            &format!("{attributes} data-trigger='load' data-recontact='0'"),
        ))
        .await;
        self.browser.open(&host.origin()).await;
        host
    }

    async fn nps(&self, collector: &Collector) {
        let _host = self.embed(collector, "data-survey='nps'").await;
        let survey = self.browser.survey("nps");
        survey.heading("How likely").await;
        self.take("nps-1-question").await;
        survey.choose(9).await;
        self.take("nps-2-chosen").await;
        survey.click(SENT_TOGGLE).await;
        survey.find("[part='release']").await;
        self.take("nps-3-what-is-sent").await;
        survey.click(SENT_TOGGLE).await;
        survey.click(PRIMARY).await;
        survey.heading("Thank you!").await;
        self.take("nps-4-thanks").await;
    }

    async fn chat(&self, collector: &Collector) {
        let _host = self.embed(collector, "data-survey='support-chat' data-lang='sv'").await;
        let survey = self.browser.survey("support-chat");
        survey.choose(2).await;
        survey.heading("Hur lätt").await;
        self.take("chat-2-second-question").await;
        survey.choose(3).await;
        survey.heading("Hur kunnig").await;
        survey.choose(3).await;
        survey.heading("Hur troligt").await;
        self.take("chat-4-last-question").await;
    }

    async fn pulse(&self, collector: &Collector) {
        let _host = self.embed(collector, "data-survey='engagement-pulse' data-display='inline'").await;
        let survey = self.browser.survey("engagement-pulse");
        survey.heading("Nine statements").await;
        self.take("pulse-1-notice").await;
        survey.click(PRIMARY).await;
        for heading in [
            "my work gave me",
            "I was keen",
            "my work was dull",
            "we helped",
            "useful feedback",
            "I felt proud",
            "it was clear",
            "I had to guess",
            "we followed up",
        ] {
            survey.heading(heading).await;
            if heading == "I was keen" {
                self.take("pulse-2-rating").await;
            }
            survey.choose(3).await;
        }
        survey.heading("What would help").await;
        survey.choose(1).await;
        self.take("pulse-3-choice").await;
        survey.click(SENT_TOGGLE).await;
        survey.heading("What is sent?").await;
        self.take("pulse-4-held").await;
        survey.click(SENT_TOGGLE).await;
        survey.click(PRIMARY).await;
        survey.heading("Thank you!").await;
        self.take("pulse-5-thanks").await;
    }

    async fn arabic(&self, collector: &Collector) {
        let _host = self.embed(collector, "data-survey='arabic'").await;
        let survey = self.browser.survey("arabic");
        survey.find("[role='radio']").await;
        self.take("arabic-1-scale").await;
        survey.choose(10).await;
        survey.find("[part='back']").await;
        self.take("arabic-2-choice").await;
    }

    async fn shared(&self, collector: &Collector) {
        for language in ["en", "ar"] {
            let attributes = format!(
                "data-survey='shared' data-display='inline' data-segment-unit='billing' data-lang='{language}'"
            );
            let _host = self.embed(collector, &attributes).await;
            let survey = self.browser.survey("shared");
            for answer in [3, 1] {
                survey.choose(answer).await;
            }
            survey.find(&format!("{PRIMARY}:enabled")).await;
            survey.click(SENT_TOGGLE).await;
            survey.find("[part='release']").await;
            self.take_all(&format!("shared-{language}-what-is-sent")).await;
        }
    }

    async fn bar(&self, collector: &Collector) {
        let _host = self.embed(collector, "data-survey='nps' data-display='bar'").await;
        self.browser.survey("nps").heading("How likely").await;
        self.take("bar-1-question").await;
    }

    /// What a kiosk shows from one person to the next one.
    async fn kiosk(&self, collector: &Collector) {
        self.browser.before_each_page(CLOCK).await;
        let _host = self.embed(collector, "data-survey='desk'").await;
        let survey = self.browser.survey("desk");
        survey.heading("Your visit").await;
        self.take("kiosk-1-start").await;
        survey.click(PRIMARY).await;
        survey.choose(3).await;
        self.take("kiosk-2-question").await;
        self.browser.run("ring()", &[]).await;
        survey.heading("Still there?").await;
        self.take("kiosk-3-still-there").await;
        self.browser.run("ring()", &[]).await;
        survey.heading("Ready for").await;
        self.take("kiosk-4-curtain").await;
    }

    async fn demo(&self, collector: &Collector) {
        let host = Host::demo(collector).await;
        self.browser.open(&format!("{}/", host.origin())).await;
        self.browser.survey("nps").heading("How likely").await;
        self.take("demo-1-shop").await;
        self.browser.survey("nps").choose(8).await;
        self.browser.survey("nps").click(PRIMARY).await;
        self.browser.told_of("puls-completed").await;
        self.browser.run("puls('close')", &[]).await;
        self.browser.run("for (const survey of document.querySelectorAll('puls-survey[display=inline]')) survey.open()", &[]).await;
        self.browser.survey("engagement-pulse").heading("Nine statements").await;
        self.take_all("demo-2-whole").await;
    }

    async fn results(&self, collector: &Collector) {
        for survey in ["nps", "support-chat", "engagement-pulse"] {
            self.browser.open(&collector.results_page().replace('#', &format!("?survey={survey}#"))).await;
            self.browser.ready("table").await;
            self.take_all(&format!("results-{survey}")).await;
        }
    }

    /// A picture of what the window shows.
    async fn take(&self, name: &str) {
        let ((width, _), scheme) = (self.size, self.scheme);
        let settled = "const [done] = arguments; const running = document.getAnimations().concat(\
            ...[...document.querySelectorAll('puls-survey')].map(({ shadowRoot }) => shadowRoot?.getAnimations() ?? []));\
            Promise.allSettled(running.map(({ finished }) => finished)).then(done)";
        self.browser.run_async(settled, &[]).await;
        let path = self.folder.join(format!("{name}-{width}-{scheme}.png"));
        self.browser.driver().screenshot(&path).await.expect("a picture");
    }

    /// A picture of the whole page, however long.
    async fn take_all(&self, name: &str) {
        let height = self.browser.run("return document.documentElement.scrollHeight", &[]).await;
        let height = height.as_u64().and_then(|height| u32::try_from(height).ok()).expect("a height");
        self.browser.resize(self.size.0, height).await;
        self.browser.run("scrollTo(0, 0)", &[json!(null)]).await;
        self.take(name).await;
        self.browser.resize(self.size.0, self.size.1).await;
    }
}
