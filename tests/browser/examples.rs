use crate::quiet::{WATCHED, fetched};
use crate::{CHOSEN, PRIMARY};
use puls_tests::browser::Browser;
use puls_tests::collector::Collector;
use puls_tests::host::Host;
use puls_tests::package::{Package, node_modules};
use puls_tests::survey::Survey;
use puls_tests::until;
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use std::sync::Arc;

/// What the examples have of us.
const PACKAGE: &str = "puls-survey";

/// An example on a server of its own, open in a browser.
struct Example {
    collector: Collector,
    browser: Browser,
    _host: Host,
    _package: Arc<Package>,
}

impl Example {
    async fn open(name: &str) -> Self {
        let package = Package::installed();
        let folder = package.example(name);
        let collector = Collector::start();
        let host = Host::folder(&collector, &folder).await;
        let browser = Browser::start().await;
        browser.open(&host.origin()).await;
        Self { collector, browser, _host: host, _package: package }
    }

    /// Answers a survey to its end.
    async fn answer(&self, id: &str) {
        answer(&self.browser.survey(id)).await;
    }

    async fn arrived(&self, survey: &str) {
        until("the release at the collector", async || {
            let results = self.collector.results(survey).await;
            if results["respondents"] == json!(1) { Ok(()) } else { Err(results.to_string()) }
        })
        .await;
    }

    /// What the page itself says once its handler was called.
    async fn says(&self, selector: &str, expected: &str) {
        until(&format!("{expected:?} on the page"), async || {
            let script = "return document.querySelector(arguments[0])?.textContent";
            let said = self.browser.run(script, &[json!(selector)]).await;
            let found = said.as_str().is_some_and(|said| said.contains(expected));
            if found { Ok(()) } else { Err(said.to_string()) }
        })
        .await;
    }

    async fn press(&self, button: &str) {
        let script =
            "[...document.querySelectorAll('button')].find((it) => it.textContent == arguments[0]).click()";
        self.browser.run(script, &[json!(button)]).await;
    }

    async fn shown(&self) -> usize {
        self.browser.told().await.into_iter().filter(|(name, _)| name == "puls-shown").count()
    }

    /// Nothing was thrown or complained of, by the page or by its framework.
    async fn is_sound(&self) {
        assert_eq!(self.browser.page_errors().await, json!([]));
        let console = self.browser.console().await;
        let complaints = console.iter().filter(|line| !line.starts_with("INFO"));
        assert_eq!(complaints.collect::<Vec<_>>(), [""; 0]);
    }
}

/// Chooses the first answer of each question, until the survey has nothing more to ask.
async fn answer(survey: &Survey<'_>) {
    while survey.text("h2").await != end(survey).await {
        let question = survey.text("h2").await;
        until(&format!("what comes after {question:?}"), async || {
            if survey.text("h2").await != question {
                return Ok(());
            }
            if survey.count(CHOSEN).await == 0 {
                survey.choose(0).await;
            } else if survey.get(PRIMARY, "disabled").await == json!(false) {
                survey.click(PRIMARY).await;
            }
            Err(survey.seen().await)
        })
        .await;
    }
}

/// The thanks, once it is there.
async fn end(survey: &Survey<'_>) -> String {
    survey.get("[part='message'] h2", "textContent").await.as_str().unwrap_or_default().to_owned()
}

#[test]
fn each_names_the_libraries_that_it_is_tested_with() {
    let mut compared = 0;
    for folder in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples")).unwrap() {
        let Ok(text) = fs::read_to_string(folder.unwrap().path().join("package.json")) else { continue };
        let example: Value = serde_json::from_str(&text).unwrap();
        let lists = ["dependencies", "devDependencies"].map(|list| example[list].as_object().into_iter());
        for (library, version) in lists.into_iter().flatten().flatten().filter(|(name, _)| *name != PACKAGE) {
            let installed = fs::read_to_string(node_modules(library).join("package.json")).expect(library);
            let installed: Value = serde_json::from_str(&installed).unwrap();
            assert_eq!(*version, installed["version"], "{library} in {}", example["name"]);
            compared += 1;
        }
    }
    assert!(compared > 0, "no example names a library");
}

