use super::TOKEN;
use crate::PRIMARY;
use puls_aggregators::{Keypair, Parameters, Served, Vdaf, base64, serve};
use puls_documents::{self as documents, count, net_promoter, sealed};
use puls_sealed::chunk_length;
use puls_tests::browser::Browser;
use puls_tests::collector::Collector;
use puls_tests::host::{Host, script_tag};
use puls_tests::until;
use serde_json::json;

const RECOMMEND: [u8; 32] = [1; 32];
const CALLS: [u8; 32] = [2; 32];
const BOTH: [u8; 32] = [3; 32];

async fn pair() -> Served {
    let keys = Keypair::generate(1);
    let task = |id, vdaf| Parameters {
        id,
        vdaf,
        min_batch_size: 1,
        collector: keys.config().clone(),
        bearer_token: TOKEN.to_owned(),
    };
    serve([
        task(RECOMMEND, Vdaf::Histogram { length: 3, chunk_length: chunk_length(3, 1) }),
        task(CALLS, Vdaf::Histogram { length: 32, chunk_length: chunk_length(32, 1) }),
        // Thirty times thirty is the most.
        task(BOTH, Vdaf::SumVec { bits: 10, length: 6, chunk_length: chunk_length(6, 10) }),
    ])
    .await
}

fn survey(served: &Served) -> String {
    let tasks =
        [("recommend", base64(&RECOMMEND)), ("calls", base64(&CALLS)), ("recommend+calls", base64(&BOTH))];
    documents::survey("sealed")
        .item(net_promoter("recommend"))
        .item(count("calls", 30).text("How often?").optional())
        .with("joint", ["recommend", "calls"])
        .privacy(sealed(&served.leader, &served.helper, tasks))
        .show(json!({"recontact_days": 0}))
        .to_string()
}

/// A product may be larger than a byte, and whoever skips a line has a report all the same.
#[tokio::test]
async fn products_of_joint_lines_come_out_as_exact_sums() {
    let served = pair().await;
    let collector = Collector::with_surveys(&[&survey(&served)]);
    let host = Host::page(&script_tag(&collector, "data-survey=sealed")).await;
    let browser = Browser::start().await;
    for (score, calls) in [(10, Some(30)), (3, Some(2)), (7, None)] {
        browser.open(&host.origin()).await;
        let shown = browser.survey("sealed");
        shown.choose(score).await;
        if let Some(calls) = calls {
            shown.choose(calls).await;
        }
        shown.click(PRIMARY).await;
        shown.heading("Thank you!").await;
    }
    until("three reports for each task", async || {
        let found = [RECOMMEND, CALLS, BOTH].map(|id| served.task(&id, |task| task.count()));
        let rejected = served.task(&BOTH, |task| format!("{:?}", task.rejected()));
        if found == [3; 3] { Ok(()) } else { Err(format!("{found:?}, rejected {rejected}")) }
    })
    .await;
    let sums = served.task(&BOTH, |task| task.sums(0..u64::MAX));
    assert_eq!(sums, [2, 13, 32, 109, 306, 904]);
}
