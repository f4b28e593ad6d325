//! What people set in their systems and browsers: contrast themes, less motion, little room, zoom.

use crate::quiet::room_is_known;
use crate::{CHOSEN, PRIMARY};
use puls_tests::browser::Browser;
use puls_tests::collector::Collector;
use puls_tests::host::{Host, script_tag};
use serde_json::json;
use thirtyfour::Key;

/// Goes one step on: answers what is unanswered, else takes the way on. Says when the end is reached.
const STEP: &str = r#"
    const root = document.querySelector("puls-survey").shadowRoot;
    if (root.querySelector(".message")) return true;
    const middle = (group) => group.children[Math.floor(group.children.length / 2)];
    const open = [...root.querySelectorAll("[role=radiogroup], [role=group][data-layout]")].filter(
        (group) => !group.querySelector("[aria-checked=true]"));
    open.length ? open.forEach((group) => middle(group).click()) : root.querySelector("[part=primary]").click();
    return false;
"#;

const SETTLED: &str = "requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(arguments[0])))";

const DISPLAYS: [&str; 6] = ["popover", "modal", "bar", "inline", "page", "kiosk"];

/// Everything that a survey can ask, with words that are long.
fn survey() -> String {
    let statements = |of: &str| {
        let texts =
            ["We help one another.", "Mistakes are held against people in this organisation.", "I am asked."];
        texts
            .into_iter()
            .enumerate()
            .map(|(n, text)| json!({ "id": format!("{of}-{n}"), "text": text }))
            .collect::<Vec<_>>()
    };
    let options = json!([{ "id": "a", "text": "Donaudampfschifffahrtsgesellschaftskapitän" }, { "id": "b", "text": "The map" }]);
    let anchors = json!({ "low": "Not at all likely", "high": "Extremely likely" });
    json!({
        "id": "every", "version": 1, "audience": "customer", "languages": ["en"], "title": "Everything",
        "items": [
            { "id": "five", "kind": "matrix", "text": "How far do you agree?", "scale": { "points": 5 }, "statements": statements("five") },
            { "id": "seven", "kind": "matrix", "text": "And now?", "scale": { "points": 7 }, "statements": statements("seven") },
            { "id": "agree", "kind": "agreement", "text": "I had too much to do.", "scale": { "points": 7 } },
            { "id": "recommend", "kind": "net_promoter", "text": "Would you recommend us?", "anchors": anchors },
            { "id": "faces", "kind": "rating", "text": "How was it?", "scale": { "points": 5, "style": "smileys" } },
            { "id": "stars", "kind": "rating", "text": "How many stars?", "scale": { "points": 10, "style": "stars" } },
            { "id": "used", "kind": "choices", "text": "What did you use?", "options": options, "other": { "id": "else", "text": "Something else" } },
            { "id": "calls", "kind": "count", "text": "How often?", "most": 30 },
            { "id": "why", "kind": "open_text", "text": "Why?", "required": false,
              "themes": [{ "id": "price", "text": "Price", "words": { "en": ["price"] } }] },
            { "id": "end", "kind": "notice", "text": "That is all.", "link": { "text": "How that works", "url": "/privacy" } }
        ],
        "routing": [{ "route": { "name": "talk", "text": "Talk to somebody who knows about it, right now", "url": "/talk" } }],
        "privacy": { "kind": "direct", "trust": "endpoint" },
        "show": { "trigger": ["load"], "recontact_days": 0 }
    })
    .to_string()
}

async fn page(collector: &Collector, browser: &Browser, display: &str) -> Host {
    let tag = script_tag(collector, &format!("data-survey='every' data-display='{display}'"));
    let host = Host::page(&format!("<a href='#'>Before</a>{tag}")).await;
    browser.open(&host.origin()).await;
    browser.told_of("puls-shown").await;
    host
}

/// What is wider than the room that it has: the page, what a survey scrolls in, and what lies in it.
const OVERFLOW: &str = "const root = document.querySelector('puls-survey').shadowRoot;
    return [document.documentElement, ...root.querySelectorAll('.stage, .panel, .screen, .foot, .row, pre')]
        .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
        .map(({ localName, className, scrollWidth, clientWidth }) => [localName, className, scrollWidth, clientWidth])";

