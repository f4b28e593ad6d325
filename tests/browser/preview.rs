use crate::accessibility::check;
use crate::{CHOSEN, PRIMARY};
use puls_tests::browser::Browser;
use puls_tests::collector::Collector;
use puls_tests::survey::Survey;
use puls_tests::{axe, dist, until};
use serde_json::{Value, json};
use std::fs;
use thirtyfour::By;

const BROKEN: &str = r#"{
  "id": "visit", "version": 1, "audience": "customer", "languages": ["en"],
  "title": "Your visit",
  "items": [
    {"id": "ease", "kind": "rating", "text": "How easy was it?", "scale": {"points": 12}}
  ]
}"#;

/// The preview, opened with one of the collector's surveys.
async fn opened(collector: &Collector, survey: &str) -> Browser {
    let browser = Browser::start().await;
    browser.open(&format!("{}/preview#{survey}", collector.origin)).await;
    browser.ready("puls-screen").await;
    browser
}

/// Types or pastes, in the place of what is selected in the text area.
async fn insert(browser: &Browser, text: &str) {
    browser.run("document.execCommand('insertText', false, arguments[0])", &[json!(text)]).await;
}

/// Waits until a script returns this.
async fn returns(browser: &Browser, script: &str, expected: Value) {
    until(&format!("{expected} from {script}"), async || {
        let found = browser.run(script, &[]).await;
        if found == expected { Ok(()) } else { Err(found.to_string()) }
    })
    .await;
}

/// Notes with what status a post is answered, and has the release leave at once, as if the page went.
const ANSWERED: &str = "const genuine = window.fetch;
    window.fetch = async (address, init) => {
        const answer = await genuine(address, init);
        if (init?.method == 'POST') window.answered = answer.status;
        return answer;
    };
    document.addEventListener('puls-released', () => dispatchEvent(new PageTransitionEvent('pagehide')));";

/// The survey in the frame, which the browser is to be in.
fn live(browser: &Browser) -> Survey<'_> {
    Survey::new(browser, "puls-survey".to_owned())
}

async fn enter_frame(browser: &Browser) {
    browser.driver().enter_frame(0).await.unwrap();
}

#[tokio::test]
async fn a_mistake_is_shown_where_it_stands_and_once_mended_the_survey() {
    let collector = Collector::start();
    let browser = opened(&collector, "nps").await;
    browser.run("document.querySelector('#definition').select()", &[]).await;
    insert(&browser, BROKEN).await;
    let mistakes = "return [...document.querySelectorAll('.mistake')].map(({ innerText }) => innerText.replace(/\\n+/g, ' '))";
    returns(&browser, mistakes, json!(["items[0].scale.points line 5 12 is above 10"])).await;
    browser.run("document.querySelector('.mistake').click()", &[]).await;
    let selected = "const { value, selectionStart, selectionEnd } = document.activeElement;
        return value.slice(selectionStart, selectionEnd)";
    returns(&browser, selected, json!("\"points\": 12")).await;
    insert(&browser, "\"points\": 5").await;
    returns(&browser, "return document.querySelector('#verdict').innerText", json!("No mistakes")).await;
    enter_frame(&browser).await;
    live(&browser).heading("How easy was it?").await;
    assert_eq!(browser.console().await, [""; 0]);
    browser.driver().enter_default_frame().await.unwrap();
    // What was being written is there after a reload.
    browser.reload().await;
    browser.ready("puls-screen").await;
    let kept = browser.run("return document.querySelector('#definition').value", &[]).await;
    assert_eq!(kept, json!(BROKEN.replace("12", "5")));
    assert_eq!(browser.console().await, [""; 0]);
}

#[tokio::test]
async fn text_that_is_no_json_has_a_line_and_a_column() {
    let collector = Collector::start();
    let browser = opened(&collector, "nps").await;
    browser.run("document.querySelector('#definition').select()", &[]).await;
    insert(&browser, "{\n  \"id\": visit\n}").await;
    let message = "return document.querySelector('.mistake > :last-child')?.innerText";
    returns(&browser, message, json!("not valid JSON at line 2, column 9: expected value")).await;
    browser.run("document.querySelector('.mistake').click()", &[]).await;
    returns(&browser, "return document.activeElement.selectionStart", json!(10)).await;
}

