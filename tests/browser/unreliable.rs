use crate::people::clock;
use crate::shared::kept_on_device;
use crate::totals::Totals;
use crate::waiting::waiting;
use axum::Router;
use axum::response::Html;
use axum::routing::get;
use puls_documents::{batched, rating, survey};
use puls_tests::browser::{Browser, RECORDER};
use puls_tests::collector::Collector;
use puls_tests::host::{Host, document, script_tag};
use puls_tests::proxy::{Fault, Log, Proxy};
use puls_tests::until;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// What happens to the network follows from it, as far as the order of posts does.
const SEED: u64 = 20_261_128;

fn desk() -> String {
    survey("desk")
        .item(rating("ease", 10).text("How easy was it?"))
        .privacy(batched(3))
        .show(json!({ "trigger": ["load"], "display": "inline", "recontact_days": 0 }))
        .to_string()
}

/// A site that asks everybody who comes, and counts its page views.
struct Site {
    host: Host,
    views: Arc<AtomicUsize>,
}

/// What visitors left behind, as `visit.js` notes it.
#[derive(Default)]
struct Visits {
    released: Vec<Value>,
    errors: Vec<Value>,
}

impl Site {
    async fn asking(survey: &str, collector: &Collector, proxy: &Proxy, browser: &Browser) -> Self {
        let moment = browser.run("return Date.now()", &[]).await.to_string();
        let attributes = format!(
            "data-survey='{survey}' data-endpoint='{}/v1/releases' data-display='inline' data-recontact='0'",
            proxy.origin
        );
        let scripts =
            [RECORDER, &clock(&moment), include_str!("unreliable/visit.js")].join("</script><script>");
        let page = document(&format!("<script>{scripts}</script>{}", script_tag(collector, &attributes)));
        let views = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&views);
        let view = async move || {
            counted.fetch_add(1, Ordering::Relaxed);
            Html(page.clone())
        };
        Self { host: Host::routes(Router::new().route("/", get(view))).await, views }
    }

    /// Has people visit it in so many windows at once, one after the other in each; each of them gives one of the answers.
    async fn is_visited(&self, browser: &Browser, windows: usize, answers: &[usize]) -> Visits {
        let first = browser.driver().window().await.unwrap();
        for answers in answers.chunks(answers.len().div_ceil(windows)) {
            let answers: Vec<String> = answers.iter().map(ToString::to_string).collect();
            let address = format!("{}/?answers={}", self.host.origin(), answers.join(","));
            // Without an opener, and not by the driver, which would have itself told of all that goes on there.
            browser.run("open(arguments[0], '', 'popup,noopener')", &[json!(address)]).await;
        }
        // When the last visitor has left, the window shows the page to nobody.
        self.has_been_viewed(answers.len() + windows).await;
        let mut visits = Visits::default();
        let opened = browser.driver().windows().await.unwrap().into_iter().filter(|window| *window != first);
        for window in opened {
            browser.driver().switch_to_window(window).await.unwrap();
            visits.add(&browser.run("return JSON.parse(sessionStorage.visits)", &[]).await);
        }
        visits
    }

    async fn has_been_viewed(&self, times: usize) {
        // As long as somebody goes on answering, however slowly.
        let mut viewed = 0;
        while viewed < times {
            viewed = until("another page view", async || match self.views.load(Ordering::Relaxed) {
                now if now > viewed => Ok(now),
                now => Err(format!("{now} of {times}")),
            })
            .await;
        }
    }
}

impl Visits {
    fn add(&mut self, window: &Value) {
        self.released.extend_from_slice(window["released"].as_array().unwrap());
        self.errors.extend_from_slice(window["errors"].as_array().unwrap());
    }
}