#[tokio::test]
async fn a_page_needs_no_build_step() {
    let example = Example::open("html").await;
    example.answer("nps").await;
    example.arrived("nps").await;
    example.says("output", "Sent for 20").await;
    let script = "return getComputedStyle(document.querySelector('puls-survey').shadowRoot.querySelector('.panel')).borderTopWidth";
    assert_eq!(example.browser.run(script, &[]).await, json!("1px"), "the page's own style for the part");
    example.is_sound().await;
}

#[tokio::test]
async fn react_renders_it_with_attributes_and_listeners() {
    let example = Example::open("react").await;
    example.answer("support-chat").await;
    example.arrived("support-chat").await;
    example.says("output", "Sent for 20").await;
    let release = example.browser.told_of("puls-released").await;
    assert_eq!(release["segment"], json!({ "agent": "a17" }));
    assert_eq!(example.shown().await, 1, "strict mode asks once");
    let console = example.browser.console().await;
    let answered = console.iter().filter(|line| line.contains("answered: ")).count();
    assert_eq!(answered, release["items"].as_object().unwrap().len(), "{console:?}");
    example.press("Go on").await;
    assert_eq!(example.browser.run("return document.querySelector('puls-survey')", &[]).await, Value::Null);
    example.is_sound().await;
}

#[tokio::test]
async fn vue_renders_it_with_attributes_and_listeners() {
    renders_an_order("vue").await;
}

#[tokio::test]
async fn svelte_renders_it_with_attributes_and_listeners() {
    renders_an_order("svelte").await;
}

async fn renders_an_order(name: &str) {
    let example = Example::open(name).await;
    let survey = example.browser.survey("nps");
    survey.choose(9).await;
    example.press("Theme").await;
    example.browser.ready("puls-survey[theme='dark'][display='inline']").await;
    example.answer("nps").await;
    example.arrived("nps").await;
    example.says("output", "Sent for 20").await;
    assert_eq!(example.shown().await, 1);
    example.press("No more questions").await;
    assert_eq!(example.browser.run("return document.querySelector('puls-survey')", &[]).await, Value::Null);
    example.is_sound().await;
}

#[tokio::test]
async fn the_end_of_a_chat_opens_a_survey() {
    let example = Example::open("chat").await;
    example.browser.before_each_page(WATCHED).await;
    example.browser.reload().await;
    example.browser.ready(".chat").await;
    assert_eq!(fetched(&example.browser).await, [""; 0], "nothing is fetched before");
    example.press("End the conversation").await;
    example.answer("support-chat").await;
    example.arrived("support-chat").await;
    example.says("h1", "Thank you for telling us").await;
    let release = example.browser.told_of("puls-released").await;
    assert_eq!(release["segment"], json!({ "agent": "a17" }));
    example.is_sound().await;
}

#[tokio::test]
async fn a_frame_in_a_sandbox_is_enough() {
    let package = Package::installed();
    let folder = package.example("intranet");
    let page = fs::read_to_string(folder.join("index.html")).unwrap();
    let strictest = page.replace(" allow-same-origin", "");
    assert_ne!(page, strictest);
    fs::write(folder.join("strictest.html"), strictest).unwrap();
    let collector = Collector::start();
    let host = Host::folder(&collector, &folder).await;
    let browser = Browser::start().await;
    for (index, path) in ["/", "/strictest.html"].iter().enumerate() {
        browser.open(&format!("{}{path}", host.origin())).await;
        browser.driver().enter_frame(0).await.unwrap();
        answer(&browser.survey("enps")).await;
        until("the release at the collector", async || {
            let respondents = collector.results("enps").await["respondents"].clone();
            if respondents == json!(index + 1) { Ok(()) } else { Err(respondents.to_string()) }
        })
        .await;
    }
    assert_eq!(browser.console().await, [""; 0]);
}
