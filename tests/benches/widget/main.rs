//! `cargo xtask bench widget`: how long until the NPS survey can be answered, and how long a tap takes.
//!
//! Each visit is made by a browser that has just been started, so nothing is cached. Visits to a page that
//! embeds Puls take turns with visits to one that embeds the same survey written by hand (`benches/bare/`), so
//! that whatever else the machine does burdens both. Last come runs on a phone; if half of them take longer than they
//! may, that is an error.
#![allow(missing_docs, clippy::expect_used, clippy::panic, clippy::print_stdout, reason = "a measurement")]

mod phone;

use axum::Router;
use axum::http::header::{CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE};
use axum::response::{Html, IntoResponse};
use axum::routing::get;
use puls_tests::browser::Browser;
use puls_tests::collector::Collector;
use puls_tests::host::Host;
use puls_tests::spread::Spread;
use puls_tests::survey::Survey;
use puls_tests::until;
use serde_json::{Value, json};
use std::process::ExitCode;

const RUNS: usize = 9;

/// Looks, before each frame, whether there are eleven opaque scores that a click would reach, and then whether one is
/// chosen. What is noted is the time when the frame is done, in milliseconds since the navigation began; a tap
/// is counted from the event on.
const PROBE: &str = r#"
    const scores = () => {
        for (const host of document.body?.querySelectorAll("puls-survey, bare-survey") ?? []) {
            const scores = [...host.shadowRoot?.querySelectorAll("[role=radio]") ?? []];
            if (scores.length == 11) return scores;
        }
        return [];
    };
    const reachable = (score) => {
        const { x, y, width, height } = score.getBoundingClientRect();
        return score.getRootNode().elementFromPoint(x + width / 2, y + height / 2) == score;
    };
    const opaque = (element) => {
        for (; element; element = element.parentElement) if (getComputedStyle(element).opacity != 1) return false;
        return true;
    };
    const afterFrame = (then) => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => then(performance.now());
        port2.postMessage(0);
    };
    const when = (condition, then) => requestAnimationFrame(function look() {
        condition() ? afterFrame(then) : requestAnimationFrame(look);
    });
    window.probe = {};
    when(() => scores().length && scores().every(reachable) && opaque(scores()[0]), (now) => window.probe.clickable = now);
    addEventListener("click", ({ timeStamp }) => {
        const chosen = () => scores().some((score) => score.ariaChecked == "true");
        when(chosen, (now) => window.probe.tap = now - timeStamp);
    }, true);
"#;

/// What a visit took.
struct Visit {
    clickable_ms: f64,
    tap_ms: f64,
    bytes: f64,
}

struct Page {
    name: &'static str,
    url: String,
    visits: Vec<Visit>,
}

struct Profile {
    name: &'static str,
    described: &'static str,
    slowdown: u32,
    /// What `Network.emulateNetworkConditions` takes, if the network is slowed down at all.
    network: Option<Value>,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let runs = runs();
    let collector = Collector::start();
    let bare = Host::routes(bare_script()).await;
    let bare_page = include_str!("../bare/bare.html");
    let puls_page = bare_page.replace("/bare.js\"", "/puls.js\" data-survey=\"nps\"");
    let fill = |page: &str, origin: &str| Html(page.replace("{collector}", origin));
    let puls_page = fill(&puls_page, &collector.origin);
    let bare_page = fill(bare_page, &format!("http://127.0.0.1:{}", bare.port));
    let blank = Html("<!doctype html><title>Blank</title><link rel=\"icon\" href=\"data:,\">");
    let host = Router::new()
        .route("/", get(async move || blank))
        .route("/puls", get(async move || puls_page))
        .route("/bare", get(async move || bare_page));
    let host = Host::routes(host).await;
    println!("{runs} visits each; medians, with the quickest and the slowest in brackets\n");
    println!("| profile | page | clickable scores (ms) | tap to paint (ms) | received (bytes) |");
    println!("| --- | --- | --- | --- | --- |");
    let mut outcome = ExitCode::SUCCESS;
    for profile in profiles() {
        let mut pages = ["puls", "bare"].map(|name| Page {
            name,
            url: format!("{}/{name}", host.origin()),
            visits: Vec::new(),
        });
        for run in 0..runs {
            for page in &mut pages {
                page.visits.push(visit(&profile, &host.origin(), &page.url).await);
            }
            eprintln!("{}: {} of {runs}", profile.name, run + 1);
        }
        print_rows(profile.name, &pages);
        if profile.network.is_some() {
            let page = format!("{}/puls", host.origin());
            let median = phone::Runs::make(&profile, &host.origin(), &page, runs).await.print(&profile);
            if median.is_nan() || median > phone::TARGET_MS {
                eprintln!("error: that is more than {} ms", phone::TARGET_MS);
                outcome = ExitCode::FAILURE;
            }
        }
    }
    outcome
}

