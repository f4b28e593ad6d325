//! Axe, the accessibility checker, finds nothing on any screen that a survey can show.

use crate::walk::{Told, prepare, see_all};
use puls_tests::browser::Browser;
use puls_tests::collector::Collector;
use puls_tests::host::{Host, script_tag};
use puls_tests::{axe, dist};
use serde_json::{Value, json};
use std::fs;

const PRESETS: [&str; 3] = ["calm", "bright", "plain"];

/// All that have words of the widget's own.
const LANGUAGES: [&str; 12] = ["ar", "da", "de", "en", "es", "fi", "fr", "ja", "nb", "nl", "pl", "sv"];

/// A page on which surveys can be opened one after the other.
async fn page(surveys: &[&str]) -> (Collector, Host, Browser) {
    let collector = Collector::with_surveys(surveys);
    let host = Host::page(&script_tag(&collector, "")).await;
    let browser = Browser::start().await;
    prepare(&browser, &axe()).await;
    (collector, host, browser)
}

async fn open(host: &Host, browser: &Browser) {
    browser.open(&host.origin()).await;
    browser.run_async("customElements.whenDefined('puls-survey').then(() => arguments[0]())", &[]).await;
}

/// The ready-made definitions.
fn ready_made() -> Vec<Value> {
    let files = fs::read_dir(dist("surveys")).unwrap().map(|file| file.unwrap().path());
    let surveys: Vec<_> =
        files.map(|file| serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap()).collect();
    assert!(!surveys.is_empty());
    surveys
}

/// Sees every screen of every ready-made survey in one language and each preset, light and dark by turns.
async fn check_surveys(language: &str) {
    let (_collector, host, browser) = page(&[]).await;
    browser.prefer("light").await;
    open(&host, &browser).await;
    for definition in &ready_made() {
        see_all(&browser, &Told { definition, language }, &json!({ "display": "inline" }), &PRESETS).await;
    }
    assert_eq!(browser.page_errors().await, json!([]));
}

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

/// Where a survey says that it wants to stand, on a screen and on a phone, where a matrix comes statement by statement.
#[tokio::test]
async fn nobody_is_shut_out_of_a_survey_in_its_place() {
    let (_collector, host, browser) = page(&[]).await;
    for (width, height) in [(1280, 900), (390, 844)] {
        browser.prefer("dark").await;
        browser.resize(width, height).await;
        open(&host, &browser).await;
        for definition in &ready_made() {
            // What stands in the page's flow has been seen on a screen.
            if width < 600 || definition["show"]["display"] != "inline" {
                see_all(&browser, &Told { definition, language: "en" }, &json!({}), &[]).await;
            }
        }
    }
    assert_eq!(browser.page_errors().await, json!([]));
}

#[tokio::test]
async fn nobody_is_shut_out_of_any_display() {
    let (_collector, host, browser) = page(&[]).await;
    browser.prefer("light").await;
    open(&host, &browser).await;
    let all = ready_made();
    for definition in
        all.iter().filter(|definition| definition["id"] == "csat" || definition["id"] == "trust")
    {
        for display in ["popover", "modal", "bar", "page", "kiosk"] {
            let told = Told { definition, language: "en" };
            see_all(&browser, &told, &json!({ "display": display }), &[]).await;
        }
    }
    assert_eq!(browser.page_errors().await, json!([]));
}

/// The kinds of items whose screens have the most of the widget's own words.
fn wordy() -> Value {
    let words: Value = LANGUAGES.map(|language| (language.to_owned(), json!(["one*"]))).into_iter().collect();
    let options =
        json!([{ "id": "one", "text": "1", "words": words }, { "id": "two", "text": "2", "words": words }]);
    json!({
        "id": "wordy", "version": 1, "audience": "customer", "languages": LANGUAGES, "title": "—",
        "items": [
            { "id": "recommend", "kind": "net_promoter", "text": "0–10" },
            { "id": "stars", "kind": "rating", "text": "☆", "scale": { "points": 5, "style": "stars" } },
            { "id": "faces", "kind": "rating", "text": "☺", "scale": { "points": 5, "style": "smileys" } },
            { "id": "thumbs", "kind": "rating", "text": "☝", "scale": { "points": 2, "style": "thumbs" } },
            { "id": "matrix", "kind": "matrix", "text": "1–7", "scale": { "points": 7 }, "statements": [
                { "id": "a", "text": "A" }, { "id": "b", "text": "B" }] },
            { "id": "some", "kind": "choices", "text": "?", "options": options, "other": { "id": "other", "text": "…" } },
            { "id": "words", "kind": "open_text", "text": "¶", "themes": options, "required": false },
        ],
        "thanks": { "title": "♥" },
        "privacy": { "kind": "randomised", "epsilon": 8.0 },
        "show": { "trigger": ["manual"], "display": "inline" },
    })
}

#[tokio::test]
async fn nobody_is_shut_out_of_the_widget_in_any_language() {
    let definition = wordy();
    let (_collector, host, browser) = page(&[&definition.to_string()]).await;
    browser.prefer("light").await;
    open(&host, &browser).await;
    for language in LANGUAGES {
        see_all(&browser, &Told { definition: &definition, language }, &json!({}), &[]).await;
    }
    assert_eq!(browser.page_errors().await, json!([]));
}
