use crate::CHOSEN;
use puls_tests::browser::Browser;
use puls_tests::collector::Collector;
use puls_tests::host::{Host, script_tag};
use serde_json::{Value, json};
use thirtyfour::Key;

/// A question from 0 to 10 in a language of each direction.
fn survey() -> String {
    json!({
        "id": "both", "version": 1, "audience": "customer", "languages": ["ar", "en"],
        "title": { "ar": "رأيك", "en": "Your view" },
        "items": [{ "id": "recommend", "kind": "net_promoter", "text": { "ar": "هل توصي بنا؟", "en": "Would you recommend us?" } }],
        "privacy": { "kind": "randomised", "epsilon": 2.0 },
        "show": { "display": "inline" },
    })
    .to_string()
}

/// The horizontal places of the answers, from the first to the last.
const PLACES: &str = "const root = document.querySelector('puls-survey').shadowRoot;
    return [...root.querySelectorAll('[role=radio]')].map((answer) => answer.getBoundingClientRect().x)";

async fn ascend(browser: &Browser) -> bool {
    let places: Vec<f64> = serde_json::from_value(browser.run(PLACES, &[]).await).unwrap();
    assert_eq!(places.len(), 11);
    places.is_sorted()
}

/// The place of the answer that has the focus, from 0.
async fn focused(browser: &Browser) -> Value {
    let script = "const { activeElement: at } = document.querySelector('puls-survey').shadowRoot;
        return at?.role == 'radio' ? [...at.parentElement.children].indexOf(at) : null";
    browser.run(script, &[]).await
}

#[tokio::test]
async fn arrows_go_the_way_they_point_in_either_direction() {
    let collector = Collector::with_surveys(&[&survey()]);
    let host =
        Host::page(&format!("<div lang='ar'>{}</div>", script_tag(&collector, "data-survey='both'"))).await;
    let browser = Browser::start().await;
    browser.open(&host.origin()).await;
    let survey = browser.survey("both");
    survey.heading("هل توصي بنا؟").await;
    assert!(!ascend(&browser).await, "the scale begins on the right");
    browser.press(&[Key::Tab]).await;
    for (key, place) in [
        (Key::Left, 1),
        (Key::Left, 2),
        (Key::Right, 1),
        (Key::Down, 2),
        (Key::Up, 1),
        (Key::Home, 0),
        (Key::Right, 10),
    ] {
        browser.press(&[key]).await;
        assert_eq!(focused(&browser).await, json!(place));
    }
    browser.press(&[Key::Left, Key::Left, Key::Space]).await;
    survey.find(CHOSEN).await;
    // Another language, while the survey is open: the answer stays, and the way is the other one.
    browser.run("document.querySelector('[lang=ar]').lang = 'en'", &[]).await;
    survey.heading("Would you recommend us?").await;
    assert!(ascend(&browser).await);
    assert_eq!(survey.text(CHOSEN).await, "1");
    assert_eq!(focused(&browser).await, json!(1));
    browser.press(&[Key::Right]).await;
    assert_eq!(focused(&browser).await, json!(2));
    assert_eq!(survey.text(CHOSEN).await, "1", "moving chooses nothing");
    assert_eq!(browser.page_errors().await, json!([]));
}
