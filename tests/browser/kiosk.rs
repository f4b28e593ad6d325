use crate::{PRIMARY, SENT_TOGGLE};
use puls_documents::{batched, item, rating, survey};
use puls_tests::browser::Browser;
use puls_tests::collector::Collector;
use puls_tests::host::{Host, script_tag};
use puls_tests::survey::Survey;
use puls_tests::transcript::Transcript;
use serde_json::{Value, json};

fn desk() -> String {
    let themes = json!([{ "id": "price", "text": "Too dear", "words": { "en": ["price"] } }]);
    let sorry = json!({ "title": "We are sorry", "when": { "item": "ease", "at_most": 2 } });
    survey("desk")
        .with("title", "Our desk")
        .item(rating("ease", 5).text("How easy was it?"))
        .item(item("why", "open_text").text("What went wrong?").with("themes", themes))
        .with("thanks", json!([sorry, { "title": "Thank you!" }]))
        .privacy(batched(3))
        .show(json!({ "trigger": ["load"], "display": "kiosk", "recontact_days": 0 }))
        .to_string()
}

/// Timers of a second or more ring only when the story lets time pass.
const CLOCK: &str = "
    const set = setTimeout, clear = clearTimeout, timers = new Map();
    let now = 0, next = 1e9;
    window.setTimeout = (then, delay = 0, ...rest) => {
        if (delay < 1000) return set(then, delay, ...rest);
        timers.set(++next, [now + delay, then]);
        return next;
    };
    window.clearTimeout = (id) => void (timers.delete(id) || clear(id));
    window.pass = (seconds) => {
        const end = now + seconds * 1000;
        for (;;) {
            const [due] = [...timers].filter(([, [at]]) => at <= end).sort(([, [one]], [, [other]]) => one - other);
            if (!due) break;
            timers.delete(due[0]);
            now = due[1][0];
            due[1][1]();
        }
        now = end;
    };";

/// What a person leaves behind while they answer.
const TRACES: [&str; 8] = [
    "How easy",
    "went wrong",
    "secret",
    "aria-checked",
    "Too dear",
    "sorry",
    "the device has",
    "What is sent",
];

/// What a curtain is to a screen reader.
const READY: &str = "group \"Our desk\"
  text \"Our desk\"
  heading \"Ready for the next person\", focused, level 2
  button \"Start\"
";
const STILL_THERE: &str = "group \"Our desk\"
  heading \"Still there?\", focused, level 2
  text \"In half a minute this screen is cleared for the next person. Answers that haven't been sent will be lost.\"
  button \"Next person\"
  button \"Continue\"
";

/// A kiosk in whose first minute nobody has come.
async fn kiosk(collector: &Collector) -> (Host, Browser) {
    let host = Host::page(&script_tag(collector, "data-survey='desk'")).await;
    let browser = Browser::start().await;
    browser.before_each_page(CLOCK).await;
    browser.open(&host.origin()).await;
    browser.told_of("puls-shown").await;
    (host, browser)
}

async fn pass(browser: &Browser, seconds: u32) {
    browser.run("pass(arguments[0])", &[json!(seconds)]).await;
}

/// Answers the first question, and writes to the second one.
async fn answer(survey: &Survey<'_>) {
    survey.heading("How easy was it?").await;
    survey.choose(0).await;
    survey.heading("What went wrong?").await;
    survey.find("textarea").await.send_keys("my secret price").await.unwrap();
    survey.find("[part='theme'][aria-pressed='true']").await;
}

/// Nothing of anybody is there: not on the screen, not behind it, and not for a screen reader.
async fn covered(browser: &Browser, heading: &str, heard: &str) {
    browser.focus_on(&format!("h2 {heading}")).await;
    let script = "const root = document.querySelector('puls-survey').shadowRoot;
        return [root.innerHTML, ...[...root.querySelectorAll('input, textarea')].map(({ value }) => value)].join()";
    let there = browser.run(script, &[]).await;
    let there = there.as_str().unwrap();
    assert_eq!(TRACES.map(|trace| there.contains(trace)), [false; 8], "{there}");
    assert_eq!(Transcript::of(browser).await.below("group", "Our desk"), heard);
    let corners = "const root = document.querySelector('puls-survey').shadowRoot;
        return [[1, 1], [innerWidth - 2, innerHeight - 2]].every(([x, y]) => root.elementFromPoint(x, y)?.closest('.curtain'))";
    assert_eq!(browser.run(corners, &[]).await, json!(true), "the curtain covers everything");
}