#[tokio::test]
async fn every_screen_and_way_out_is_listed() {
    let collector = Collector::start();
    let browser = opened(&collector, "support-chat").await;
    for survey in ["support-chat", "internal-service"] {
        browser.open("about:blank").await;
        browser.open(&format!("{}/preview#{survey}", collector.origin)).await;
        let definition = fs::read_to_string(dist(&format!("surveys/{survey}.json"))).unwrap();
        let definition: Value = serde_json::from_str(&definition).unwrap();
        let rules = definition["routing"].as_array().cloned().unwrap_or_default();
        let routes = rules.iter().filter(|rule| rule["route"].is_object()).count();
        let thanks = definition["thanks"].as_array().map_or(1, Vec::len);
        let items = definition["items"].as_array().unwrap();
        let counts =
            "const drawn = (kind) => [...document.querySelectorAll(`[data-kind=${kind}] puls-screen`)]
            .filter(({ shadowRoot }) => shadowRoot?.querySelector('h2')).length;
            return ['item', 'thanks', 'route'].map(drawn)";
        returns(&browser, counts, json!([items.len(), thanks, routes])).await;
        let said = browser.run("return document.querySelector('.screens').innerText", &[]).await;
        let said = said.as_str().unwrap();
        let conditional = items.iter().filter(|item| item["when"].is_object()).count();
        assert_eq!(said.matches("Asked if ").count(), conditional, "{said}");
        let jumps = rules.len() - routes;
        assert_eq!(said.matches(" goes to ").count(), jumps, "{said}");
    }
    assert_eq!(browser.console().await, [""; 0]);
}

#[tokio::test]
async fn the_chosen_look_is_shown_and_copied() {
    let collector = Collector::start();
    let browser = opened(&collector, "nps").await;
    for (menu, value) in [("display", "modal"), ("language", "sv"), ("theme", "dark"), ("preset", "bright")] {
        let choose = "const menu = document.getElementById(arguments[0]); menu.value = arguments[1];
            menu.dispatchEvent(new Event('change', { bubbles: true }))";
        browser.run(choose, &[json!(menu), json!(value)]).await;
    }
    browser
        .run("document.addEventListener('copy', () => window.copied = getSelection().toString())", &[])
        .await;
    // By a real click: without a gesture nothing may be copied.
    browser.driver().find(By::Css(".snippet button")).await.unwrap().click().await.unwrap();
    returns(&browser, "return document.querySelector('.snippet [role=status]').innerText", json!("Copied"))
        .await;
    let tag = format!(
        "<script async src=\"{}/puls.js\" data-survey=\"nps\" data-display=\"modal\" data-lang=\"sv\" \
         data-theme=\"dark\" data-preset=\"bright\"></script>",
        collector.origin
    );
    let copied = browser.run("return document.querySelector('#snippet').value", &[]).await;
    assert_eq!((copied, browser.run("return window.copied", &[]).await), (json!(tag), json!(tag)));
    enter_frame(&browser).await;
    live(&browser).find("dialog [data-preset='bright'][lang='sv']").await;
}

#[tokio::test]
async fn nothing_is_sent_or_kept() {
    let collector = Collector::start();
    let browser = opened(&collector, "nps").await;
    enter_frame(&browser).await;
    let survey = live(&browser);
    survey.choose(9).await;
    assert_eq!(survey.text(CHOSEN).await, "9");
    browser.run(ANSWERED, &[]).await;
    survey.click(PRIMARY).await;
    survey.heading("Thank you!").await;
    assert_eq!(browser.console().await, [""; 0]);
    // The release has left by then, and has been answered.
    returns(&browser, "return window.answered", json!(200)).await;
    browser.driver().enter_default_frame().await.unwrap();
    assert_eq!(browser.stored().await.len(), 0);
    assert_eq!(collector.results("nps").await["respondents"], json!(0));
    let network = browser.network().await;
    let mut posts = network.exchanges().iter().filter(|exchange| exchange.method == "POST").peekable();
    assert!(posts.peek().is_some(), "the definition is drawn by the collector: {:?}", network.urls());
    assert!(posts.all(|post| post.url.contains("/v1/screens?")), "{:?}", network.urls());
}

#[tokio::test]
async fn nobody_is_shut_out_of_the_preview() {
    let collector = Collector::start();
    let browser = opened(&collector, "csat").await;
    for (scheme, width) in [("light", 1280), ("dark", 390)] {
        browser.prefer(scheme).await;
        browser.resize(width, 900).await;
        browser.open("about:blank").await;
        browser.open(&format!("{}/preview#csat", collector.origin)).await;
        browser.ready("puls-screen").await;
        browser.run(&axe(), &[]).await;
        check(&browser, &format!("the preview, {scheme}, {width} wide")).await;
        let fits = "return document.documentElement.scrollWidth <= innerWidth";
        assert_eq!(browser.run(fits, &[]).await, json!(true), "nothing is wider than {width}");
        browser.run("document.querySelector('#definition').select()", &[]).await;
        insert(&browser, BROKEN).await;
        browser.ready(".mistake").await;
        check(&browser, &format!("the preview with a mistake, {scheme}, {width} wide")).await;
    }
}
