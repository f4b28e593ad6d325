use crate::PRIMARY;
use puls_tests::browser::Browser;
use puls_tests::collector::Collector;
use puls_tests::host::{Host, script_tag};
use puls_tests::until;
use serde_json::{Value, json};

/// Words that occur nowhere else, so that any trace of them is one of an answer.
const SURVEY: &str = r#"{
    "id": "animals", "version": 1, "audience": "customer", "languages": ["en"], "title": "Animals",
    "items": [{"id": "favourite", "kind": "choice", "text": "Which is your favourite?", "options": [
        {"id": "quokka-id", "text": "Quokka"}, {"id": "axolotl-id", "text": "Axolotl"},
        {"id": "pangolin-id", "text": "Pangolin"}]}],
    "privacy": {"kind": "randomised", "epsilon": 1.0}}"#;

/// Everything that a page can leave behind, or that other scripts on it can look into.
const TRACES: &str = r#"
    const [done] = arguments;
    const entries = (storage) => Object.fromEntries(Object.entries(storage));
    (async () => done({
        localStorage: entries(localStorage),
        sessionStorage: entries(sessionStorage),
        databases: (await indexedDB.databases()).map(({ name }) => name),
        caches: await caches.keys(),
        cookie: document.cookie,
        address: location.href,
        historyState: history.state,
        windowName: window.name,
        page: document.documentElement.outerHTML,
        fetched: performance.getEntriesByType("resource").map(({ name }) => name),
    }))();"#;

/// The traces once an answer is given and what it leads to is known, and apart from them what is kept for that.
async fn answered(browser: &Browser) -> (Value, Value) {
    browser.survey("animals").find(&format!("{PRIMARY}:enabled")).await;
    let mut traces = browser.run_async(TRACES, &[]).await;
    let kept = traces["localStorage"].as_object_mut().unwrap().remove("puls.keep.animals");
    (traces, kept.unwrap_or_default())
}

#[tokio::test]
async fn an_answer_leaves_no_trace_in_the_browser() {
    let collector = Collector::with_surveys(&[SURVEY]);
    let host = Host::page(&script_tag(&collector, "data-survey=\"animals\"")).await;
    let browser = Browser::start().await;
    browser.open(&host.origin()).await;
    let survey = browser.survey("animals");
    survey.heading("Which is your favourite?").await;
    let untouched = browser.run_async(TRACES, &[]).await;
    assert_eq!(untouched["localStorage"], json!({}), "showing a survey stores nothing");

    survey.choose(2).await;
    let (first, kept) = answered(&browser).await;
    survey.choose(1).await;
    let (second, kept_then) = answered(&browser).await;
    assert_eq!(first, second, "another answer leaves the same behind");
    assert_eq!(kept_then, kept, "what is reported for each answer is drawn once, whichever is given");
    assert_eq!(first, untouched, "and else nothing");
    survey.click(PRIMARY).await;
    survey.heading("Thank you!").await;
    let sent = until("an empty outbox", async || {
        let traces = browser.run_async(TRACES, &[]).await;
        if traces["localStorage"]["puls.outbox"] == json!("[]") {
            Ok(traces)
        } else {
            Err(traces.to_string())
        }
    })
    .await;

    let stored = sent["localStorage"].as_object().unwrap();
    let keys: Vec<_> = stored.keys().map(String::as_str).collect();
    assert_eq!(keys, ["puls.keep.animals", "puls.outbox", "puls.seen"]);
    let seen: Value = serde_json::from_str(stored["puls.seen"].as_str().unwrap()).unwrap();
    assert_eq!(seen, json!({ "animals": browser.run("return Math.floor(Date.now() / 864e5)", &[]).await }));
    let kept: Value = serde_json::from_str(stored["puls.keep.animals"].as_str().unwrap()).unwrap();
    assert_eq!(kept["batches"], json!([]));
    // That it was used once is all that sending adds.
    let mut expected: Value = serde_json::from_str(kept_then.as_str().unwrap()).unwrap();
    (expected["spent"], expected["replacements"]["favourite"]["used"]) = (json!(1), json!(1));
    assert_eq!(kept, expected);
    // One replacement for each possible answer, whichever was given.
    assert_eq!(kept["replacements"]["favourite"]["classes"].as_array().unwrap().len(), 3);
    for place in
        ["sessionStorage", "databases", "caches", "cookie", "address", "historyState", "windowName", "page"]
    {
        assert_eq!(sent[place], untouched[place], "{place} is as before");
    }
    let everything =
        format!("{sent} {:?} {:?}", browser.console().await, browser.told().await).to_lowercase();
    for word in ["quokka", "axolotl", "pangolin"] {
        assert!(!everything.contains(word), "{word} is in {everything}");
    }
}
