use crate::totals::Totals;
use crate::{CHOSEN, PRIMARY};
use puls_tests::browser::Browser;
use puls_tests::collector::Collector;
use puls_tests::host::{Host, script_tag};
use puls_tests::survey::Survey;
use serde_json::json;
use thirtyfour::Key;

/// A page with a link before and one after the survey.
async fn page(collector: &Collector) -> Host {
    let script = script_tag(collector, "data-survey=\"nps\"");
    Host::page(&format!("<a href=\"#\">Before</a>{script}<a href=\"#\">After</a>")).await
}

#[tokio::test]
async fn an_answer_by_keyboard_alone() {
    let collector = Collector::start();
    let host = page(&collector).await;
    let browser = Browser::start().await;
    browser.open(&host.origin()).await;
    let survey = browser.survey("nps");
    browser.told_of("puls-shown").await;
    assert_eq!(browser.focused().await, "body", "the survey takes no focus");

    walk(
        &browser,
        &[
            (Key::Tab, "a Before"),
            (Key::Tab, "button close"),
            (Key::Tab, "button option 0"),
            // One tab stop for eleven answers.
            (Key::Tab, "button sent-toggle What is sent?"),
            (Key::Tab, "button not-now Not now"),
            (Key::Tab, "button never Don't ask again"),
            (Key::Tab, "a After"),
        ],
    )
    .await;
    choose_by_arrows(&browser, &survey).await;
    send_by_keys(&browser, &survey).await;
    assert_eq!(browser.page_errors().await, json!([]));
    browser.told_of("puls-completed").await;
    let held = puls_tests::until("the release at the collector", async || {
        let totals = Totals::of_results(&collector.results("nps").await);
        if totals.respondents > 0 { Ok(totals) } else { Err(format!("{totals:?}")) }
    });
    assert_eq!(held.await.respondents, 1);
}

/// Arrows, Home and End move without choosing; Space chooses.
async fn choose_by_arrows(browser: &Browser, survey: &Survey<'_>) {
    browser.press_with_shift(&[Key::Tab, Key::Tab, Key::Tab, Key::Tab]).await;
    browser.focus_on("button option 0").await;
    walk(
        browser,
        &[
            (Key::Right, "button option 1"),
            (Key::Down, "button option 2"),
            (Key::Left, "button option 1"),
            (Key::Up, "button option 0"),
            (Key::Left, "button option 10"),
            (Key::Right, "button option 0"),
            (Key::End, "button option 10"),
            (Key::Home, "button option 0"),
            (Key::End, "button option 10"),
        ],
    )
    .await;
    assert_eq!(survey.count(CHOSEN).await, 0, "moving chooses nothing");
    assert_eq!(survey.count("[role='radio'][tabindex='0']").await, 1, "one tab stop");
    browser.press(&[Key::Space]).await;
    assert_eq!(survey.text(CHOSEN).await, "10");
    browser.focus_on("button option 10").await;
}

/// Reads what is sent, and sends it.
async fn send_by_keys(browser: &Browser, survey: &Survey<'_>) {
    walk(browser, &[(Key::Tab, "button sent-toggle What is sent?"), (Key::Enter, "h2 What is sent?")]).await;
    let release = survey.text("[part='release']").await;
    walk(
        browser,
        &[
            (Key::Tab, format!("pre release {release}").as_str()),
            (Key::Tab, "button sent-toggle Back"),
            (Key::Space, "button sent-toggle What is sent?"),
            (Key::Tab, "button not-now Not now"),
            (Key::Tab, "button never Don't ask again"),
            (Key::Tab, "button primary Send"),
            (Key::Enter, "h2 Thank you!"),
        ],
    )
    .await;
}

#[tokio::test]
async fn escape_dismisses_from_inside_alone() {
    let collector = Collector::start();
    let host = page(&collector).await;
    let browser = Browser::start().await;
    browser.open(&host.origin()).await;
    let survey = browser.survey("nps");
    survey.find(PRIMARY).await;
    walk(&browser, &[(Key::Tab, "a Before"), (Key::Escape, "a Before")]).await;
    browser.told_of("puls-shown").await;
    walk(&browser, &[(Key::Tab, "button close"), (Key::Tab, "button option 0")]).await;
    browser.press(&[Key::Escape]).await;
    survey.gone().await;
    let events: Vec<_> = browser.told().await.into_iter().map(|(name, _)| name).collect();
    assert_eq!(events, ["puls-shown", "puls-dismissed"]);
    assert_eq!(browser.network().await.posted(), [""; 0]);
}

/// Presses one key after the other and checks what has the focus then.
async fn walk(browser: &Browser, steps: &[(Key, &str)]) {
    for (key, focused) in steps {
        browser.press(std::slice::from_ref(key)).await;
        browser.focus_on(focused).await;
    }
}