/// `--runs N`; cargo itself adds `--bench`.
fn runs() -> usize {
    let mut arguments = std::env::args().skip_while(|argument| argument != "--runs").skip(1);
    arguments.next().map_or(RUNS, |runs| runs.parse().expect("--runs takes a number"))
}

fn profiles() -> [Profile; 2] {
    let slow = json!({ "offline": false, "latency": 150, "downloadThroughput": 1.6e6 / 8.0,
        "uploadThroughput": 750e3 / 8.0 });
    [
        Profile { name: "fast", described: "as fast as it is", slowdown: 1, network: None },
        Profile {
            name: "throttled",
            described: "CPU 4 times slower, 1.6 Mbit/s down, 750 kbit/s up, 150 ms latency",
            slowdown: 4,
            network: Some(slow),
        },
    ]
}

/// The hand-written script, as well compressed as what the collector serves.
fn bare_script() -> Router {
    let mut script = Vec::new();
    let parameters = brotli::enc::BrotliEncoderParams { quality: 11, ..Default::default() };
    brotli::BrotliCompress(&mut include_bytes!("../bare/bare.js").as_slice(), &mut script, &parameters)
        .expect("a compressed script");
    let headers = [(CONTENT_TYPE, "text/javascript"), (CONTENT_ENCODING, "br"), (CACHE_CONTROL, "no-cache")];
    Router::new().route("/bare.js", get(async move || (headers, script.clone()).into_response()))
}

async fn visit(profile: &Profile, blank: &str, url: &str) -> Visit {
    let browser = Browser::start().await;
    let already = profile.begin(&browser, blank, PROBE).await;
    browser.open(url).await;
    let clickable_ms = probed(&browser, "clickable").await;
    Survey::new(&browser, "puls-survey, bare-survey".to_owned()).click("[role=radio]:nth-child(9)").await;
    let tap_ms = probed(&browser, "tap").await;
    let network = browser.network().await;
    let bytes = network.exchanges().iter().skip(already).map(|exchange| exchange.received_bytes).sum();
    Visit { clickable_ms, tap_ms, bytes }
}

impl Profile {
    /// Slows a browser down that has just been started, and returns how many requests it has made by then.
    async fn begin(&self, browser: &Browser, blank: &str, probe: &str) -> usize {
        // It is busy with itself at first.
        browser.open(blank).await;
        browser.idle().await;
        let already = browser.network().await.exchanges().len();
        browser.before_each_page(probe).await;
        if let Some(network) = &self.network {
            browser.command("Network.emulateNetworkConditions", network.clone()).await;
        }
        browser.command("Emulation.setCPUThrottlingRate", json!({ "rate": self.slowdown })).await;
        already
    }
}

/// Waits for what the probe notes under a name.
async fn probed(browser: &Browser, name: &str) -> f64 {
    until(name, async || {
        let value = browser.run("return window.probe[arguments[0]]", &[json!(name)]).await;
        value.as_f64().ok_or_else(|| value.to_string())
    })
    .await
}

fn print_rows(profile: &str, pages: &[Page]) {
    let column = |of: fn(&Visit) -> f64| -> Vec<Spread> {
        pages.iter().map(|page| Spread::of(page.visits.iter().map(of).collect())).collect()
    };
    let columns =
        [column(|visit| visit.clickable_ms), column(|visit| visit.tap_ms), column(|visit| visit.bytes)];
    for (index, page) in pages.iter().enumerate() {
        let cells =
            columns.iter().map(|column| column.get(index).map_or_else(String::new, Spread::to_string));
        println!("| {profile} | {} | {} |", page.name, cells.collect::<Vec<_>>().join(" | "));
    }
    let ratios = columns.iter().map(|column| match &column[..] {
        [puls, bare] => format!("{:.2}", puls.median / bare.median),
        _ => String::new(),
    });
    println!("| {profile} | puls : bare | {} |", ratios.collect::<Vec<_>>().join(" | "));
}