/// In each display, each screen in a window of this size has nothing that scrolls sideways.
async fn fits(width: u32, height: u32, scale: u32) {
    let collector = Collector::with_surveys(&[&survey()]);
    let browser = Browser::start().await;
    browser.prefer("light").await;
    browser.magnify(width, height, scale).await;
    for display in DISPLAYS {
        let _host = page(&collector, &browser, display).await;
        let mut screens = 0;
        while browser.run(STEP, &[]).await == json!(false) {
            browser.run_async(SETTLED, &[]).await;
            let shown = browser.survey("every").seen().await;
            assert_eq!(browser.run(OVERFLOW, &[]).await, json!([]), "{display}, {width}: {shown}");
            screens += 1;
            assert!(screens < 60, "{display}: no end in sight");
        }
        assert!(screens > 10, "{display}: {screens}");
        assert_eq!(browser.page_errors().await, json!([]), "{display}");
    }
}

#[tokio::test]
async fn nothing_scrolls_sideways_at_320_pixels() {
    fits(320, 640, 1).await;
}

#[tokio::test]
async fn nothing_scrolls_sideways_at_twice_the_size() {
    fits(640, 450, 2).await;
}

/// What moves now, and what would move if it changed.
const MOTION: &str = "const root = document.querySelector('puls-survey').shadowRoot;
    const style = [...root.querySelectorAll('*')].flatMap((element) => [null, '::before', '::backdrop'].map((part) => getComputedStyle(element, part)));
    const moves = style.filter(({ animationName, transitionDuration }) => animationName != 'none' || /[1-9]/.test(transitionDuration));
    return [document.getAnimations().length + root.getAnimations().length, moves.length]";

#[tokio::test]
async fn nothing_moves_for_those_who_want_less_motion() {
    let collector = Collector::with_surveys(&[&survey()]);
    let browser = Browser::start().await;
    for less in [false, true] {
        let wanted = if less { "reduce" } else { "no-preference" };
        browser.emulate(&[("prefers-reduced-motion", wanted)]).await;
        for display in DISPLAYS {
            let _host = page(&collector, &browser, display).await;
            let survey = browser.survey("every");
            if display == "kiosk" {
                survey.click(PRIMARY).await;
            }
            for answered in [false, true] {
                if answered {
                    survey.click("[part='option']:nth-child(2)").await;
                }
                let motion = browser.run(MOTION, &[]).await;
                if less {
                    assert_eq!(motion, json!([0, 0]), "{display}, answered: {answered}");
                } else {
                    assert_ne!(motion[1], json!(0), "{display} has movements to be spared");
                }
            }
        }
    }
}

/// Which of the system's colours something has: its text, its ground, its border, its outline and its fill.
const COLOURS: &str = "const root = document.querySelector('puls-survey').shadowRoot;
    const known = {};
    const probe = root.appendChild(document.createElement('i'));
    for (const name of ['Canvas', 'CanvasText', 'LinkText', 'Highlight', 'HighlightText', 'GrayText']) {
        probe.style.cssText = `forced-color-adjust: none; color: ${name}`;
        (known[getComputedStyle(probe).color] ??= []).push(name);
    }
    probe.remove();
    const style = getComputedStyle(root.querySelector(arguments[0]), arguments[1]);
    return Object.fromEntries(['color', 'backgroundColor', 'borderTopColor', 'outlineColor', 'fill'].map(
        (property) => [property, known[style[property]] ?? [style[property]]]))";

/// A pen of a contrast theme, and what has to have its colour.
async fn has(browser: &Browser, selector: &str, pseudo: Option<&str>, colours: &[(&str, &str)]) {
    browser.survey("every").find(selector).await;
    let found = browser.run(COLOURS, &[json!(selector), json!(pseudo)]).await;
    for (property, colour) in colours {
        let names = found[property].as_array().unwrap();
        assert!(names.contains(&json!(colour)), "{selector} has {property} {names:?} instead of {colour}");
    }
}

