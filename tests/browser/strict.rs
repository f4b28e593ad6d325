use crate::{CHOSEN, PRIMARY};
use puls_tests::browser::Browser;
use puls_tests::collector::Collector;
use puls_tests::host::{Host, script_tag};
use puls_tests::package::node_modules;
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

/// A survey for the full widget, in the page's own flow: statements, then words.
fn mixed() -> String {
    json!({
        "id": "mixed", "version": 1, "audience": "customer", "languages": ["en"], "title": "Your visit",
        "items": [
            { "id": "visit", "kind": "matrix", "text": "How far do you agree?", "scale": { "points": 5 }, "statements": [
                { "id": "quick", "text": "It was quick." }, { "id": "easy", "text": "It was easy." }] },
            { "id": "better", "kind": "open_text", "text": "What could be better?", "required": false,
                "themes": [{ "id": "staff", "text": "The staff", "words": { "en": ["staff"] } }] },
        ],
        "thanks": { "title": "Thanks for that!" },
        "privacy": { "kind": "randomised", "epsilon": 4.0 },
        "show": { "trigger": ["manual"], "display": "inline" },
    })
    .to_string()
}

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
    let collector = Collector::with_surveys(&[&mixed()]);
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
    answer_mixed(&browser, &collector, 1).await;
    assert_eq!(browser.page_errors().await, json!([]));
    assert_eq!(browser.console().await, [""; 0]);
}

#[tokio::test]
async fn the_pages_styles_stay_outside() {
    let collector = Collector::with_surveys(&[&mixed()]);
    let script = script_tag(&collector, "data-survey=\"nps\"");
    let browser = Browser::start().await;
    let sheets = ["bootstrap/dist/css/bootstrap.min.css", "tailwindcss/preflight.css"]
        .map(|sheet| format!("<style>{}</style>", fs::read_to_string(node_modules(sheet)).unwrap()));
    let mut looks = Vec::new();
    for (answers, sheet) in ["", &sheets[0], &sheets[1], STYLES].into_iter().enumerate() {
        let host = Host::page(&format!("{sheet}<p>Theirs</p>{script}")).await;
        browser.open(&host.origin()).await;
        let own = browser.run(OWN, &[]).await;
        browser.told_of("puls-shown").await;
        let mut look = look(&browser, "nps").await;
        assert_eq!(browser.run(OWN, &[]).await, own, "and the survey's stay inside");
        answer(&browser, &collector, answers + 1).await;
        look.extend(answer_mixed(&browser, &collector, answers + 1).await);
        looks.push(look);
        browser.run("puls('forget')", &[]).await;
    }
    let plain = &looks[0];
    for styled in &looks[1..] {
        assert_eq!(plain.len(), styled.len());
        for (plain, styled) in plain.iter().zip(styled) {
            assert_eq!(styled, plain, "it looks the same on every page");
        }
    }
    assert_eq!(browser.page_errors().await, json!([]));
}

#[tokio::test]
async fn a_page_that_changes_the_language_breaks_nothing() {
    let collector = Collector::with_surveys(&[&mixed()]);
    let host = Host::page(&format!("{PROTOTYPES}{}", script_tag(&collector, "data-survey=\"nps\""))).await;
    let browser = Browser::start().await;
    browser.open(&host.origin()).await;
    answer(&browser, &collector, 1).await;
    answer_mixed(&browser, &collector, 1).await;
    assert_eq!(browser.page_errors().await, json!([]));
}

/// Answers, so that the collector has this many answers.
async fn answer(browser: &Browser, collector: &Collector, respondents: usize) {
    let survey = browser.survey("nps");
    survey.choose(8).await;
    survey.click(PRIMARY).await;
    survey.heading("Thank you!").await;
    arrives(collector, "nps", respondents).await;
}

/// Opens the survey of the full widget and answers likewise; what comes back is how its screens look.
async fn answer_mixed(browser: &Browser, collector: &Collector, respondents: usize) -> Vec<Value> {
    browser.run("puls('open', 'mixed')", &[]).await;
    let survey = browser.survey("mixed");
    survey.heading("How far do you agree?").await;
    browser.told_of("puls-shown").await;
    for row in 2..=3 {
        survey.click(&format!(".row:nth-child({row}) [part='option']:nth-child({row})")).await;
        survey.find(&format!(".row:nth-child({row}) {CHOSEN}")).await;
    }
    let mut looks = look(browser, "mixed").await;
    survey.click(PRIMARY).await;
    survey.heading("What could be better?").await;
    survey.find("textarea").await.send_keys("The staff was rude").await.unwrap();
    survey.find("[part='theme'][aria-pressed='true']").await;
    looks.extend(look(browser, "mixed").await);
    survey.click(&format!("{PRIMARY}:enabled")).await;
    survey.heading("Thanks for that!").await;
    arrives(collector, "mixed", respondents).await;
    looks
}

async fn arrives(collector: &Collector, survey: &str, respondents: usize) {
    until("the release at the collector", async || {
        let results = collector.results(survey).await;
        if results["respondents"] == json!(respondents) {
            Ok(())
        } else {
            Err(results["respondents"].to_string())
        }
    })
    .await;
}

/// The looks and places of everything that a respondent sees; where a survey stands in the page's flow, the page says.
async fn look(browser: &Browser, id: &str) -> Vec<Value> {
    let script = r#"
        const [names, id, done] = arguments;
        const root = document.querySelector(`puls-survey[survey=${id}]`).shadowRoot;
        const panel = root.querySelector(".panel");
        const origin = panel.dataset.display == "inline" ? panel.getBoundingClientRect() : { x: 0, y: 0 };
        // Once it has come in.
        Promise.all(root.getAnimations().map(({ finished }) => finished)).then(() => done(
            [...root.querySelectorAll("section, h2, p, button, textarea, .anchors, .ends, .row, .statement")].map((element) => {
                const { x, y, width, height } = element.getBoundingClientRect();
                const style = getComputedStyle(element);
                const place = [x - origin.x, y - origin.y, width, height].map((length) => Math.round(length * 100) / 100);
                return [element.localName, element.textContent, place, names.map((name) => [name, style.getPropertyValue(name)])];
            })));"#;
    let looks = browser.run_async(script, &[json!(LOOKS), json!(id)]).await;
    looks.as_array().unwrap().clone()
}
