use crate::PRIMARY;
use puls_tests::browser::Browser;
use puls_tests::collector::Collector;
use puls_tests::host::{Host, script_tag};
use puls_tests::until;
use serde_json::json;

#[tokio::test]
async fn everything_that_a_survey_needs_is_fetched_side_by_side() {
    let collector = Collector::start();
    let host = Host::page(&script_tag(&collector, "data-survey=\"nps\"")).await;
    let browser = Browser::start().await;
    // Slow enough for one after the other to show.
    let slow = json!({ "offline": false, "latency": 300, "downloadThroughput": -1, "uploadThroughput": -1 });
    browser.command("Network.emulateNetworkConditions", slow).await;
    browser.open(&host.origin()).await;
    browser.survey("nps").heading("How likely are you").await;
    let network = until("the ends of all requests", async || {
        let network = browser.network().await;
        let under_way = network.exchanges().iter().any(|exchange| exchange.finished_s.is_none());
        if under_way { Err(format!("{:?}", network.exchanges())) } else { Ok(network) }
    })
    .await;

    let files = [("/assets/", ".js"), ("/assets/", ".wasm"), ("/v1/surveys/", "nps")];
    let exchanges = files.map(|(part, ending)| network.only(part, ending));
    let first_end = exchanges.iter().filter_map(|exchange| exchange.finished_s).fold(f64::MAX, f64::min);
    for exchange in exchanges {
        assert!(
            exchange.sent_s < first_end,
            "{} is sent after another has ended: {network:#?}",
            exchange.url
        );
        assert_eq!(exchange.answered["content-encoding"], "br", "{}", exchange.url);
    }
    for exchange in &exchanges[..2] {
        let caching = &exchange.answered["cache-control"];
        assert!(caching.contains("immutable") && caching.contains("public"), "{}: {caching}", exchange.url);
    }
}

/// Words in addresses that lists of ad blockers go by.
const BLOCKED: [&str; 16] = [
    "track",
    "analytic",
    "beacon",
    "collect",
    "pixel",
    "telemetry",
    "stats",
    "metric",
    "event",
    "log",
    "ads",
    "popup",
    "banner",
    "click",
    "visitor",
    "impression",
];

#[tokio::test]
async fn no_address_has_a_word_that_ad_blockers_look_for() {
    let collector = Collector::start();
    let host = Host::page(&script_tag(&collector, "data-survey=\"nps\"")).await;
    let browser = Browser::start().await;
    browser.open(&host.origin()).await;
    let survey = browser.survey("nps");
    survey.choose(9).await;
    survey.click(PRIMARY).await;
    survey.heading("Thank you!").await;
    let network = until("a post", async || {
        let network = browser.network().await;
        if network.posted().is_empty() { Err(format!("{:?}", network.urls())) } else { Ok(network) }
    })
    .await;
    let paths: Vec<_> =
        network.urls().into_iter().filter_map(|url| url.strip_prefix(&collector.origin)).collect();
    assert!(paths.contains(&"/puls.js") && paths.contains(&"/v1/releases"), "{paths:?}");
    for path in paths {
        assert!(!BLOCKED.iter().any(|word| path.to_lowercase().contains(word)), "{path}");
    }
}
