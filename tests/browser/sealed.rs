//! Sealed surveys, with both aggregators in this process.

mod joint;
mod module;

use crate::PRIMARY;
use crate::totals::Totals;
use crate::waiting::{wait_until_left, waiting};
use puls_aggregators::{Keypair, Parameters, Served, Vdaf, base64, serve};
use puls_documents::{choices, net_promoter, sealed, survey};
use puls_sealed::chunk_length;
use puls_tests::browser::Browser;
use puls_tests::collector::Collector;
use puls_tests::host::{Host, script_tag};
use puls_tests::until;
use serde_json::{Value, json};

const RECOMMEND: [u8; 32] = [1; 32];
const WHICH: [u8; 32] = [2; 32];

const TOKEN: &str = "token-of-the-collector";

/// A clock that is late by forty days, which no answer tells, so that its wave is over by now.
const FORTY_DAYS_AGO: &str = "const now = Date.now, { get } = Headers.prototype;
    Date.now = () => now() - 40 * 864e5;
    Headers.prototype.get = function (name) { return name == 'date' ? null : get.call(this, name); };";

/// An older browser.
const NO_X25519: &str =
    "SubtleCrypto.prototype.generateKey = async () => { throw new DOMException('', 'NotSupportedError'); };";

/// A leader, a helper, and a survey with a task for each of its lines.
struct Pair {
    served: Served,
    survey: String,
    collector: Keypair,
}

impl Pair {
    async fn start() -> Self {
        let collector = Keypair::generate(1);
        let task = |id, vdaf| Parameters {
            id,
            vdaf,
            min_batch_size: 1,
            collector: collector.config().clone(),
            bearer_token: TOKEN.to_owned(),
        };
        let served = serve([
            task(RECOMMEND, Vdaf::Histogram { length: 3, chunk_length: chunk_length(3, 1) }),
            task(WHICH, Vdaf::SumVec { bits: 1, length: 4, chunk_length: chunk_length(4, 1) }),
        ])
        .await;
        let tasks = [("recommend", base64(&RECOMMEND)), ("which", base64(&WHICH))];
        let survey = survey("sealed")
            .item(net_promoter("recommend"))
            .item(choices("which", [("a", "A"), ("b", "B"), ("c", "C")]).optional())
            .privacy(sealed(&served.leader, &served.helper, tasks))
            .show(json!({"recontact_days": 0}));
        Self { served, survey: survey.to_string(), collector }
    }

    /// Waits until both tasks have this many reports, and returns their sums.
    async fn sums(&self, expected: usize) -> [Vec<u128>; 2] {
        until(&format!("{expected} reports for each task"), async || {
            let [recommend, which] = [RECOMMEND, WHICH].map(|id| self.served.task(&id, |task| task.count()));
            let rejected = self.served.task(&WHICH, |task| format!("{:?}", task.rejected()));
            let found = format!("{recommend} and {which}, rejected {rejected}");
            if (recommend, which) == (expected, expected) { Ok(()) } else { Err(found) }
        })
        .await;
        [RECOMMEND, WHICH].map(|id| self.served.task(&id, |task| task.sums(0..u64::MAX)))
    }
}

async fn answer(browser: &Browser, score: usize, options: &[usize]) {
    let survey = browser.survey("sealed");
    survey.choose(score).await;
    for option in options {
        survey.choose(*option).await;
    }
    survey.click(PRIMARY).await;
    survey.heading("Thank you!").await;
}

#[tokio::test]
async fn answers_come_out_as_exact_sums_and_nowhere_before() {
    let pair = Pair::start().await;
    let collector = Collector::with_surveys(&[&pair.survey]);
    let host = Host::page(&script_tag(&collector, "data-survey=sealed")).await;
    let browser = Browser::start().await;
    for (score, options) in [(10, &[0, 2][..]), (9, &[]), (3, &[2])] {
        browser.open(&host.origin()).await;
        answer(&browser, score, options).await;
    }
    let [recommend, which] = pair.sums(3).await;
    assert_eq!((recommend, which), (vec![1, 0, 2], vec![1, 0, 2, 1]));
    // Everything that carries something is a report, and goes to the leader.
    let network = browser.network().await;
    assert!(!network.exchanges().iter().any(|exchange| exchange.url.contains("/hpke-")));
    let sent = network.exchanges().iter().filter(|exchange| !["GET", "HEAD"].contains(&&*exchange.method));
    let addresses: Vec<&str> = sent.map(|exchange| exchange.url.as_str()).collect();
    assert!(addresses.len() >= 6, "a report of each of three people for each of two tasks: {addresses:?}");
    assert!(addresses.iter().all(|url| url.starts_with(&pair.served.leader)), "{addresses:?}");
    wait_until_left(&browser, 0).await;
    assert_eq!(browser.page_errors().await, json!([]));
}

