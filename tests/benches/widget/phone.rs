//! A phone on a slow line: how long somebody waits between seeing the NPS survey and its thanks.

use crate::{PROBE, Profile, Spread, probed};
use puls_tests::browser::Browser;
use serde_json::json;

/// Notes how long each tap takes: the first until the answer can be sent, the second until the thanks are painted.
const TAPS: &str = r#"
    const found = (selector) => document.querySelector("puls-survey").shadowRoot.querySelector(selector);
    const ends = ["[part=primary]:enabled", ".message"];
    addEventListener("pointerdown", ({ timeStamp }) => {
        const end = ends.shift();
        when(() => found(end), (now) => window.probe[end] = now - timeStamp);
    }, true);
"#;

/// What visits by such a phone took, from shown to thanks, without the time in which nothing but a finger moves.
pub(crate) async fn waits(profile: &Profile, blank: &str, url: &str, runs: usize) -> Spread {
    let mut waits = Vec::new();
    for _ in 0..runs {
        waits.push(visit(profile, blank, url).await);
    }
    Spread::of(waits)
}

/// The first tap comes as soon as there is something to tap on: whoever reads first waits less for the widget.
async fn visit(profile: &Profile, blank: &str, url: &str) -> f64 {
    let browser = Browser::start().await;
    browser.resize(390, 844).await;
    browser.command("Emulation.setTouchEmulationEnabled", json!({ "enabled": true })).await;
    profile.begin(&browser, blank, &format!("{PROBE}{TAPS}")).await;
    browser.open(url).await;
    probed(&browser, "clickable").await;
    let survey = browser.survey("nps");
    survey.tap("[part=option]:nth-child(10)").await;
    let first = probed(&browser, "[part=primary]:enabled").await;
    survey.tap("[part=primary]").await;
    first + probed(&browser, ".message").await
}
