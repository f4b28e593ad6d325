use crate::PRIMARY;
use puls_tests::browser::Browser;
use puls_tests::collector::Collector;
use puls_tests::host::{Host, script_tag};
use puls_tests::survey::Survey;
use puls_tests::until;
use serde_json::{Value, json};

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
    answer(&browser, &collector).await;
    assert_eq!(browser.page_errors().await, json!([]));
    assert_eq!(browser.console().await, [""; 0]);
}

#[tokio::test]
async fn the_pages_styles_stay_outside() {
    let collector = Collector::start();
    let script = script_tag(&collector, "data-survey=\"nps\"");
    let browser = Browser::start().await;
    let mut looks = Vec::new();
    for page in [script.clone(), format!("{STYLES}{script}")] {
        let host = Host::page(&page).await;
        browser.open(&host.origin()).await;
        looks.push(look(&browser).await);
        if looks.len() == 2 {
            answer(&browser, &collector).await;
        }
    }
    let [plain, styled] = [0, 1].map(|page| looks[page].as_array().unwrap());
    assert_eq!(plain.len(), styled.len());
    for (plain, styled) in plain.iter().zip(styled) {
        assert_eq!(styled, plain, "it looks the same on both pages");
    }
}

#[tokio::test]
async fn a_page_that_changes_the_language_breaks_nothing() {
    let collector = Collector::start();
    let host = Host::page(&format!("{PROTOTYPES}{}", script_tag(&collector, "data-survey=\"nps\""))).await;
    let browser = Browser::start().await;
    browser.open(&host.origin()).await;
    answer(&browser, &collector).await;
    assert_eq!(browser.page_errors().await, json!([]));
}

async fn answer(browser: &Browser, collector: &Collector) {
    let survey = browser.survey("nps");
    survey.choose(8).await;
    survey.click(PRIMARY).await;
    survey.heading("Thank you!").await;
    until("the release at the collector", async || {
        let results = collector.results("nps").await;
        if results["respondents"] == json!(1) { Ok(()) } else { Err(results["respondents"].to_string()) }
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
