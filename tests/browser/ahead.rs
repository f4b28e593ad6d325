use crate::{CHOSEN, PRIMARY};
use puls_tests::browser::Browser;
use puls_tests::collector::Collector;
use puls_tests::host::{Host, script_tag};
use puls_tests::until;
use serde_json::json;
use thirtyfour::Key;

/// Notes what can be seen and reached of the first answer in the first frame that has it, and taps it there.
const FIRST_FRAME: &str = "requestAnimationFrame(function look() {
    const option = document.querySelector('puls-survey')?.shadowRoot?.querySelector('[part=option]');
    if (!option) return requestAnimationFrame(look);
    let opacity = 1;
    for (let around = option; around; around = around.parentElement) opacity *= getComputedStyle(around).opacity;
    const { x, y, width, height } = option.getBoundingClientRect();
    const reached = option.getRootNode().elementFromPoint(x + width / 2, y + height / 2);
    const moving = option.closest('.stage').getAnimations().length;
    window.firstFrame = { opacity, reachable: reached == option, moving };
    reached.click();
});";

/// A browser on a page with the NPS survey, whose WebAssembly takes half a minute to arrive.
async fn waiting(collector: &Collector) -> (Host, Browser) {
    let host = Host::page(&script_tag(collector, "data-survey=\"nps\"")).await;
    let browser = Browser::start().await;
    limit(&browser, 4_000).await;
    browser.open(&host.origin()).await;
    browser.survey("nps").heading("How likely are you").await;
    assert!(is_waiting(&browser).await, "the first screen is there before the WebAssembly");
    (host, browser)
}

async fn limit(browser: &Browser, bytes_per_second: i32) {
    let network = json!({ "offline": false, "latency": 0, "downloadThroughput": bytes_per_second,
        "uploadThroughput": -1 });
    browser.command("Network.emulateNetworkConditions", network).await;
}

async fn is_waiting(browser: &Browser) -> bool {
    browser.network().await.only("/assets/", ".wasm").finished_s.is_none()
}

async fn taken_over(browser: &Browser) {
    limit(browser, -1).await;
    browser.told_of("puls-shown").await;
}

#[tokio::test]
async fn an_answer_given_before_the_webassembly_is_there_counts() {
    let collector = Collector::start();
    let (_host, browser) = waiting(&collector).await;
    let survey = browser.survey("nps");
    survey.choose(3).await;
    survey.choose(9).await;
    assert_eq!(survey.text(CHOSEN).await, "9", "the tap shows at once, and the later one counts");
    assert!(is_waiting(&browser).await);
    taken_over(&browser).await;
    assert_eq!(survey.text(CHOSEN).await, "9");
    survey.click(PRIMARY).await;
    survey.heading("Thank you!").await;
    until("the release at the collector", async || {
        let results = collector.results("nps").await;
        if results["respondents"] == json!(1) { Ok(()) } else { Err(results["respondents"].to_string()) }
    })
    .await;
    assert_eq!(browser.page_errors().await, json!([]));
    assert_eq!(browser.console().await, [""; 0]);
}

#[tokio::test]
async fn it_is_opaque_and_can_be_tapped_from_its_first_frame_on() {
    let collector = Collector::start();
    for display in ["popover", "modal", "bar"] {
        let tag = script_tag(&collector, &format!("data-survey='nps' data-display='{display}'"));
        let host = Host::page(&tag).await;
        let browser = Browser::start().await;
        browser.before_each_page(FIRST_FRAME).await;
        for (motion, moving) in [("no-preference", 1), ("reduce", 0)] {
            browser.emulate(&[("prefers-reduced-motion", motion)]).await;
            browser.open(&host.origin()).await;
            browser.told_of("puls-shown").await;
            let seen = browser.run("return window.firstFrame", &[]).await;
            let expected = json!({ "opacity": 1, "reachable": true, "moving": moving });
            assert_eq!(seen, expected, "{display}, {motion}");
            assert_eq!(browser.survey("nps").text(CHOSEN).await, "0", "{display}, {motion}");
        }
    }
}

#[tokio::test]
async fn focus_and_keys_are_handed_over() {
    let collector = Collector::start();
    let (_host, browser) = waiting(&collector).await;
    until("the focus on the scores", async || {
        browser.press(&[Key::Tab]).await;
        let focused = browser.focused().await;
        if focused == "button option 0" { Ok(()) } else { Err(focused) }
    })
    .await;
    browser.press(&[Key::Right, Key::Right]).await;
    taken_over(&browser).await;
    browser.focus_on("button option 2").await;
}

#[tokio::test]
async fn a_survey_closed_before_the_webassembly_is_there_stays_closed() {
    let collector = Collector::start();
    for is_key in [false, true] {
        let (_host, browser) = waiting(&collector).await;
        let survey = browser.survey("nps");
        if is_key {
            // The answer doesn't follow the key that closes the survey.
            survey.choose(9).await;
            browser.press(&[Key::Escape]).await;
        } else {
            survey.click("[part='close']").await;
        }
        limit(&browser, -1).await;
        browser.told_of("puls-dismissed").await;
        survey.gone().await;
        let events: Vec<_> = browser.told().await.into_iter().map(|(name, _)| name).collect();
        assert_eq!(events, ["puls-shown", "puls-dismissed"]);
    }
}
