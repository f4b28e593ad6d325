use crate::quiet::room_is_known;
use puls_tests::browser::Browser;
use puls_tests::collector::Collector;
use puls_tests::host::{Host, script_tag};
use puls_tests::until;
use serde_json::{Value, json};
use thirtyfour::Key;

/// Somebody is writing, half way down a long page.
const WRITING: &str =
    "<div style='height: 2000px'></div><input value='half a word'><div style='height: 2000px'></div>";

/// Where the page is, what has the focus, and what is marked in it.
const PLACE: &str = "const at = document.activeElement;
    return [scrollX, scrollY, at.localName, at.selectionStart, at.selectionEnd]";

/// How much of the page was pushed about without anybody having done something.
const SHIFTS: &str = "{
    const values = [], take = (entries) => values.push(...entries.map(({ value }) => value));
    const observer = new PerformanceObserver((list) => take(list.getEntries()));
    observer.observe({ type: 'layout-shift', buffered: true });
    window.shifts = () => { take(observer.takeRecords()); return values; };
}";

#[tokio::test]
async fn a_survey_above_the_page_pushes_nothing_about() {
    let collector = Collector::start();
    let browser = Browser::start().await;
    browser.before_each_page(SHIFTS).await;
    for display in ["popover", "bar", "modal"] {
        let attributes = format!("data-survey='nps' data-display='{display}'");
        let host = Host::page(&format!("{}<p>Theirs</p>", script_tag(&collector, &attributes))).await;
        browser.open(&host.origin()).await;
        browser.told_of("puls-shown").await;
        // The page itself pushes its text down in the end. By the time that this is known, so is whatever came before.
        let push =
            "document.body.prepend(Object.assign(document.createElement('div'), { style: 'height: 50px' }))";
        browser.run(push, &[]).await;
        let shifts =
            until("the page's own shift", async || match browser.run("return shifts()", &[]).await {
                Value::Array(shifts) if !shifts.is_empty() => Ok(shifts),
                other => Err(other.to_string()),
            })
            .await;
        assert_eq!(shifts.len(), 1, "{display}: {shifts:?}");
    }
}

#[tokio::test]
async fn a_survey_that_comes_leaves_focus_and_scroll_where_they_are() {
    let collector = Collector::start();
    let browser = Browser::start().await;
    for display in ["popover", "bar", "inline", "page"] {
        let script = script_tag(
            &collector,
            &format!("data-survey='nps' data-display='{display}' data-trigger='event:now'"),
        );
        // In the page's flow it comes below what is being read.
        let host = Host::page(&format!("{WRITING}{script}")).await;
        browser.open(&host.origin()).await;
        browser.run_async("customElements.whenDefined('puls-survey').then(() => arguments[0]())", &[]).await;
        browser
            .run(
                "const field = document.querySelector('input'); field.focus(); field.setSelectionRange(2, 4)",
                &[],
            )
            .await;
        let before = browser.run(PLACE, &[]).await;
        assert!(before[1].as_f64().unwrap() > 0.0, "{before}");
        browser.run("puls('track', 'now')", &[]).await;
        browser.told_of("puls-shown").await;
        room_is_known(&browser).await;
        assert_eq!(browser.run(PLACE, &[]).await, before, "{display} shown");
        // What is typed goes on where it was.
        browser.driver().action_chain().send_keys("x").perform().await.unwrap();
        assert_eq!(
            browser.run("return document.querySelector('input').value", &[]).await,
            json!("hax a word")
        );
        let written = browser.run(PLACE, &[]).await;
        browser.run("puls('close')", &[]).await;
        browser.survey("nps").gone().await;
        assert_eq!(browser.run(PLACE, &[]).await, written, "{display} closed");
        browser.run("puls('forget')", &[]).await;
    }
    assert_eq!(browser.page_errors().await, json!([]));
}

#[tokio::test]
async fn a_modal_survey_holds_the_focus_and_gives_it_back() {
    let collector = Collector::start();
    let host = Host::page(&format!("{WRITING}{}", script_tag(&collector, ""))).await;
    let browser = Browser::start().await;
    browser.open(&host.origin()).await;
    browser.run_async("customElements.whenDefined('puls-survey').then(() => arguments[0]())", &[]).await;
    browser.run("document.querySelector('input').focus()", &[]).await;
    let before = browser.run(PLACE, &[]).await;
    browser.run("puls('open', 'nps', { display: 'modal' })", &[]).await;
    browser.told_of("puls-shown").await;
    // Once around and on: nothing of the page comes in between, though the browser's own bars may.
    let inside = ["close", "option 0", "sent-toggle"];
    let mut reached = Vec::new();
    for _ in 0..12 {
        browser.press(&[Key::Tab]).await;
        let focused = browser.focused().await;
        assert!(!focused.starts_with("input") && !focused.starts_with("a "), "{focused} is the page's");
        reached.push(focused);
    }
    for part in inside {
        assert!(reached.iter().any(|focused| focused.contains(part)), "{part} in {reached:?}");
    }
    let click = "document.querySelector('input').focus(); return document.activeElement.localName";
    assert_eq!(browser.run(click, &[]).await, json!("puls-survey"), "the page is out of reach");
    browser.press(&[Key::Escape]).await;
    browser.survey("nps").gone().await;
    assert_eq!(browser.run(PLACE, &[]).await, before);
    assert_eq!(browser.page_errors().await, json!([]));
}
