//! A survey on a page: what a respondent sees of it and does to it.

use crate::browser::Browser;
use crate::until;
use serde_json::{Value, json};
use thirtyfour::WebElement;

/// Returns what lies in a survey's shadow root, if it is there.
const FIND: &str = "return document.querySelector(arguments[0])?.shadowRoot?.querySelector(arguments[1])";

/// One `<puls-survey>`.
pub struct Survey<'a> {
    browser: &'a Browser,
    host: String,
}

impl<'a> Survey<'a> {
    /// The element that `host` selects.
    pub fn new(browser: &'a Browser, host: String) -> Self {
        Self { browser, host }
    }

    /// Waits for an element in the shadow root.
    pub async fn find(&self, selector: &str) -> WebElement {
        until(&format!("{selector} in {}", self.host), async || {
            let found = self.browser.driver().execute(FIND, vec![json!(self.host), json!(selector)]).await;
            match found.and_then(thirtyfour::session::scriptret::ScriptRet::element) {
                Ok(element) => Ok(element),
                Err(_) => Err(self.seen().await),
            }
        })
        .await
    }

    /// Clicks an element in the shadow root as a mouse does, once it is there and enabled.
    pub async fn click(&self, selector: &str) {
        until(&format!("a click on {selector}"), async || {
            // What is drawn anew in between is looked up again.
            let element = self.find(selector).await;
            match element.is_enabled().await {
                Ok(true) => element.click().await.map_err(|error| error.to_string()),
                _ => Err("it isn't enabled".to_owned()),
            }
        })
        .await;
    }

    /// Taps the middle of an element in the shadow root with a finger, once it is there.
    pub async fn tap(&self, selector: &str) {
        self.find(selector).await;
        let script = FIND
            .replace("return ", "const { x, y, width, height } = ")
            .replace("arguments[1])", "arguments[1]).getBoundingClientRect()");
        let middle = self
            .browser
            .run(
                &format!("{script}; return {{ x: x + width / 2, y: y + height / 2 }}"),
                &[json!(self.host), json!(selector)],
            )
            .await;
        for (kind, points) in [("touchStart", json!([middle])), ("touchEnd", json!([]))] {
            self.browser
                .command("Input.dispatchTouchEvent", json!({ "type": kind, "touchPoints": points }))
                .await;
        }
    }

    /// Clicks the answer at this index of the question on screen.
    pub async fn choose(&self, answer: usize) {
        self.click(&format!("[part='option']:nth-child({})", answer + 1)).await;
    }

    /// Waits for a heading that contains this.
    pub async fn heading(&self, part: &str) {
        until(&format!("the heading {part:?}"), async || {
            let heading = self.get("h2", "textContent").await;
            let found = heading.as_str().is_some_and(|heading| heading.contains(part));
            if found { Ok(()) } else { Err(self.seen().await) }
        })
        .await;
    }

    /// Waits until nothing of the survey is shown any more.
    pub async fn gone(&self) {
        until("the survey's end", async || match self.count("*").await {
            0 => Ok(()),
            _ => Err(self.seen().await),
        })
        .await;
    }

    /// A property of the first element in the shadow root that `selector` finds; null without one.
    pub async fn get(&self, selector: &str, property: &str) -> Value {
        let script = FIND.replace("arguments[1])", "arguments[1])?.[arguments[2]] ?? null");
        self.browser.run(&script, &[json!(self.host), json!(selector), json!(property)]).await
    }

    /// The text of the first element in the shadow root that `selector` finds.
    pub async fn text(&self, selector: &str) -> String {
        self.find(selector).await;
        self.get(selector, "textContent").await.as_str().unwrap_or_default().to_owned()
    }

    /// How many elements in the shadow root `selector` finds.
    pub async fn count(&self, selector: &str) -> u64 {
        let script = "return document.querySelector(arguments[0])?.shadowRoot?.querySelectorAll(arguments[1]).length ?? 0";
        let count = self.browser.run(script, &[json!(self.host), json!(selector)]).await;
        count.as_u64().unwrap_or_default()
    }

    /// All text that is shown, or what the page was told where there is none.
    pub async fn seen(&self) -> String {
        let script = "return document.querySelector(arguments[0])?.shadowRoot?.firstElementChild?.innerText";
        match self.browser.run(script, &[json!(self.host)]).await {
            Value::String(text) => text,
            _ => format!(
                "no survey, but {:?} and {}",
                self.browser.told().await,
                self.browser.page_errors().await
            ),
        }
    }
}
