//! Measures how long readers wait for results and for what they mean, over HTTP, and prints a table: `cargo xtask bench
//! results`. It ends with an error if a goal is missed.
//!
//! *Cold* is the first request after a release has changed the totals, so that everything is worked out anew. *Warm* is a
//! request for what was asked for before. `/healthz`, which only looks whether the database answers, is the yardstick.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    dead_code,
    reason = "a measurement that meets the unexpected fails, and takes only part of what the tests have"
)]

#[path = "results/company.rs"]
mod company;
#[path = "../tests/collector/support.rs"]
mod support;

use company::Company;
use puls_core::wave::Day;
use puls_documents::{batched, randomised};
use reqwest::Method;
use std::process::ExitCode;
use std::time::{Duration, Instant};
use support::{Collector, TODAY, TOKEN, folder, id, url};

/// The longest that the first request after a change may take, as a median.
const COLD: Duration = Duration::from_millis(500);

/// The longest that 99 of 100 later requests may take.
const WARM: Duration = Duration::from_millis(50);

/// By how much the time may differ between ten thousand and ten million people.
const SAME: f64 = 0.1;

/// What is asked for.
const ROUTES: [&str; 7] = [
    "/v1/overview",
    "/v1/surveys/pulse/trend",
    "/v1/surveys/pulse/teams",
    "/v1/surveys/pulse/drivers",
    "/v1/links",
    "/v1/benchmarks",
    "/v1/surveys/pulse/results?by=unit",
];

#[tokio::main]
async fn main() -> ExitCode {
    let mut is_met = people().await;
    for (name, privacy) in [("randomised", randomised(8.0)), ("batched", batched(20))] {
        let company = Company { units: 200, waves: 24, people: 25, alike: 1, privacy, today: today() };
        is_met &= routes(name, &company).await;
    }
    if is_met { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn today() -> Day {
    Day::parse(TODAY).unwrap()
}

/// Compares the overview of few people with that of many.
async fn people() -> bool {
    let company =
        |alike| Company { units: 20, waves: 5, people: 100, alike, privacy: batched(20), today: today() };
    let few = Reader::of(company(1)).await;
    let many = Reader::of(company(1_000)).await;
    let mut times = [const { Vec::new() }; 4];
    for number in 0..100 {
        for (reader, [cold, warm]) in [(&few, [0, 1]), (&many, [2, 3])] {
            reader.change(number).await;
            times[cold].push(reader.time(ROUTES[0]).await);
            times[warm].push(reader.time(ROUTES[0]).await);
        }
    }
    let [few_cold, few_warm, many_cold, many_warm] = times.map(|mut times| quantile(&mut times, 50));
    println!("| {} | 10⁴ people | 10⁷ people | ratio |\n| --- | --- | --- | --- |", ROUTES[0]);
    let mut is_met = true;
    for (name, few, many) in [("cold", few_cold, many_cold), ("warm", few_warm, many_warm)] {
        let ratio = many.as_secs_f64() / few.as_secs_f64();
        println!("| {name} | {few:.2?} | {many:.2?} | {ratio:.2} |");
        is_met &= (ratio - 1.0).abs() <= SAME;
    }
    is_met
}

/// Measures each route.
async fn routes(name: &str, company: &Company) -> bool {
    let Company { units, waves, .. } = company;
    let reader = Reader::of(Company { privacy: company.privacy.clone(), ..*company }).await;
    println!("\n| {name}, {units} units × {waves} waves | KB | cold, median | worst | warm, p50 | p99 |");
    println!("| --- | --- | --- | --- | --- | --- |");
    let (mut is_met, mut yardstick, mut number) = (true, Vec::new(), 0);
    for route in ROUTES {
        let mut cold = Vec::new();
        for _ in 0..7 {
            number += 1;
            reader.change(number).await;
            cold.push(reader.time(route).await);
        }
        let mut warm = Vec::new();
        for _ in 0..500 {
            yardstick.push(reader.time("/healthz").await);
            warm.push(reader.time(route).await);
        }
        let [median, worst] = [50, 100].map(|percent| quantile(&mut cold, percent));
        let [p50, p99] = [50, 99].map(|percent| quantile(&mut warm, percent));
        let size = reader.get(route).await.len() / 1_000;
        println!("| `{route}` | {size} | {median:.1?} | {worst:.1?} | {p50:.2?} | {p99:.2?} |");
        is_met &= median < COLD && p99 < WARM;
    }
    let [p50, p99] = [50, 99].map(|percent| quantile(&mut yardstick, percent));
    println!("| `/healthz` | | | | {p50:.2?} | {p99:.2?} |");
    is_met
}

fn quantile(times: &mut [Duration], percent: usize) -> Duration {
    times.sort();
    times[(times.len() * percent / 100).min(times.len() - 1)]
}

/// Somebody who reads the results of a company, whose people go on answering.
struct Reader {
    company: Company,
    collector: Collector,
}

impl Reader {
    async fn of(company: Company) -> Self {
        let surveys = company.surveys();
        let folder = folder(&surveys.each_ref().map(String::as_str));
        // A collector makes the tables, and another one publishes what is in them.
        let folder = Collector::in_folder(folder).await.stop().await;
        company.fill(&url(folder.path())).await;
        let collector = Collector::in_folder(folder).await;
        collector.read("/v1/surveys").await;
        Self { company, collector }
    }

    /// Posts a release, and waits until it is published.
    async fn change(&self, number: usize) {
        self.collector.accept(&self.company.release(id(number))).await;
        self.collector.read("/v1/surveys").await;
    }

    /// How long it takes to get a path's whole answer.
    async fn time(&self, path: &str) -> Duration {
        let begun = Instant::now();
        self.get(path).await;
        begun.elapsed()
    }

    async fn get(&self, path: &str) -> Vec<u8> {
        let request = self.collector.request(Method::GET, path).bearer_auth(TOKEN);
        let response = request.send().await.unwrap();
        assert_eq!(response.status(), 200, "{path}");
        response.bytes().await.unwrap().to_vec()
    }
}
