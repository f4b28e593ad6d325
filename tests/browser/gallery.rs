use crate::accessibility::check;
use crate::quiet::{WATCHED, fetched};
use puls_tests::browser::Browser;
use puls_tests::collector::Collector;
use puls_tests::host::Host;
use puls_tests::{axe, dist, until};
use serde_json::json;
use std::fs;

/// Clicks the button or follows the link on a survey's card that has this text.
const CLICK: &str = "[...document.querySelectorAll(`#card-${arguments[0]} .way`)]
    .find(({ textContent }) => textContent == arguments[1]).click()";

fn ids() -> Vec<String> {
    let files = fs::read_dir(dist("surveys")).unwrap().map(|file| file.unwrap().path());
    let mut ids: Vec<String> =
        files.map(|file| file.file_stem().unwrap().to_str().unwrap().to_owned()).collect();
    ids.sort();
    ids
}

async fn gallery(collector: &Collector) -> (Host, Browser) {
    let host = Host::demo(collector).await;
    let browser = Browser::start().await;
    browser.before_each_page(WATCHED).await;
    browser.open(&format!("{}/gallery.html", host.origin())).await;
    browser.ready(".cards .card").await;
    (host, browser)
}

#[tokio::test]
async fn every_survey_has_a_card_and_nothing_is_fetched_for_it() {
    let collector = Collector::start();
    let (_host, browser) = gallery(&collector).await;
    let cards = "return [...document.querySelectorAll('.cards .card')].map(({ id }) => id.slice(5)).sort()";
    assert_eq!(browser.run(cards, &[]).await, json!(ids()));
    assert_eq!(fetched(&browser).await, [""; 0]);
    let network = browser.network().await;
    let fetched: Vec<_> = network.urls().into_iter().filter(|url| url.contains(&collector.origin)).collect();
    assert_eq!(fetched, [format!("{}/puls.js", collector.origin)]);
}

#[tokio::test]
async fn each_survey_opens_in_each_display() {
    let collector = Collector::start();
    let (host, browser) = gallery(&collector).await;
    for id in ids() {
        for way in ["Popover", "Modal", "Bar", "Inline"] {
            browser.run(CLICK, &[json!(id), json!(way)]).await;
            let survey = browser.survey(&id);
            survey.find(&format!("[data-display='{}'] h2", way.to_lowercase())).await;
            browser.run(CLICK, &[json!(id), json!(way)]).await;
            let left = browser.run("return document.querySelectorAll('puls-survey').length", &[]).await;
            assert_eq!(left, json!(0), "{id} as {way} is gone");
        }
    }
    assert_eq!(browser.page_errors().await, json!([]));
    for id in ids() {
        for display in ["page", "kiosk"] {
            browser.open(&format!("{}/demo/survey.html?survey={id}&display={display}", host.origin())).await;
            browser.survey(&id).find(&format!("[data-display='{display}'] h2")).await;
            assert_eq!(browser.page_errors().await, json!([]), "{id} as {display}");
        }
    }
    assert_eq!(browser.console().await, [""; 0]);
}

#[tokio::test]
async fn what_is_open_follows_the_settings() {
    let collector = Collector::start();
    let (_host, browser) = gallery(&collector).await;
    browser.run(CLICK, &[json!("nps"), json!("Inline")]).await;
    browser.survey("nps").heading("How likely are you").await;
    for (menu, value) in [("language", "sv"), ("preset", "bright")] {
        let choose = "const menu = document.getElementById(arguments[0]); menu.value = arguments[1];
            menu.dispatchEvent(new Event('change'))";
        browser.run(choose, &[json!(menu), json!(value)]).await;
    }
    browser.survey("nps").find("[lang='sv'][data-preset='bright'] h2").await;
    let address = browser.run("return location.search", &[]).await;
    assert_eq!(address, json!("?lang=sv&preset=bright"));
}

#[tokio::test]
async fn links_lead_somewhere() {
    let collector = Collector::start();
    let (host, browser) = gallery(&collector).await;
    let guides = browser
        .run("return [...document.querySelectorAll('.more a:first-child')].map(({ href }) => href)", &[]);
    let mut links: Vec<String> = serde_json::from_value(guides.await).unwrap();
    links.extend(["/contact", "/privacy", "/change"].map(|path| format!("{}{path}", host.origin())));
    for link in links {
        browser.open(&link).await;
        until("a page", async || {
            let text = browser.run("return document.body.innerText", &[]).await;
            if text.as_str().is_some_and(|text| text.len() > 50) { Ok(()) } else { Err(text.to_string()) }
        })
        .await;
    }
}

#[tokio::test]
async fn nobody_is_shut_out_of_the_gallery() {
    let collector = Collector::start();
    let (host, browser) = gallery(&collector).await;
    for (scheme, width) in [("light", 1280), ("dark", 390)] {
        browser.prefer(scheme).await;
        browser.resize(width, 900).await;
        browser.open(&format!("{}/gallery.html", host.origin())).await;
        browser.ready(".cards .card").await;
        browser.run(CLICK, &[json!("csat"), json!("Inline")]).await;
        browser.told_of("puls-shown").await;
        browser.run(&axe(), &[]).await;
        check(&browser, &format!("the gallery, {scheme}, {width} wide")).await;
        let fits = "return document.documentElement.scrollWidth <= innerWidth";
        assert_eq!(browser.run(fits, &[]).await, json!(true), "nothing is wider than {width}");
    }
}