pub(crate) async fn everything_is_delivered(browser: &Browser, proxy: &Proxy) {
    // Nothing comes any more that could overtake something.
    proxy.hold_nothing_back();
    // As long as there is less and less of it.
    let mut left = waiting(browser).await.len();
    while left > 0 {
        // What had no answer needn't wait any longer.
        browser.run("dispatchEvent(new Event('online'))", &[]).await;
        left = until("fewer releases in the outbox", async || {
            let waiting = waiting(browser).await;
            if waiting.len() < left { Ok(waiting.len()) } else { Err(format!("{waiting:?}")) }
        })
        .await;
    }
}

/// Every fault has come so often at least, and so many releases more than once.
fn assert_faults(log: &Log, least: usize) {
    let times = Fault::ALL.map(|fault| log.befell.get(&fault).copied().unwrap_or_default());
    assert!(times.iter().all(|times| *times >= least), "{:?}", log.befell);
    let repeated = log.accepted.values().filter(|times| **times > 1).count();
    assert!(repeated >= least, "only {repeated} came more than once");
}

/// Those who wait on the shared device for others to join them.
async fn rest_on_device(browser: &Browser, log: &Log) -> Totals {
    let kept = kept_on_device(browser, "desk").await;
    let batches = kept["batches"].as_array().unwrap();
    // Somebody may have left when their batch was released and not yet cleared: the next one would post it again.
    let (full, open): (Vec<_>, Vec<_>) = batches.iter().partition(|batch| batch["respondents"] == json!(3));
    let is_accepted = |id: &Value| log.accepted.keys().any(|text| text.contains(id.as_str().unwrap()));
    assert!(full.iter().all(|batch| is_accepted(&batch["id"])), "{kept} and {:?}", log.accepted);
    let [open] = open[..] else { panic!("one open batch in {kept}") };
    Totals::of_release(&json!({ "respondents": open["respondents"], "items": { "ease": open["items"][0] } }))
}

#[tokio::test]
async fn five_hundred_people_and_a_bad_network_come_to_exact_totals() {
    let collector = Collector::start();
    let proxy = Proxy::before(&collector, SEED).await;
    let browser = Browser::start().await;
    let site = Site::asking("nps", &collector, &proxy, &browser).await;
    let answers: Vec<usize> = (0..500).map(|person| person * 7 % 11).collect();
    let Visits { released, errors } = site.is_visited(&browser, 4, &answers).await;
    everything_is_delivered(&browser, &proxy).await;
    let log = proxy.settled().await;

    assert_eq!(errors, [json!(null); 0]);
    let ids: BTreeSet<&str> = released.iter().map(|release| release["id"].as_str().unwrap()).collect();
    assert_eq!((ids.len(), released.len()), (500, 500), "each has an id of its own");
    assert_eq!(log.accepted.len(), 500, "what is tried again is the same text");
    let told = released.iter().fold(Totals::default(), |sum, release| sum.plus(&Totals::of_release(release)));
    assert_eq!(Totals::of_results(&collector.results("nps").await), told, "{:?}", log.befell);
    assert_faults(&log, 60);
}

#[tokio::test]
async fn of_a_shared_device_on_a_bad_network_nobody_is_lost_and_nobody_counted_twice() {
    let collector = Collector::with_surveys(&[&desk()]);
    let proxy = Proxy::before(&collector, SEED).await;
    let browser = Browser::start().await;
    let site = Site::asking("desk", &collector, &proxy, &browser).await;
    let answers: Vec<usize> = (0..122).map(|person| person * 7 % 10).collect();
    let Visits { errors, .. } = site.is_visited(&browser, 3, &answers).await;
    everything_is_delivered(&browser, &proxy).await;
    let log = proxy.settled().await;

    assert_eq!(errors, [json!(null); 0]);
    assert_eq!(log.accepted.len(), 40, "one release for three people");
    let rest = rest_on_device(&browser, &log).await;
    let mut cells = vec![0; 11];
    answers.iter().for_each(|answer| cells[*answer] += 1);
    let expected = Totals { respondents: 122, items: BTreeMap::from([("ease".to_owned(), cells)]) };
    assert_eq!(Totals::held(&collector, "desk", &expected).await.plus(&rest), expected);
    assert_faults(&log, 4);
}