#[tokio::test]
async fn in_forced_colours_all_is_seen_in_the_systems_own() {
    let collector = Collector::with_surveys(&[&survey()]);
    let browser = Browser::start().await;
    browser.emulate(&[("forced-colors", "active"), ("prefers-reduced-motion", "reduce")]).await;
    browser.resize(1280, 900).await;
    let _host = page(&collector, &browser, "inline").await;
    let survey = browser.survey("every");
    let here = async |selector, colours| has(&browser, selector, None, colours).await;
    here(".panel", &[("backgroundColor", "Canvas"), ("color", "CanvasText")]).await;
    here(".route", &[("color", "LinkText"), ("borderTopColor", "LinkText")]).await;
    // One row after the other; what is chosen shows in its circle.
    for row in 2..=4 {
        survey.click(&format!(".row:nth-child({row}) [part='option']:nth-child(2)")).await;
    }
    has(&browser, ".row [aria-checked='true']", Some("::before"), &[("borderTopColor", "Highlight")]).await;
    has(&browser, ".row [aria-checked='false']", Some("::before"), &[("borderTopColor", "CanvasText")]).await;
    here(PRIMARY, &[("backgroundColor", "Highlight"), ("color", "HighlightText")]).await;
    while survey.count("[data-layout='scale']").await == 0 {
        browser.run(STEP, &[]).await;
        browser.run_async(SETTLED, &[]).await;
    }
    browser.press(&[Key::Right, Key::Space]).await;
    survey.heading("How was it?").await;
    survey.click("[part='back']").await;
    here(
        CHOSEN,
        &[("backgroundColor", "Highlight"), ("color", "HighlightText"), ("borderTopColor", "Highlight")],
    )
    .await;
    here(
        "[aria-checked='false']",
        &[("backgroundColor", "Canvas"), ("color", "CanvasText"), ("borderTopColor", "CanvasText")],
    )
    .await;
    // The ring of what the keyboard is on lies apart from it.
    browser.press(&[Key::Right]).await;
    here(":focus-visible", &[("outlineColor", "Highlight")]).await;
    let ring = "const at = document.querySelector('puls-survey').shadowRoot.activeElement;
        const { outlineStyle, outlineWidth, outlineOffset } = getComputedStyle(at);
        return [outlineStyle, parseFloat(outlineWidth) >= 2, parseFloat(outlineOffset) >= 1]";
    assert_eq!(browser.run(ring, &[]).await, json!(["solid", true, true]));
    while survey.count("[data-layout='stars']").await == 0 {
        browser.run(STEP, &[]).await;
        browser.run_async(SETTLED, &[]).await;
    }
    survey.choose(3).await;
    survey.click("[part='back']").await;
    here("[data-filled] svg", &[("fill", "Highlight"), ("color", "Highlight")]).await;
    while survey.count(".link").await == 0 {
        browser.run(STEP, &[]).await;
        browser.run_async(SETTLED, &[]).await;
    }
    here(".link", &[("color", "LinkText")]).await;
}

/// How many statements are on screen, and how many of them are answered.
async fn statements(browser: &Browser, expected: [u64; 2]) {
    puls_tests::until(&format!("{expected:?} statements"), async || {
        let survey = browser.survey("every");
        let groups = survey.count("[role='radiogroup']").await;
        let found = [groups, survey.count(CHOSEN).await];
        if found == expected { Ok(()) } else { Err(format!("{found:?}")) }
    })
    .await;
}

#[tokio::test]
async fn a_matrix_makes_do_with_the_room_that_there_is() {
    let collector = Collector::with_surveys(&[&survey()]);
    let browser = Browser::start().await;
    browser.prefer("light").await;
    browser.resize(1280, 900).await;
    let _host = page(&collector, &browser, "inline").await;
    let survey = browser.survey("every");
    statements(&browser, [3, 0]).await;
    survey.click(".row:nth-child(2) [part='option']:nth-child(4)").await;
    statements(&browser, [3, 1]).await;
    // Whoever turns a phone, or zooms, goes on where they were.
    browser.resize(320, 900).await;
    survey.heading("Mistakes are held").await;
    statements(&browser, [1, 0]).await;
    assert_eq!(browser.run(OVERFLOW, &[]).await, json!([]));
    browser.focus_on("button option Totally disagree").await;
    survey.click("[part='back']").await;
    assert_eq!(survey.text(CHOSEN).await, "Agree");
    // The focus isn't taken from the page.
    browser.run("document.activeElement.blur(); document.querySelector('a').focus()", &[]).await;
    browser.resize(1280, 900).await;
    statements(&browser, [3, 1]).await;
    room_is_known(&browser).await;
    assert_eq!(browser.focused().await, "a Before");
    assert_eq!(browser.page_errors().await, json!([]));
}

#[tokio::test]
async fn above_the_page_the_room_is_the_windows() {
    let collector = Collector::with_surveys(&[&survey()]);
    let browser = Browser::start().await;
    browser.prefer("light").await;
    for (display, wide, small) in [("modal", 700, 660), ("kiosk", 660, 600)] {
        let tag = script_tag(&collector, "");
        let element = format!(
            "<div style='width: 200px'><puls-survey survey='every' display='{display}'></puls-survey></div>"
        );
        let host = Host::page(&format!("{element}{tag}")).await;
        for (opened, turned) in [(wide, small), (small, wide)] {
            browser.resize(opened, 900).await;
            browser.open(&host.origin()).await;
            browser.told_of("puls-shown").await;
            if display == "kiosk" {
                browser.survey("every").click(PRIMARY).await;
            }
            for width in [opened, turned] {
                browser.resize(width, 900).await;
                statements(&browser, [if width == wide { 3 } else { 1 }, 0]).await;
            }
        }
        assert_eq!(browser.page_errors().await, json!([]), "{display}");
    }
}
