use crate::totals::Totals;
use crate::{PRIMARY, SENT_TOGGLE};
use puls_tests::browser::Browser;
use puls_tests::collector::Collector;
use puls_tests::host::{Host, script_tag};
use puls_tests::network::Network;
use puls_tests::until;
use serde_json::{Value, json};

#[tokio::test]
async fn an_answer_by_mouse_leaves_as_it_was_shown_and_counts_once() {
    let collector = Collector::with_sample_data();
    let host = Host::page(&script_tag(&collector, "data-survey=\"nps\"")).await;
    let browser = Browser::start().await;
    browser.open(&host.origin()).await;
    let before = Totals::of_results(&collector.results("nps").await);

    let survey = browser.survey("nps");
    survey.heading("How likely are you").await;
    survey.click(SENT_TOGGLE).await;
    survey.heading("What is sent?").await;
    assert_eq!(survey.count("[part='release']").await, 0, "nothing to send without an answer");
    survey.click(SENT_TOGGLE).await;
    survey.choose(9).await;
    survey.click(SENT_TOGGLE).await;
    let shown = survey.text("[part='release']").await;
    survey.click(SENT_TOGGLE).await;
    assert_eq!(browser.network().await.posted(), [""; 0], "nothing leaves before Send is pressed");
    survey.click(PRIMARY).await;
    survey.heading("Thank you!").await;

    let released = browser.told_of("puls-released").await;
    let network = answered_post(&browser).await;
    assert_eq!(network.posted(), [&shown], "what is posted is what was shown, character by character");
    let release: Value = serde_json::from_str(&shown).unwrap();
    assert_eq!(released, release, "the page is told the release as posted");
    assert_eq!(release["mechanism"], json!({ "kind": "randomised", "epsilon": 2 }));

    let after = before.plus(&Totals::of_release(&release));
    assert_eq!(after.respondents, before.respondents + 1);
    assert_eq!(Totals::of_results(&collector.results("nps").await), after);
    let again = collector.post(&shown).await;
    assert_eq!((again.0.as_u16(), again.1), (200, json!({ "status": "accepted" })));
    assert_eq!(Totals::of_results(&collector.results("nps").await), after, "the same id counts once");

    assert_eq!(
        browser.told().await,
        [
            ("puls-shown".to_owned(), json!({ "survey": "nps" })),
            ("puls-answered".to_owned(), json!({ "survey": "nps", "item": "recommend" })),
            ("puls-released".to_owned(), release),
            ("puls-completed".to_owned(), json!({ "survey": "nps" })),
        ]
    );
    assert_discreet(&network, &collector.origin, &host.origin());
    assert_eq!(browser.driver().get_all_cookies().await.unwrap().len(), 0, "no cookie");
    assert_eq!(browser.page_errors().await, json!([]));
    assert_eq!(browser.console().await, [""; 0]);
    survey.click(PRIMARY).await;
    survey.gone().await;
}

#[tokio::test]
async fn it_works_on_a_page_without_https() {
    let collector = Collector::start();
    let host = Host::page(&script_tag(&collector, "data-survey=\"nps\"")).await;
    let browser = Browser::start().await;
    browser.open(&format!("http://shop.test:{}/", host.port)).await;
    assert_eq!(browser.run("return isSecureContext", &[]).await, json!(false));
    let survey = browser.survey("nps");
    survey.choose(3).await;
    survey.click(PRIMARY).await;
    survey.heading("Thank you!").await;
    answered_post(&browser).await;
    assert_eq!(Totals::of_results(&collector.results("nps").await).respondents, 1);
    assert_eq!(browser.page_errors().await, json!([]));
}

/// Waits until a release was posted and answered.
async fn answered_post(browser: &Browser) -> Network {
    until("an answered post", async || {
        let network = browser.network().await;
        let mut posts = network.exchanges().iter().filter(|exchange| exchange.method == "POST");
        if posts.any(|post| post.status == 200) { Ok(network) } else { Err(format!("{:?}", network.urls())) }
    })
    .await
}

/// No cookie either way, no address but the collector's and the page's, and no word of the page to the collector.
fn assert_discreet(network: &Network, collector: &str, host: &str) {
    for exchange in network.exchanges() {
        let url = &exchange.url;
        let own = url.starts_with(host) || url.starts_with("data:");
        assert!(own || url.starts_with(collector), "{exchange:?}");
        assert_eq!(exchange.headers.get("cookie"), None, "{url}");
        assert_eq!(exchange.answered.get("set-cookie"), None, "{url}");
        // The script tag's own request is the page's, and follows the page's policy.
        if !own && !url.ends_with("/puls.js") {
            // The developer tools write an empty one where none is sent.
            let referrer = exchange.headers.get("referer").map_or("", String::as_str);
            assert_eq!(referrer, "", "{url}");
        }
    }
}
