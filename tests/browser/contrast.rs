use crate::{CHOSEN, PRIMARY};
use puls_tests::browser::Browser;
use puls_tests::collector::Collector;
use puls_tests::host::{Host, script_tag};
use serde_json::{Value, json};

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

/// By WCAG's reckoning, in what a screen paints: text on the accent, and the accent as text and thin lines on the panel.
const CONTRAST: &str = r#"
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
    const probe = panel.appendChild(document.createElement("i"));
    const token = (name) => {
        probe.style.color = `var(${name})`;
        return getComputedStyle(probe).color;
    };
    const style = (selector) => getComputedStyle(root.querySelector(selector));
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
            let rows = browser.run(CONTRAST, &[json!(BRANDS), json!(CHOSEN), json!(PRIMARY)]).await;
            check(&rows, &format!("{preset}, {scheme}"));
        }
    }
}

fn check(rows: &Value, about: &str) {
    let rows = rows.as_array().unwrap();
    assert_eq!(rows.len(), BRANDS.len());
    for row in rows {
        for (place, contrast) in row[1].as_object().unwrap() {
            assert!(contrast.as_f64().unwrap() >= 4.5, "{place}: {contrast} with {} in {about}", row[0]);
        }
    }
}
