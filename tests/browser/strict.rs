use crate::PRIMARY;
use puls_tests::browser::Browser;
use puls_tests::collector::Collector;
use puls_tests::host::{Host, script_tag};
use puls_tests::package::node_modules;
use puls_tests::survey::Survey;
use puls_tests::until;
use serde_json::{Value, json};
use std::fs;

/// What a page may do to everything on it, and many a page does.
const STYLES: &str = "<style>
    * { all: revert !important; color: red !important; background: lime !important; font: italic 9px/3 cursive !important;
        letter-spacing: 9px !important; text-transform: uppercase !important; text-align: center !important;
        white-space: nowrap !important; visibility: visible; cursor: wait !important; direction: ltr; }
    button, section, h2, div, footer, svg, [role=radio] { display: none !important; }
    html { font-size: 3px; }
    :root { --_accent: red; --_text: lime; --_font: fantasy; }
</style>";

/// What libraries of another age do to the language itself.
const PROTOTYPES: &str = r#"<script>
    Array.prototype.extra = function () { throw Error("extra"); };
    Object.prototype.extra = "extra";
    Array.prototype.toJSON = function () { return "not an array"; };
    String.prototype.toJSON = function () { return "not a string"; };
    // Before they were in the language, these had other meanings.
    Array.prototype.reduce = function () { return this; };
    Array.prototype.flat = Array.prototype.at = () => { throw Error("not of this age"); };
    // And whoever measures a page wraps what it fetches with.
    const genuine = window.fetch;
    window.fetched = [];
    window.fetch = async function (address, init) {
        fetched.push(String(address));
        const answer = await genuine.call(window, new Request(address, init));
        return answer.clone();
    };
</script>"#;

/// How each answer looks, wherever the page has put it.
const LOOKS: [&str; 12] = [
    "color",
    "background-color",
    "font-family",
    "font-size",
    "font-style",
    "line-height",
    "letter-spacing",
    "text-transform",
    "white-space",
    "display",
    "cursor",
    "min-height",
];

/// How the page's own things look.
const OWN: &str =
    "return [document.body, ...document.querySelectorAll('header, h1, p, footer')].map((element) => {
    const { x, y, width } = element.getBoundingClientRect();
    const { color, fontFamily, fontSize, margin, display } = getComputedStyle(element);
    return [x, y, width, color, fontFamily, fontSize, margin, display];
})";

#[tokio::test]
async fn a_strict_policy_suffices() {
    let collector = Collector::start();
    // The page's own icon aside, this is what docs/embedding.md asks for.
    let origin = &collector.origin;
    let policy = format!(
        "default-src 'none'; img-src data:; script-src {origin} 'wasm-unsafe-eval'; connect-src {origin}; \
         base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    );
    let page = script_tag(&collector, "data-survey=\"nps\"");
    let host = Host::page_with("content-security-policy", &policy, &page).await;
    let browser = Browser::start().await;
    browser.open(&host.origin()).await;
    answer(&browser, &collector, 1).await;
    assert_eq!(browser.page_errors().await, json!([]));
    assert_eq!(browser.console().await, [""; 0]);
}

#[tokio::test]
async fn the_pages_styles_stay_outside() {
    let collector = Collector::start();
    let script = script_tag(&collector, "data-survey=\"nps\"");
    let browser = Browser::start().await;
    let sheets = ["bootstrap/dist/css/bootstrap.min.css", "tailwindcss/preflight.css"]
        .map(|sheet| format!("<style>{}</style>", fs::read_to_string(node_modules(sheet)).unwrap()));
    let mut looks = Vec::new();
    for (answers, sheet) in ["", &sheets[0], &sheets[1], STYLES].into_iter().enumerate() {
        let host = Host::page(&format!("{sheet}<p>Theirs</p>{script}")).await;
        browser.open(&host.origin()).await;
        let own = browser.run(OWN, &[]).await;
        looks.push(look(&browser).await);
        assert_eq!(browser.run(OWN, &[]).await, own, "and the survey's stay inside");
        answer(&browser, &collector, answers + 1).await;
        browser.run("puls('forget')", &[]).await;
    }
    let plain = looks[0].as_array().unwrap();
    for styled in &looks[1..] {
        let styled = styled.as_array().unwrap();
        assert_eq!(plain.len(), styled.len());
        for (plain, styled) in plain.iter().zip(styled) {
            assert_eq!(styled, plain, "it looks the same on every page");
        }
    }
    assert_eq!(browser.page_errors().await, json!([]));
}

#[tokio::test]
async fn a_page_that_changes_the_language_breaks_nothing() {
    let collector = Collector::start();
    let host = Host::page(&format!("{PROTOTYPES}{}", script_tag(&collector, "data-survey=\"nps\""))).await;
    let browser = Browser::start().await;
    browser.open(&host.origin()).await;
    answer(&browser, &collector, 1).await;
    assert_eq!(browser.page_errors().await, json!([]));
}

/// Answers, so that the collector has this many answers.
async fn answer(browser: &Browser, collector: &Collector, respondents: usize) {
    let survey = browser.survey("nps");
    survey.choose(8).await;
    survey.click(PRIMARY).await;
    survey.heading("Thank you!").await;
    until("the release at the collector", async || {
        let results = collector.results("nps").await;
        if results["respondents"] == json!(respondents) {
            Ok(())
        } else {
            Err(results["respondents"].to_string())
        }
    })
    .await;
}

/// The looks and places of everything that a respondent sees.
async fn look(browser: &Browser) -> Value {
    let survey: Survey<'_> = browser.survey("nps");
    survey.heading("How likely are you").await;
    let script = r#"
        const [done, names] = [arguments[1], arguments[0]];
        const root = document.querySelector("puls-survey").shadowRoot;
        // Once it has come in.
        Promise.all(root.getAnimations().map(({ finished }) => finished)).then(() => done(
            [...root.querySelectorAll("section, h2, button, .anchors")].map((element) => {
                const { x, y, width, height } = element.getBoundingClientRect();
                const style = getComputedStyle(element);
                return [element.localName, element.textContent, x, y, width, height, names.map((name) => [name, style.getPropertyValue(name)])];
            })));"#;
    browser.run_async(script, &[json!(LOOKS)]).await
}