#[tokio::test]
async fn what_was_answered_in_a_wave_that_is_over_becomes_results() {
    let pair = Pair::start().await;
    let mut collector = Collector::with_surveys(&[&pair.survey]);
    let host = Host::page(&script_tag(&collector, "data-survey=sealed")).await;
    let browser = Browser::start().await;
    browser.before_each_page(FORTY_DAYS_AGO).await;
    for (score, options) in [(10, &[0][..]), (7, &[0, 1])] {
        browser.open(&host.origin()).await;
        answer(&browser, score, options).await;
    }
    pair.sums(2).await;
    collector.give_credentials(&format!(r#"{{"sealed": {}}}"#, pair.collector.credential(TOKEN)));
    collector.stop();
    collector.start_again();
    let items = [("recommend", vec![0, 1, 1, 0]), ("which", vec![2, 1, 0, 0])];
    let items = items.map(|(item, counts)| (item.to_owned(), counts)).into();
    let expected = Totals { respondents: 2, items };
    until("both answers to both questions in the totals", async || {
        let held = Totals::held(&collector, "sealed", &expected).await;
        if held == expected { Ok(()) } else { Err(format!("{held:?}")) }
    })
    .await;
    let results = collector.results("sealed").await;
    assert_eq!(
        results["items"][0]["score"]["withheld"], "too_few",
        "two people's answers are shown to nobody"
    );
}

#[tokio::test]
async fn aggregators_are_asked_for_their_keys_before_the_first_answer() {
    let pair = Pair::start().await;
    let collector = Collector::with_surveys(&[&pair.survey]);
    let host = Host::page(&script_tag(&collector, "data-survey=sealed")).await;
    let browser = Browser::start().await;
    browser.open(&host.origin()).await;
    browser.told_of("puls-shown").await;
    let asked = async || {
        let network = browser.network().await;
        network.urls().into_iter().filter(|url| url.contains("/hpke_config")).count()
    };
    // A leader and a helper, each for two questions.
    until("four keys", async || match asked().await {
        4 => Ok(()),
        other => Err(other.to_string()),
    })
    .await;
    let survey = browser.survey("sealed");
    survey.choose(10).await;
    survey.choose(1).await;
    survey.find(&format!("{PRIMARY}:enabled")).await;
    assert_eq!(asked().await, 4, "nothing is asked for when all is answered");
}

#[tokio::test]
async fn what_is_sent_is_sealed_before_it_is_shown_and_stored() {
    let pair = Pair::start().await;
    let Pair { served, survey, .. } = &pair;
    let collector = Collector::with_surveys(&[survey]);
    let host = Host::page(&script_tag(&collector, "data-survey=sealed")).await;
    let browser = Browser::start().await;
    browser.open(&host.origin()).await;
    let shown = browser.survey("sealed");
    shown.choose(10).await;
    shown.choose(1).await;
    shown.click("[part='sent-toggle']").await;
    let release = shown.text("[part='release']").await;
    let reports: Vec<Value> =
        release.split("\n\n").map(|report| serde_json::from_str(report).unwrap()).collect();
    assert_eq!(reports.len(), 2);
    assert_eq!(
        (&reports[0]["task"], &reports[1]["task"]),
        (&json!(base64(&RECOMMEND)), &json!(base64(&WHICH)))
    );
    let text = shown.seen().await;
    assert!(
        text.contains(&served.leader) && text.contains(&served.helper) && text.contains("two halves"),
        "{text}"
    );
    shown.click("[part='sent-toggle']").await;
    browser.run("window.fetch = () => new Promise(() => {})", &[]).await;
    shown.click(PRIMARY).await;
    shown.heading("Thank you!").await;
    let told: Vec<_> = browser.told().await.into_iter().filter(|(name, _)| name == "puls-released").collect();
    assert_eq!(told.into_iter().map(|(_, report)| report).collect::<Vec<_>>(), reports);
    // What waits for the network are the reports, and the next page view delivers them.
    let url = format!("{}/tasks/{}/reports", served.leader, base64(&WHICH));
    assert!(waiting(&browser).await.iter().any(|parcel| parcel["url"] == url));
    browser.reload().await;
    let [recommend, which] = pair.sums(1).await;
    assert_eq!((recommend, which), (vec![0, 0, 1], vec![0, 1, 0, 0]));
}

/// Until `signedIn`, whatever is uploaded is answered by a page that wants people to sign in, as a proxy may.
const SIGN_ON: &str = "{
    const genuine = fetch, page = { status: 200, headers: { 'content-type': 'text/html' } };
    window.turnedAway = 0;
    window.fetch = async (address, init) => {
        if (init?.method != 'PUT' || window.signedIn) return genuine(address, init);
        turnedAway++;
        return new Response('<!doctype html><title>Sign in</title>', page);
    };
}";

#[tokio::test]
async fn a_report_is_delivered_when_the_leader_itself_has_taken_it() {
    let pair = Pair::start().await;
    let collector = Collector::with_surveys(&[&pair.survey]);
    let host = Host::page(&script_tag(&collector, "data-survey=sealed")).await;
    let browser = Browser::start().await;
    browser.before_each_page(SIGN_ON).await;
    browser.open(&host.origin()).await;
    answer(&browser, 10, &[0]).await;
    until("two reports turned away", async || match browser.run("return turnedAway", &[]).await {
        away if away.as_u64() >= Some(2) => Ok(()),
        away => Err(away.to_string()),
    })
    .await;
    assert_eq!(waiting(&browser).await.len(), 2);
    browser.run("window.signedIn = true", &[]).await;
    let [recommend, which] = pair.sums(1).await;
    assert_eq!((recommend, which), (vec![0, 0, 1], vec![1, 0, 0, 0]));
    // An answer with nothing in it is the leader's own.
    wait_until_left(&browser, 0).await;
    assert_eq!(browser.page_errors().await, json!([]));
}

#[tokio::test]
async fn a_browser_without_x25519_seals_all_the_same() {
    let pair = Pair::start().await;
    let collector = Collector::with_surveys(&[&pair.survey]);
    let host = Host::page(&script_tag(&collector, "data-survey=sealed")).await;
    let browser = Browser::start().await;
    browser.before_each_page(NO_X25519).await;
    browser.open(&host.origin()).await;
    answer(&browser, 0, &[0]).await;
    let [recommend, which] = pair.sums(1).await;
    assert_eq!((recommend, which), (vec![1, 0, 0], vec![1, 0, 0, 0]));
    stood_in(&browser).await;
}

/// Browsers give pages without HTTPS no cryptography at all.
#[tokio::test]
async fn a_page_without_https_seals_all_the_same() {
    let pair = Pair::start().await;
    let collector = Collector::with_surveys(&[&pair.survey]);
    let host = Host::page(&script_tag(&collector, "data-survey=sealed")).await;
    let browser = Browser::start().await;
    browser.open(&format!("http://shop.test:{}", host.port)).await;
    assert_eq!(browser.run("return isSecureContext", &[]).await, json!(false));
    answer(&browser, 9, &[]).await;
    let [recommend, which] = pair.sums(1).await;
    assert_eq!((recommend, which), (vec![0, 0, 1], vec![0, 0, 0, 1]));
    stood_in(&browser).await;
}

async fn stood_in(browser: &Browser) {
    let network = browser.network().await;
    let modules = network.exchanges().iter().filter(|exchange| exchange.url.contains("/hpke-"));
    assert_eq!(modules.count(), 2, "its script and its WebAssembly");
}

#[tokio::test]
async fn without_an_aggregator_nothing_is_sent_and_everybody_is_told() {
    let pair = Pair::start().await;
    let survey = pair.survey.replace(&pair.served.helper, "http://127.0.0.1:9");
    let collector = Collector::with_surveys(&[&survey]);
    let host = Host::page(&script_tag(&collector, "data-survey=sealed")).await;
    let browser = Browser::start().await;
    browser.open(&host.origin()).await;
    let shown = browser.survey("sealed");
    shown.choose(10).await;
    shown.heading("Nothing was sent").await;
    assert_eq!(browser.told_of("puls-error").await["code"], json!("sealed"));
    assert_eq!(pair.served.task(&RECOMMEND, |task| task.count()), 0);
    assert_eq!(waiting(&browser).await, [json!(null); 0]);
}
