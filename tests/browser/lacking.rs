//! What older browsers lack, and what a survey loses by it, as docs/embedding.md says.

use crate::{CHOSEN, PRIMARY};
use puls_tests::browser::Browser;
use puls_tests::collector::Collector;
use puls_tests::host::{Host, script_tag};
use serde_json::json;

/// Has the engine meet functions that it doesn't know, where a newer one finds relative colours.
const NO_RELATIVE_COLOURS: &str = "const genuine = CSSStyleSheet.prototype.replaceSync;
    CSSStyleSheet.prototype.replaceSync = function (css) {
        return genuine.call(this, css.replace(/light-dark\\(|color\\(from/g, 'unheard-of('));
    };";

const NO_CONSTRUCTED_SHEETS: &str =
    "window.CSSStyleSheet = class { constructor() { throw TypeError('Illegal constructor'); } };";

const COLOURS: &str = "const root = document.querySelector('puls-survey').shadowRoot;
    return arguments[0].map((selector) => {
        const { color, backgroundColor } = getComputedStyle(root.querySelector(selector));
        return [color, backgroundColor];
    })";

#[tokio::test]
async fn without_relative_colours_it_is_light_and_calm() {
    let collector = Collector::start();
    let host = Host::page(&script_tag(&collector, "data-survey='nps' data-preset='bright'")).await;
    let browser = Browser::start().await;
    browser.before_each_page(NO_RELATIVE_COLOURS).await;
    browser.prefer("dark").await;
    browser.open(&host.origin()).await;
    let survey = browser.survey("nps");
    survey.choose(9).await;
    survey.find(&format!("{PRIMARY}:enabled")).await;
    let [white, black] = ["rgb(255, 255, 255)", "rgb(0, 0, 0)"];
    let panel = ["rgb(26, 33, 36)", white];
    for (tokens, accent, on_accent) in [
        ("", "rgb(15, 118, 110)", white),
        ("--puls-accent: #c00", "rgb(204, 0, 0)", white),
        ("--puls-accent: #fc0; --puls-on-accent: #000", "rgb(255, 204, 0)", black),
    ] {
        browser.run("document.querySelector('puls-survey').style = arguments[0]", &[json!(tokens)]).await;
        let colours = browser.run(COLOURS, &[json!([".panel", CHOSEN, PRIMARY])]).await;
        assert_eq!(colours, json!([panel, [on_accent, accent], [on_accent, accent]]), "{tokens}");
    }
    survey.click(PRIMARY).await;
    survey.heading("Thank you!").await;
    assert_eq!(browser.page_errors().await, json!([]));
}

/// Waits until the page is told that the survey couldn't be fetched, and sees to it that nothing of it is there.
async fn does_not_open(browser: &Browser) {
    assert_eq!(browser.told_of("puls-error").await["code"], json!("load"));
    assert_eq!(browser.survey("nps").count("*").await, 0);
    assert_eq!(browser.told().await.len(), 1);
}

#[tokio::test]
async fn without_constructed_style_sheets_it_does_not_open() {
    let collector = Collector::start();
    let host = Host::page(&script_tag(&collector, "data-survey='nps'")).await;
    let browser = Browser::start().await;
    browser.before_each_page(NO_CONSTRUCTED_SHEETS).await;
    browser.open(&host.origin()).await;
    does_not_open(&browser).await;
    assert_eq!(browser.page_errors().await, json!([]));
}

/// A browser that doesn't know `'wasm-unsafe-eval'` takes a policy with it for one without.
#[tokio::test]
async fn where_webassembly_may_not_be_compiled_it_does_not_open() {
    let collector = Collector::start();
    let policy = format!("script-src {}", collector.origin);
    let page = script_tag(&collector, "data-survey='nps'");
    let host = Host::page_with("content-security-policy", &policy, &page).await;
    let browser = Browser::start().await;
    browser.open(&host.origin()).await;
    does_not_open(&browser).await;
}