#[tokio::test]
async fn after_the_thanks_a_curtain_waits_for_the_next_person() {
    let collector = Collector::with_surveys(&[&desk()]);
    let (_host, browser) = kiosk(&collector).await;
    let survey = browser.survey("desk");
    survey.click(PRIMARY).await;
    answer(&survey).await;
    survey.click(PRIMARY).await;
    survey.heading("We are sorry").await;
    browser.told_of("puls-completed").await;
    pass(&browser, 19).await;
    survey.heading("We are sorry").await;
    pass(&browser, 1).await;
    covered(&browser, "Ready for the next person", READY).await;
    // Anywhere on the curtain is its button, and the next person finds nothing of the one before.
    survey.tap(".curtain p").await;
    survey.heading("How easy was it?").await;
    assert_eq!(survey.count("[aria-checked='true']").await, 0);
    survey.choose(4).await;
    survey.heading("What went wrong?").await;
    assert_eq!(survey.get("textarea", "value").await, json!(""));
    survey.click("[part='theme']").await;
    survey.click(PRIMARY).await;
    survey.heading("Thank you!").await;
    // Whoever reads what is sent isn't hurried, and is asked first.
    survey.click(SENT_TOGGLE).await;
    survey.heading("What is sent?").await;
    pass(&browser, 59).await;
    survey.heading("What is sent?").await;
    pass(&browser, 1).await;
    covered(&browser, "Still there?", STILL_THERE).await;
    survey.click(PRIMARY).await;
    survey.heading("What is sent?").await;
    survey.click(SENT_TOGGLE).await;
    // Whoever doesn't wait draws the curtain by hand.
    survey.click(PRIMARY).await;
    covered(&browser, "Ready for the next person", READY).await;
    assert_eq!(browser.page_errors().await, json!([]));
}

#[tokio::test]
async fn who_goes_away_in_the_middle_is_asked_and_then_leaves_nothing() {
    let collector = Collector::with_surveys(&[&desk()]);
    let (_host, browser) = kiosk(&collector).await;
    let survey = browser.survey("desk");
    // Nobody is asked while nobody is there.
    pass(&browser, 1000).await;
    survey.heading("Our desk").await;
    survey.click(PRIMARY).await;
    answer(&survey).await;
    for seconds in [59, 1] {
        assert_eq!(survey.get("textarea", "value").await, json!("my secret price"));
        pass(&browser, seconds).await;
    }
    covered(&browser, "Still there?", STILL_THERE).await;
    pass(&browser, 29).await;
    survey.click(PRIMARY).await;
    browser.focus_on("textarea field").await;
    assert_eq!(
        survey.get("textarea", "value").await,
        json!("my secret price"),
        "whoever goes on has lost nothing"
    );
    assert_eq!(survey.text("[part='theme'][aria-pressed='true']").await, "Too dear");
    pass(&browser, 60).await;
    covered(&browser, "Still there?", STILL_THERE).await;
    pass(&browser, 30).await;
    covered(&browser, "Ready for the next person", READY).await;
    survey.click(PRIMARY).await;
    answer(&survey).await;
    // Whoever finds what another one has left needn't wait.
    pass(&browser, 60).await;
    survey.click(".curtain .plain").await;
    covered(&browser, "Ready for the next person", READY).await;
    let told: Vec<Value> = browser.told().await.into_iter().map(|(name, _)| json!(name)).collect();
    assert!(!told.contains(&json!("puls-completed")), "{told:?}");
    assert_eq!(browser.page_errors().await, json!([]));
}
