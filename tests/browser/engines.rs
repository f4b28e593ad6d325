//! One story for every engine: whatever they have in common has to be enough.

use crate::totals::Totals;
use crate::{CHOSEN, PRIMARY, SENT_TOGGLE};
use puls_tests::browser::{Browser, RECORDER};
use puls_tests::collector::Collector;
use puls_tests::engine::Engine;
use puls_tests::host::{Host, script_tag};
use puls_tests::until;
use serde_json::{Value, json};
use thirtyfour::Key;

/// A header that wants to lie above everything, as pages have them.
const HEADER: &str =
    "<style>#header { position: fixed; inset: 0; z-index: 2147483647; pointer-events: none; }</style>
    <div id='header'></div><a href='#'>Before</a>";

/// Whether a point in the middle of each answer is that answer's own, and how many there are.
const REACHED: &str = "const root = document.querySelector(\"puls-survey[survey='nps']\").shadowRoot;
    document.querySelector('#header').style.pointerEvents = 'auto';
    const reached = [...root.querySelectorAll('[role=radio]')].filter((answer) => {
        const { x, y, width, height } = answer.getBoundingClientRect();
        return root.elementFromPoint(x + width / 2, y + height / 2) == answer;
    });
    document.querySelector('#header').style.pointerEvents = '';
    return reached.length";

/// What older browsers lack, as a page's first script. Where there is no top layer, a survey lies as high as z-index goes.
const OLDER: &str = "delete HTMLElement.prototype.popover;
    delete HTMLElement.prototype.showPopover;
    delete Navigator.prototype.locks;
    delete AbortSignal.timeout;
    for (const name of ['navigation', 'requestIdleCallback', 'trustedTypes']) delete window[name];";

#[tokio::test]
async fn the_whole_flow_in_chromium() {
    whole_flow(Engine::Chromium, "").await;
}

#[tokio::test]
async fn the_whole_flow_in_firefox() {
    whole_flow(Engine::Firefox, "").await;
}

#[tokio::test]
async fn the_whole_flow_in_webkitgtk() {
    whole_flow(Engine::WebKitGtk, "").await;
}

#[tokio::test]
async fn the_whole_flow_in_an_older_browser() {
    whole_flow(Engine::Chromium, OLDER).await;
}

async fn whole_flow(engine: Engine, before: &str) {
    let collector = Collector::start();
    let script = script_tag(&collector, "data-survey='nps'");
    let host = Host::page(&format!("<script>{before}{RECORDER}</script>{HEADER}{script}")).await;
    let browser = Browser::start_with(engine).await;
    browser.open(&host.origin()).await;
    answer_by_tap(&browser, &collector).await;
    browser.reload().await;
    answer_by_keyboard(&browser).await;
    answer_a_matrix(&browser).await;
    write(&browser).await;
    for (survey, respondents) in [("nps", 2), ("trust", 1), ("csat", 1)] {
        until(&format!("{respondents} at the collector for {survey}"), async || {
            let totals = Totals::of_results(&collector.results(survey).await);
            if totals.respondents == respondents { Ok(()) } else { Err(format!("{totals:?}")) }
        })
        .await;
    }
    assert_eq!(browser.page_errors().await, json!([]));
}

/// Reads what is sent, sends it, and finds the very same at the collector.
async fn answer_by_tap(browser: &Browser, collector: &Collector) {
    let survey = browser.survey("nps");
    survey.heading("How likely are you").await;
    assert_eq!(browser.focused().await, "body", "the survey takes no focus");
    until("answers above all else", async || match browser.run(REACHED, &[]).await {
        Value::Number(reached) if reached.as_u64() == Some(11) => Ok(()),
        reached => Err(reached.to_string()),
    })
    .await;
    browser.told_of("puls-shown").await;
    survey.choose(9).await;
    assert_eq!(survey.text(CHOSEN).await, "9");
    survey.click(SENT_TOGGLE).await;
    let shown: Value = serde_json::from_str(&survey.text("[part='release']").await).unwrap();
    survey.click(SENT_TOGGLE).await;
    survey.click(PRIMARY).await;
    survey.heading("Thank you!").await;
    assert_eq!(browser.told_of("puls-released").await, shown, "what was shown is what is sent");
    until("the release at the collector", async || {
        let held = Totals::of_results(&collector.results("nps").await);
        if held == Totals::of_release(&shown) { Ok(()) } else { Err(format!("{held:?}")) }
    })
    .await;
    survey.click(PRIMARY).await;
    survey.gone().await;
    let told: Vec<_> = browser.told().await.into_iter().map(|(name, _)| name).collect();
    assert_eq!(told, ["puls-shown", "puls-answered", "puls-released", "puls-completed"]);
}

/// On another visit, where it comes on the page's word alone, as a dialogue that holds the focus and gives it back.
async fn answer_by_keyboard(browser: &Browser) {
    browser.press(&[Key::Tab]).await;
    browser.focus_on("a Before").await;
    browser.run("puls('open', 'nps', { display: 'modal' })", &[]).await;
    browser.told_of("puls-shown").await;
    let survey = browser.survey("nps");
    for (key, focused) in [
        (Key::Tab, "button close"),
        (Key::Tab, "button option 0"),
        (Key::End, "button option 10"),
        (Key::Left, "button option 9"),
    ] {
        browser.press(&[key]).await;
        browser.focus_on(focused).await;
    }
    assert_eq!(survey.count(CHOSEN).await, 0, "moving chooses nothing");
    browser.press(&[Key::Space]).await;
    assert_eq!(survey.text(CHOSEN).await, "9");
    browser.press(&[Key::Tab, Key::Tab]).await;
    browser.focus_on("button primary Send").await;
    browser.press(&[Key::Enter]).await;
    browser.focus_on("h2 Thank you!").await;
    browser.press(&[Key::Escape]).await;
    survey.gone().await;
    browser.focus_on("a Before").await;
}

/// Several statements, of which each is a group by itself.
async fn answer_a_matrix(browser: &Browser) {
    browser.run("puls('open', 'trust')", &[]).await;
    let survey = browser.survey("trust");
    survey.heading("How far do you agree or disagree?").await;
    for row in 2..=4 {
        survey.click(&format!(".row:nth-child({row}) [part='option']:nth-child({row})")).await;
    }
    browser.run("document.documentElement.lang = 'sv'", &[]).await;
    survey.heading("Hur väl stämmer påståendena?").await;
    assert_eq!(survey.count(CHOSEN).await, 3, "another language loses no answer");
    browser.run("document.documentElement.lang = 'en'", &[]).await;
    survey.heading("How far do you agree or disagree?").await;
    survey.click(PRIMARY).await;
    survey.heading("Thank you!").await;
}

/// Words, of which the themes alone are counted.
async fn write(browser: &Browser) {
    browser.run("puls('open', 'csat')", &[]).await;
    let survey = browser.survey("csat");
    survey.heading("How satisfied are you with your visit so far?").await;
    survey.choose(1).await;
    survey.heading("What could have been better?").await;
    survey.find("textarea").await.send_keys("I had to wait, and the staff was rude").await.unwrap();
    until("two themes", async || match survey.count("[part='theme'][aria-pressed='true']").await {
        2 => Ok(()),
        other => Err(other.to_string()),
    })
    .await;
    survey.click(PRIMARY).await;
    survey.heading("Thank you for telling us").await;
}
