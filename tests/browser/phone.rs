use crate::{CHOSEN, PRIMARY};
use puls_tests::browser::Browser;
use puls_tests::collector::Collector;
use puls_tests::host::{Host, script_tag};
use puls_tests::until;
use serde_json::{Value, json};

/// A phone's keyboard: what is left of the view is told, and nothing else changes.
const KEYBOARD: &str = r#"
    const view = new EventTarget();
    Object.assign(view, { offsetTop: 0, offsetLeft: 0, width: 390, height: 844, scale: 1 });
    Object.defineProperty(window, "visualViewport", { get: () => view });
    window.show = (offsetTop, height, scale = 1) => {
        Object.assign(view, { offsetTop, height, scale });
        view.dispatchEvent(new Event("resize"));
    };"#;

/// Edges of the sheet, and of the field in it.
const EDGES: &str = "const root = document.querySelector('puls-survey').shadowRoot;
    return ['.panel', 'textarea'].map((part) => {
        const { top, bottom } = root.querySelector(part).getBoundingClientRect();
        return [Math.round(top), Math.round(bottom)];
    })";

/// Counts the taps of a finger between the survey's coming and its end.
const TAPS: &str = "window.taps = [];
    addEventListener('pointerdown', ({ pointerType }) => taps.push(pointerType), true);";

async fn phone(page: &str) -> (Host, Browser) {
    let host = Host::page(page).await;
    let browser = Browser::start().await;
    browser.resize(390, 844).await;
    browser.command("Emulation.setTouchEmulationEnabled", json!({ "enabled": true })).await;
    (host, browser)
}

async fn edges(browser: &Browser, what: &str, fits: impl Fn([[i64; 2]; 2]) -> bool) {
    until(what, async || {
        let edges: [[i64; 2]; 2] = serde_json::from_value(browser.run(EDGES, &[]).await).unwrap();
        if fits(edges) { Ok(()) } else { Err(format!("{edges:?}")) }
    })
    .await;
}

#[tokio::test]
async fn a_sheet_stays_above_the_keyboard() {
    let collector = Collector::start();
    let (host, browser) = phone(&script_tag(&collector, "data-survey='csat' data-trigger='load'")).await;
    browser.before_each_page(KEYBOARD).await;
    browser.open(&host.origin()).await;
    let survey = browser.survey("csat");
    survey.choose(1).await;
    survey.heading("What could have been better?").await;
    edges(&browser, "a sheet at the lower edge", |[panel, _]| panel[1] == 844).await;
    // The keyboard takes the lower half; then the browser has scrolled what is left of the view as well.
    for (top, height) in [(0, 420), (60, 420)] {
        browser.run("show(arguments[0], arguments[1])", &[json!(top), json!(height)]).await;
        edges(&browser, "a sheet above the keyboard", |[panel, field]| {
            panel[0] >= top && panel[1] <= top + height && field[0] >= panel[0] && field[1] <= panel[1]
        })
        .await;
    }
    // Two fingers that zoom in leave less of the view as well, but cover nothing.
    browser.run("show(100, 300, 2)", &[]).await;
    edges(&browser, "the lower edge again", |[panel, _]| panel[1] == 844).await;
    browser.run("show(0, 844)", &[]).await;
    edges(&browser, "the lower edge", |[panel, _]| panel[1] == 844).await;
    assert_eq!(browser.page_errors().await, json!([]));
}

#[tokio::test]
async fn from_shown_to_thanks_takes_two_taps() {
    let collector = Collector::start();
    let (host, browser) = phone(&script_tag(&collector, "data-survey='nps'")).await;
    browser.before_each_page(TAPS).await;
    browser.open(&host.origin()).await;
    browser.told_of("puls-shown").await;
    let survey = browser.survey("nps");
    survey.tap("[part='option']:nth-child(10)").await;
    assert_eq!(survey.text(CHOSEN).await, "9");
    survey.tap(&format!("{PRIMARY}:enabled")).await;
    survey.heading("Thank you!").await;
    assert_eq!(browser.run("return taps", &[]).await, json!(["touch", "touch"]));
    let sent = browser.told().await.into_iter().map(|(name, _)| Value::from(name)).collect::<Vec<_>>();
    assert_eq!(sent, ["puls-shown", "puls-answered", "puls-released", "puls-completed"]);
}
