//! A phone on a slow line: how long it takes from seeing the NPS survey to its thanks, with a finger that takes its time.

use crate::{PROBE, Profile, Spread, probed};
use puls_tests::browser::Browser;
use serde_json::json;

/// How long a finger takes to an answer, and again to the button.
const TAP_MS: f64 = 300.0;
/// What the whole may take.
pub(crate) const TARGET_MS: f64 = 2000.0;

/// Somebody who doesn't read: a finger sets out for an answer as soon as one can be tapped, and for Send as soon as that can.
/// What is noted is the time from the first to the thanks, as the screen shows both, and how much of it the two waits are.
const RUN: &str = r#"
    const found = (selector) => document.querySelector("puls-survey").shadowRoot.querySelector(selector);
    const wait = (selector, then) => when(() => found(selector), then);
    // As a touch screen tells it.
    const tap = (target) => {
        const about = { bubbles: true, composed: true, cancelable: true, pointerType: "touch", isPrimary: true };
        for (const type of ["pointerdown", "pointerup"]) target.dispatchEvent(new PointerEvent(type, about));
        target.click();
        return performance.now();
    };
    when(() => window.probe.clickable, () => {
        const shown = window.probe.clickable;
        setTimeout(() => {
            const first = tap(scores()[9]);
            wait("[part=primary]:enabled", (ready) => setTimeout(() => {
                const second = tap(found("[part=primary]"));
                wait(".message", (thanked) => {
                    window.probe.waited = ready - first + thanked - second;
                    window.probe.run = thanked - shown;
                });
            }, TAP_MS));
        }, TAP_MS);
    });
"#;

/// What runs on such a phone took, from shown to thanks.
pub(crate) struct Runs {
    run_ms: Vec<f64>,
    waited_ms: Vec<f64>,
}

impl Runs {
    /// Makes so many, each in a browser that has just been started.
    pub(crate) async fn make(profile: &Profile, blank: &str, url: &str, runs: usize) -> Self {
        let mut made = Self { run_ms: Vec::new(), waited_ms: Vec::new() };
        for _ in 0..runs {
            let browser = Browser::start().await;
            browser.resize(390, 844).await;
            browser.command("Emulation.setTouchEmulationEnabled", json!({ "enabled": true })).await;
            let script = format!("{PROBE}{}", RUN.replace("TAP_MS", &TAP_MS.to_string()));
            profile.begin(&browser, blank, &script).await;
            browser.open(url).await;
            made.run_ms.push(probed(&browser, "run").await);
            made.waited_ms.push(probed(&browser, "waited").await);
        }
        made
    }

    /// Prints them, and returns their median.
    pub(crate) fn print(self, profile: &Profile) -> f64 {
        let Self { run_ms, waited_ms } = self;
        let (quick, all) = (run_ms.iter().filter(|run| **run < TARGET_MS).count(), run_ms.len());
        let (run, waited) = (Spread::of(run_ms), Spread::of(waited_ms));
        println!(
            "\nOn a phone (390 × 844, touch, {}), two taps of {TAP_MS} ms each and no reading: {run} ms from shown to thanks, of \
             which {waited} ms are waited for the widget. {quick} of {all} runs take less than {TARGET_MS} ms.",
            profile.described
        );
        run.median
    }
}
