//! `cargo xtask bench sealed`: how long it takes a browser to split an answer, to seal both halves and to put the report
//! together.
//!
//! Reports take turns with a yardstick: two texts of the same length sealed by the same HPKE, and nothing else. What a
//! report takes beyond that is the splitting and its proof.
#![allow(
    missing_docs,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a measurement"
)]

use axum::Router;
use axum::response::Html;
use axum::routing::get;
use puls_aggregators::{Keypair, Parameters, Vdaf, serve};
use puls_sealed::chunk_length;
use puls_tests::asset;
use puls_tests::browser::Browser;
use puls_tests::collector::Collector;
use puls_tests::host::Host;
use puls_tests::spread::Spread;
use serde_json::{Value, json};

const REPORTS: usize = 200;

/// Makes reports one after the other, and notes how long each took, in milliseconds.
const MEASURE: &str = r#"
    const [origin, script, task, bits, length, reports, leader, helper, done] = arguments;
    (async () => {
        const { start, keyOf, seal } = await import(`${origin}/${script}`);
        const hpke = await start((path) => `${origin}/${path}`);
        const keys = await Promise.all([keyOf(leader, task), keyOf(helper, task)]);
        const cells = new Uint32Array(length);
        cells[0] = 1;
        const halves = [];
        const listening = (...texts) => (halves.push(texts[3].length), hpke(...texts));
        await seal(task, bits, cells, keys, 3600, listening);
        const bound = new Uint8Array(108);
        const info = new TextEncoder().encode("dap-09 input share\x01\x02");
        const plain = () => Promise.all(halves.map((length, at) =>
            hpke(keys[at].slice(1), info, bound, new Uint8Array(length))));
        const taken = async (act) => {
            const begun = performance.now();
            await act();
            return performance.now() - begun;
        };
        const times = { report: [], plain: [] };
        for (let n = 0; n < reports; n++) {
            times.report.push(await taken(() => seal(task, bits, cells, keys, 3600, hpke)));
            times.plain.push(await taken(plain));
        }
        done({ ...times, isolated: crossOriginIsolated });
    })().catch((error) => done(String(error)));
"#;

/// What a report may be of.
struct Kind {
    name: &'static str,
    id: [u8; 32],
    bits: u32,
    length: usize,
}

const KINDS: [Kind; 5] = [
    Kind { name: "a recommendation, three classes", id: [1; 32], bits: 0, length: 3 },
    Kind { name: "a rating of 0 to 10, or none", id: [2; 32], bits: 0, length: 12 },
    Kind { name: "any of ten options, or none", id: [3; 32], bits: 1, length: 11 },
    Kind { name: "an index of 181 steps", id: [4; 32], bits: 0, length: 181 },
    Kind { name: "products of twelve lines of 0 to 10", id: [5; 32], bits: 7, length: 91 },
];

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let collector = Collector::start();
    let keys = Keypair::generate(1);
    let served = serve(KINDS.map(|Kind { id, bits, length, .. }| Parameters {
        id,
        vdaf: if bits > 0 {
            Vdaf::SumVec { bits, length, chunk_length: chunk_length(length, bits) }
        } else {
            Vdaf::Histogram { length, chunk_length: chunk_length(length, bits) }
        },
        min_batch_size: 1,
        collector: keys.config().clone(),
        bearer_token: String::new(),
    }))
    .await;
    let host = Host::routes(Router::new().route("/", get(isolated))).await;
    let browser = Browser::start().await;
    browser.open(&host.origin()).await;
    browser.idle().await;
    println!("{REPORTS} reports each; medians in ms, with the quickest and the slowest in brackets\n");
    println!("| a report of | report | two texts sealed | ratio |");
    println!("| --- | --- | --- | --- |");
    for Kind { name, id, bits, length } in KINDS {
        let task = puls_aggregators::base64(&id);
        let arguments = [
            json!(collector.origin),
            json!(asset("sealed-", ".js")),
            json!(task),
            json!(bits),
            json!(length),
            json!(REPORTS),
            json!(served.leader),
            json!(served.helper),
        ];
        let times = browser.run_async(MEASURE, &arguments).await;
        assert_eq!(times["isolated"], json!(true), "{times}");
        let [report, plain] = [&times["report"], &times["plain"]].map(spread);
        println!("| {name} | {report:.2} | {plain:.2} | {:.2} |", report.median / plain.median);
    }
}

/// A page with nothing on it, isolated from others, so that its clock tells microseconds.
async fn isolated() -> ([(&'static str, &'static str); 2], Html<&'static str>) {
    let headers =
        [("cross-origin-opener-policy", "same-origin"), ("cross-origin-embedder-policy", "require-corp")];
    (headers, Html("<!doctype html><title>Blank</title><link rel=\"icon\" href=\"data:,\">"))
}

fn spread(times: &Value) -> Spread {
    Spread::of(times.as_array().expect("times").iter().filter_map(Value::as_f64).collect())
}
