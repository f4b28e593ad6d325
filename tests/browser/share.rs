use crate::asked;
use crate::quiet::{WATCHED, fetched};
use puls_tests::browser::Browser;
use puls_tests::collector::Collector;
use puls_tests::host::{Host, script_tag};
use puls_tests::until;
use serde_json::{Value, json};

/// A generator with a seed in the place of the browser's, where one number is drawn at a time.
const SEEDED: &str = r#"
    window.draws = [];
    let state = SEED;
    const genuine = crypto.getRandomValues;
    crypto.getRandomValues = function (array) {
        if (!(array instanceof Uint32Array) || array.length > 1) return genuine.call(this, array);
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
        draws.push(state / 2 ** 32);
        array[0] = state;
        return array;
    };"#;

/// Which of the surveys are shown, by their number.
const SHOWN: &str =
    "return window.pulsTold.filter(([name]) => name == 'puls-shown').map(([, { survey }]) => survey).sort()";

/// Waits until as many are shown, of which no more than that are asked for.
async fn told(browser: &Browser, count: usize) -> Vec<Value> {
    let asked = fetched(browser).await;
    let asked = asked.iter().filter(|url| url.contains("/v1/surveys/") && !url.contains("/screen?")).count();
    assert_eq!(asked, count);
    until(&format!("{count} surveys"), async || {
        let shown = browser.run(SHOWN, &[]).await;
        let shown = shown.as_array().unwrap().clone();
        if shown.len() == count { Ok(shown) } else { Err(format!("{} are shown", shown.len())) }
    })
    .await
}

/// The numbers that were drawn, as soon as there are this many.
async fn drawn(browser: &Browser, count: usize) -> Vec<f64> {
    until(&format!("{count} draws"), async || {
        let draws: Vec<f64> = serde_json::from_value(browser.run("return window.draws", &[]).await).unwrap();
        if draws.len() == count { Ok(draws) } else { Err(format!("{draws:?}")) }
    })
    .await
}

#[tokio::test]
async fn the_share_of_page_loads_is_kept() {
    // Half of them by their definition, half by an attribute.
    let ids: Vec<String> = (0..40).map(|index| format!("s{index:02}")).collect();
    let definitions: Vec<String> = ids
        .iter()
        .enumerate()
        .map(|(index, id)| {
            let sample = if index % 2 == 0 { 0.25 } else { 1.0 };
            asked::survey(id, &json!({ "display": "inline", "sample": sample }))
        })
        .collect();
    let elements: String = ids
        .iter()
        .enumerate()
        .map(|(index, id)| {
            let sample = if index % 2 == 0 { "" } else { "sample='0.25'" };
            format!("<puls-survey survey='{id}' {sample}></puls-survey>")
        })
        .collect();
    let collector = Collector::with_surveys(&definitions.iter().map(String::as_str).collect::<Vec<_>>());
    let host = Host::page(&format!("{elements}{}", script_tag(&collector, ""))).await;
    let browser = Browser::start().await;
    browser.before_each_page(&format!("{}{WATCHED}", SEEDED.replace("SEED", "7"))).await;
    browser.open(&host.origin()).await;
    let draws = drawn(&browser, 40).await;
    let drawn: Vec<_> =
        ids.iter().zip(&draws).filter(|(_, draw)| **draw < 0.25).map(|(id, _)| json!(id)).collect();
    assert!((6..=14).contains(&drawn.len()), "{draws:?}");
    assert_eq!(told(&browser, drawn.len()).await, drawn);
    assert_eq!(browser.page_errors().await, json!([]));
}

#[tokio::test]
async fn one_draw_holds_for_a_page_load() {
    let collector = Collector::start();
    let element =
        |sample: &str| format!("<puls-survey survey='nps' display='inline' sample='{sample}'></puls-survey>");
    let elements = ["0", "0.2", "0.4", ".6", "0.8", "1"].map(element).concat();
    let host = Host::page(&format!("{elements}{}", script_tag(&collector, ""))).await;
    let browser = Browser::start().await;
    browser.before_each_page(&format!("{}{WATCHED}", SEEDED.replace("SEED", "1"))).await;
    browser.open(&host.origin()).await;
    let draw = drawn(&browser, 1).await[0];
    let above = [0.0, 0.2, 0.4, 0.6, 0.8, 1.0].into_iter().filter(|share| draw < *share).count();
    assert_eq!(told(&browser, above).await.len(), above, "{draw}");
    // Neither another page of the same document nor a new element is a new draw.
    browser.run("history.pushState({}, '', '/other')", &[]).await;
    browser.run("document.body.append(document.querySelector('[sample=\"0\"]'))", &[]).await;
    assert_eq!(told(&browser, above).await.len(), above);
    assert_eq!(browser.run("return window.draws.length", &[]).await, json!(1));
    assert_eq!(browser.page_errors().await, json!([]));
}
