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

    let exchanges = ["/v1/surveys/nps", "/assets/widget-", ".wasm"].map(|part| match part {
        // Two files have this in common; the other one is asked for by its ending.
        "/assets/widget-" => network.only(".js?").to_owned(),
        part => network.only(part).to_owned(),
    });
    let first_end = exchanges.iter().filter_map(|exchange| exchange.finished_s).fold(f64::MAX, f64::min);
    for exchange in &exchanges {
        assert!(exchange.sent_s < first_end, "{} is sent after another has ended", exchange.url);
    }
}
