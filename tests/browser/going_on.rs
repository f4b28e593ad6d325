use crate::{CHOSEN, PRIMARY};
use puls_documents::{choice, direct, rating, survey};
use puls_tests::browser::Browser;
use puls_tests::collector::Collector;
use puls_tests::host::{Host, script_tag};
use puls_tests::survey::Survey;
use puls_tests::until;
use serde_json::{Value, json};
use thirtyfour::Key;

/// Whether these words of an answer, or an answer at all, are anywhere in what outlives the page.
const STORED: &str = "return [Object.entries(localStorage), Object.entries(sessionStorage)]";

/// Not what its words say: it is neither counted in batches nor sealed.
fn namesake() -> String {
    let which = choice("which", [("batched", "batched"), ("sealed", "sealed")]);
    survey("namesake")
        .item(which.text("How is the mail sorted?"))
        .item(rating("ease", 5).text("How easy was it?"))
        .privacy(direct())
        .show(json!({ "trigger": ["manual"], "display": "popover" }))
        .to_string()
}

async fn open(browser: &Browser, id: &str, options: Value) {
    browser.run("puls('open', arguments[0], arguments[1])", &[json!(id), options]).await;
}

/// Closes a survey on the page's word.
async fn close(browser: &Browser, survey: &Survey<'_>) {
    browser.run("puls('close')", &[]).await;
    survey.gone().await;
}

/// How often the page was told that a survey is shown.
async fn shown(browser: &Browser) -> usize {
    browser.told().await.into_iter().filter(|(name, _)| name == "puls-shown").count()
}

async fn page(collector: &Collector) -> (Host, Browser) {
    let host = Host::page(&script_tag(collector, "")).await;
    let browser = Browser::start().await;
    browser.open(&host.origin()).await;
    (host, browser)
}

#[tokio::test]
async fn closed_in_the_middle_it_goes_on_there() {
    let collector = Collector::start();
    let (_host, browser) = page(&collector).await;
    open(&browser, "support-chat", json!({})).await;
    let survey = browser.survey("support-chat");
    survey.choose(2).await;
    survey.heading("How easy").await;
    survey.choose(4).await;
    survey.heading("How well did the person know").await;
    browser.press(&[Key::Escape]).await;
    survey.gone().await;
    let stored = browser.run(STORED, &[]).await;

    open(&browser, "support-chat", json!({})).await;
    survey.heading("How well did the person know").await;
    survey.click("[part='back']").await;
    assert_eq!(survey.text(CHOSEN).await, "5");
    // On the page's word it is the same, and the language may have changed in between.
    close(&browser, &survey).await;
    browser.run("document.documentElement.lang = 'sv'", &[]).await;
    open(&browser, "support-chat", json!({})).await;
    survey.heading("Hur lätt").await;
    assert_eq!(survey.text(CHOSEN).await, "5");
    assert_eq!(browser.run(STORED, &[]).await, stored, "it was in memory alone");
    assert_eq!(shown(&browser).await, 3);
    survey.click(PRIMARY).await;
    survey.heading("Hur kunnig").await;
    assert_eq!(browser.page_errors().await, json!([]));
    assert_eq!(browser.console().await, [""; 0]);
}

#[tokio::test]
async fn what_an_option_is_called_says_nothing_of_the_survey() {
    let collector = Collector::with_surveys(&[&namesake()]);
    let (_host, browser) = page(&collector).await;
    let survey = browser.survey("namesake");
    open(&browser, "namesake", json!({})).await;
    survey.choose(0).await;
    survey.heading("How easy").await;
    close(&browser, &survey).await;
    open(&browser, "namesake", json!({})).await;
    survey.heading("How easy").await;
    assert_eq!(browser.page_errors().await, json!([]));
}

#[tokio::test]
async fn a_modal_one_holds_the_focus_again() {
    let collector = Collector::start();
    let (_host, browser) = page(&collector).await;
    let survey = browser.survey("nps");
    for answers in [0, 1] {
        open(&browser, "nps", json!({ "display": "modal" })).await;
        survey.heading("How likely are you").await;
        browser.focus_on("dialog How likely are you to recommend us to a friend or colleague?012345678910Not at all likelyExtremely likelyWhat is sent?Send").await;
        assert_eq!(survey.count(CHOSEN).await, answers);
        survey.choose(9).await;
        browser.press(&[Key::Escape]).await;
        survey.gone().await;
        browser.focus_on("body").await;
    }
}

#[tokio::test]
async fn it_begins_anew_where_it_should() {
    let collector = Collector::with_surveys(&[include_str!("batch/pulse.json")]);
    let (_host, browser) = page(&collector).await;
    let survey = browser.survey("nps");
    let answered = async || {
        let before = shown(&browser).await;
        open(&browser, "nps", json!({})).await;
        // The first screen, which is there earlier, would have no answer in any case.
        until("the widget itself", async || match shown(&browser).await {
            now if now > before => Ok(()),
            now => Err(now.to_string()),
        })
        .await;
        assert_eq!(survey.count(CHOSEN).await, 0, "it begins anew");
        survey.choose(9).await;
        survey.find(&format!("{PRIMARY}:enabled")).await;
    };
    answered().await;
    close(&browser, &survey).await;
    browser.run("puls('forget')", &[]).await;
    answered().await;
    browser.run("puls('forget')", &[]).await;
    close(&browser, &survey).await;
    answered().await;
    // Another element, or the same one after it was away.
    browser.run("const element = document.querySelector('puls-survey'); element.remove(); document.body.append(element)", &[]).await;
    answered().await;
    close(&browser, &survey).await;
    browser.run("const closed = document.querySelector('puls-survey'); closed.remove(); document.body.append(closed)", &[]).await;
    answered().await;
    survey.click(PRIMARY).await;
    survey.heading("Thank you!").await;
    survey.click(PRIMARY).await;
    survey.gone().await;
    answered().await;
    // In another way.
    close(&browser, &survey).await;
    open(&browser, "nps", json!({ "display": "bar" })).await;
    survey.find("[data-display='bar'] h2").await;
    assert_eq!(survey.count(CHOSEN).await, 0);
    close(&browser, &survey).await;
    // Whoever comes next to a device that several people share sees nothing of the one before.
    for display in ["inline", "kiosk"] {
        let survey = browser.survey("tablet");
        for _person in 0..2 {
            open(&browser, "tablet", json!({ "display": display })).await;
            if display == "kiosk" {
                survey.click(PRIMARY).await;
            }
            survey.heading("Six statements").await;
            survey.click(PRIMARY).await;
            survey.heading("My work gave me").await;
            close(&browser, &survey).await;
        }
    }
    assert_eq!(browser.page_errors().await, json!([]));
    assert_eq!(browser.console().await, [""; 0]);
}
