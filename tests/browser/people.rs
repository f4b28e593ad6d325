//! People who answer by script, as fast as the page can show them a survey.

use puls_tests::browser::Browser;
use puls_tests::until;
use serde_json::{Value, json};

/// Time passes twenty times as fast, so that waiting between tries isn't most of a test; `MOMENT` is the same for all
/// pages.
const CLOCK: &str = "
    const since = MOMENT, now = Date.now, tick = performance.now.bind(performance), set = setTimeout;
    Date.now = () => since + (now() - since) * 20;
    performance.now = () => tick() * 20;
    window.setTimeout = (then, delay, ...rest) => set(then, delay / 20, ...rest);";

/// Opens a survey for each person, gives one answer to each item, whose heading is `item 0?` and so on, and sends that.
const DRIVE: &str = r#"
    const [id, people] = arguments;
    const element = document.getElementById(id);
    const told = (name) => new Promise((then) => element.addEventListener(name, then, { once: true }));
    const found = async (selector, text = "") => {
        for (;;) {
            const root = element.shadowRoot;
            const at = root?.querySelector(selector);
            if (at && root.querySelector("h2")?.textContent.includes(text)) return at;
            await new Promise((then) => setTimeout(then, 100));
        }
    };
    window.sent ??= [];
    window.answered ??= 0;
    element.addEventListener("puls-released", ({ detail }) => window.sent.push(detail));
    (async () => {
        for (const answers of people) {
            const shown = told("puls-shown");
            await element.open();
            await shown;
            for (const [item, answer] of answers.entries()) {
                (await found(`[part=option]:nth-child(${answer + 1})`, `item ${item}?`)).click();
            }
            const completed = told("puls-completed");
            (await found("[part=primary]:enabled", `item ${answers.length - 1}?`)).click();
            await completed;
            element.close();
            window.answered++;
        }
    })();"#;

/// A script for each page, by which time passes twenty times as fast; at `moment`, it is as late as it is.
pub(crate) fn clock(moment: &str) -> String {
    CLOCK.replace("MOMENT", moment)
}

/// Has people begin to answer in the element with this id, one after the other; each is a list of answers.
pub(crate) async fn answer(browser: &Browser, id: &str, people: Value) {
    browser.run(DRIVE, &[json!(id), people]).await;
}

/// Waits until as many have answered on this page.
pub(crate) async fn have_answered(browser: &Browser, people: usize) {
    // As long as somebody goes on answering, however slowly.
    let mut answered = 0;
    while answered < people {
        answered = until("another answer", async || {
            let now: usize =
                serde_json::from_value(browser.run("return window.answered", &[]).await).unwrap_or_default();
            if now > answered { Ok(now) } else { Err(format!("{now} of {people}")) }
        })
        .await;
    }
}
