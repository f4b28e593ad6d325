use crate::{CHOSEN, PRIMARY};
use puls_tests::browser::Browser;
use puls_tests::collector::Collector;
use puls_tests::host::{Host, script_tag};
use serde_json::{Value, json};
use thirtyfour::Key;

/// What a page may choose as its one colour: dark and light ones, those in the middle, and ways to write them.
const BRANDS: [&str; 16] = [
    "#0f766e",
    "#ffd400",
    "#fff59d",
    "white",
    "black",
    "#0000ff",
    "#00ff00",
    "#ff0000",
    "#ff00ff",
    "#757575",
    "rebeccapurple",
    "oklch(70% 0.2 40)",
    "hsl(28 100% 50%)",
    "color(display-p3 0 1 0)",
    "color(display-p3 1 0 0)",
    "color(display-p3 0.2 0.4 0.9)",
];

/// What a page may choose as the ground: the ends, the middle, where neither black nor white stands out much, and strong colours.
const GROUNDS: [&str; 7] = ["white", "black", "#757575", "#8a8a8a", "navy", "#ffd400", "oklch(60% 0.2 30)"];

/// By WCAG's reckoning, in what a screen paints.
const RECKONING: &str = r#"
    const host = document.querySelector("puls-survey");
    const root = host.shadowRoot, panel = root.querySelector(".panel");
    const pen = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
    const painted = (colour) => {
        pen.fillStyle = colour;
        pen.fillRect(0, 0, 1, 1);
        return [...pen.getImageData(0, 0, 1, 1).data].slice(0, 3);
    };
    const luminance = (colour) => {
        const [r, g, b] = painted(colour).map((v) => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const contrast = (...colours) => {
        const [light, dark] = colours.map(luminance).sort((a, b) => b - a);
        return (light + 0.05) / (dark + 0.05);
    };
    const style = (selector) => getComputedStyle(root.querySelector(selector));
"#;

/// Text on the accent, and the accent as text and thin lines on the panel, with each of some brand colours.
const OF_BRANDS: &str = r#"
    const probe = panel.appendChild(document.createElement("i"));
    const token = (name) => {
        probe.style.color = `var(${name})`;
        return getComputedStyle(probe).color;
    };
    const rows = arguments[0].map((brand) => {
        host.style.setProperty("--puls-accent", brand);
        const paper = getComputedStyle(panel).backgroundColor;
        const [chosen, send] = [style(arguments[1]), style(arguments[2])];
        return [brand, {
            "the chosen answer": contrast(chosen.color, chosen.backgroundColor),
            "Send": contrast(send.color, send.backgroundColor),
            "the accent as text": contrast(token("--_ink"), paper),
            "the question": contrast(style("h2").color, paper),
            "names of the ends": contrast(style(".anchors").color, paper),
            "other answers": contrast(style("[aria-checked=false]").color, style("[aria-checked=false]").backgroundColor),
        }];
    });
    probe.remove();
    return rows;
"#;

/// The same of whatever is on the screen, with each brand on each ground, and on the look's own; what isn't reckoned from the
/// accent, on its own alone. Lines and drawings need less than text, but they are given as much.
const OF_GROUNDS: &str = r#"
    const rows = [];
    const ringed = root.activeElement;
    for (const preset of ["calm", "bright", "plain"]) for (const theme of ["light", "dark"]) {
        panel.dataset.preset = preset;
        host.setAttribute("theme", theme);
        for (const brand of arguments[0]) for (const ground of ["", ...arguments[1]]) {
            host.style.setProperty("--puls-accent", brand);
            host.style.setProperty("--puls-background", ground || null);
            const paper = getComputedStyle(panel).backgroundColor;
            const all = {};
            const seen = (name, selector, reckon) => {
                if (root.querySelector(selector)) all[name] = reckon(style(selector));
            };
            seen("a theme that was found", ".chip[aria-pressed=true]", ({ color, backgroundColor }) => contrast(color, backgroundColor));
            seen("its border", ".chip[aria-pressed=true]", ({ borderTopColor }) => contrast(borderTopColor, paper));
            seen("stars up to the chosen one", "[data-filled] svg", ({ stroke }) => contrast(stroke, paper));
            seen("a link", ".link", ({ color }) => contrast(color, paper));
            seen("the main button", ".primary:enabled", ({ color, backgroundColor }) => contrast(color, backgroundColor));
            if (ringed) {
                const { outlineStyle, outlineColor } = getComputedStyle(ringed);
                all["the ring around what has the focus"] = outlineStyle == "solid" ? contrast(outlineColor, paper) : 0;
            }
            if (!ground) {
                seen("other themes", ".chip[aria-pressed=false]", ({ color, backgroundColor }) => contrast(color, backgroundColor));
                seen("stars above it", "[part=option]:not([data-filled]) svg", ({ stroke }) => contrast(stroke, paper));
                seen("a way out", ".route", ({ color, backgroundColor }) => contrast(color, backgroundColor));
            }
            rows.push([`${brand} on ${ground || "its own"}, ${preset}, ${theme}`, all]);
        }
    }
    return rows;
"#;

#[tokio::test]
async fn every_brand_colour_can_be_read() {
    let collector = Collector::start();
    let browser = Browser::start().await;
    for preset in ["calm", "bright", "plain"] {
        let attributes =
            format!("data-survey='nps' data-display='inline' data-preset='{preset}' data-recontact='0'");
        // Colours that change are none that anybody has chosen.
        let page = format!(
            "<style>puls-survey {{ --puls-motion: 0s }}</style>{}",
            script_tag(&collector, &attributes)
        );
        let host = Host::page(&page).await;
        for scheme in ["light", "dark"] {
            browser.prefer(scheme).await;
            browser.open(&host.origin()).await;
            let survey = browser.survey("nps");
            browser.told_of("puls-shown").await;
            survey.choose(9).await;
            survey.find(&format!("{PRIMARY}:enabled")).await;
            browser.run("document.activeElement.blur()", &[]).await;
            let rows = browser
                .run(&format!("{RECKONING}{OF_BRANDS}"), &[json!(BRANDS), json!(CHOSEN), json!(PRIMARY)])
                .await;
            assert_eq!(rows.as_array().unwrap().len(), BRANDS.len());
            check(&rows, &format!("{preset}, {scheme}"));
        }
    }
}

/// A survey with chips, stars, a way out and a link.
fn colourful() -> String {
    json!({
        "id": "colourful", "version": 1, "audience": "customer", "languages": ["en"], "title": "Your visit",
        "items": [
            { "id": "better", "kind": "open_text", "text": "What could be better?", "required": false, "themes": [
                { "id": "staff", "text": "The staff", "words": { "en": ["staff"] } },
                { "id": "price", "text": "The price", "words": { "en": ["price"] } }] },
            { "id": "stars", "kind": "rating", "text": "How was it?", "scale": { "points": 5, "style": "stars" } },
        ],
        "routing": [{ "when": { "item": "stars", "at_most": 5 },
            "route": { "name": "person", "text": "Talk to someone now", "url": "/contact" } }],
        "thanks": { "title": "Thank you!", "link": { "text": "Write to us", "url": "/contact" } },
        "privacy": { "kind": "randomised", "epsilon": 4.0 },
        "show": { "display": "inline" },
    })
    .to_string()
}

#[tokio::test]
async fn every_brand_colour_can_be_read_on_every_ground() {
    let collector = Collector::with_surveys(&[&colourful()]);
    let host = Host::page(&script_tag(&collector, "data-survey='colourful'")).await;
    let browser = Browser::start().await;
    browser.prefer("light").await;
    browser.open(&host.origin()).await;
    let survey = browser.survey("colourful");
    survey.find("textarea").await.send_keys("The staff").await.unwrap();
    survey.find(".chip[aria-pressed='true']").await;
    check_screen(&browser, &["a theme that was found", "its border", "other themes", "the main button"])
        .await;
    survey.click(PRIMARY).await;
    survey.choose(2).await;
    survey.find(&format!("{PRIMARY}:enabled")).await;
    check_screen(&browser, &["stars up to the chosen one", "stars above it", "a way out"]).await;
    survey.click(PRIMARY).await;
    survey.heading("Thank you!").await;
    check_screen(&browser, &["a link"]).await;
    assert_eq!(browser.page_errors().await, json!([]));
}

/// Checks what is on the screen, the focus ring included, and that these are there.
async fn check_screen(browser: &Browser, there: &[&str]) {
    browser.press(&[Key::Tab]).await;
    let script = format!("{RECKONING}{OF_GROUNDS}");
    let rows = browser.run(&script, &[json!(BRANDS), json!(GROUNDS)]).await;
    check(&rows, &there.join(", "));
    let rows = rows.as_array().unwrap();
    assert_eq!(rows.len(), BRANDS.len() * (GROUNDS.len() + 1) * 6);
    for there in there.iter().chain(&["the ring around what has the focus"]) {
        assert!(rows[0][1][there].is_number(), "{there} isn't there: {}", rows[0]);
    }
}

fn check(rows: &Value, about: &str) {
    for row in rows.as_array().unwrap() {
        for (place, contrast) in row[1].as_object().unwrap() {
            assert!(contrast.as_f64().unwrap() >= 4.5, "{place}: {contrast} with {} in {about}", row[0]);
        }
    }
}
