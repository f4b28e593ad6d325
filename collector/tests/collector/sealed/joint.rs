use super::{TOKEN, collecting, until_results};
use crate::support::{Collector, TODAY, assets, folder, noon, options};
use puls_aggregators::{Keypair, Parameters, Served, Vdaf, base64, report, serve};
use puls_collector::command::serve::start;
use puls_documents::{self as documents, rating, sealed};
use puls_sealed::{Measurement, Metadata, TaskId, chunk_length};
use serde_json::json;

/// Asked for before the lines, since tasks are asked in the order of their ids.
const BOTH: TaskId = [1; 32];
const CLEAR: TaskId = [2; 32];
const EASE: TaskId = [3; 32];

/// Two lines of three points, of which `ease` may be skipped, and their products.
async fn pair(keys: &Keypair) -> Served {
    let task = |id, vdaf| Parameters {
        id,
        vdaf,
        min_batch_size: 10,
        collector: keys.config().clone(),
        bearer_token: TOKEN.to_owned(),
    };
    serve([
        task(CLEAR, Vdaf::Histogram { length: 3, chunk_length: chunk_length(3, 1) }),
        task(EASE, Vdaf::Histogram { length: 4, chunk_length: chunk_length(4, 1) }),
        // Two times two is the most.
        task(BOTH, Vdaf::SumVec { bits: 3, length: 6, chunk_length: chunk_length(6, 3) }),
    ])
    .await
}

fn survey(served: &Served) -> String {
    let tasks = [("clear", base64(&CLEAR)), ("ease", base64(&EASE)), ("clear+ease", base64(&BOTH))];
    documents::survey("pulse")
        .item(rating("clear", 3))
        .item(rating("ease", 3).optional())
        .with("joint", ["clear", "ease"])
        .with("wave", "week")
        .privacy(sealed(&served.leader, &served.helper, tasks))
        .to_string()
}

/// Uploads a report to the task `id`, by the n-th person, ten days ago.
fn upload(served: &Served, id: TaskId, n: u8, measurement: &Measurement) {
    let metadata = Metadata::of([n; 16], noon(TODAY) - 10 * 86_400, 3600);
    served.task(&id, |task| {
        let message = report(task, id, metadata, measurement);
        task.upload(&message).unwrap();
    });
}

/// Uploads all that the n-th person gave.
fn answer(served: &Served, n: u8, clear: u8, ease: Option<u8>) {
    let cell = |length, cell: u8| Measurement::Histogram { length, cell: cell.into() };
    upload(served, CLEAR, n, &cell(3, clear));
    upload(served, EASE, n, &cell(4, ease.unwrap_or(3)));
    let products = |ease| [1, clear, ease, clear * clear, clear * ease, ease * ease];
    let numbers = ease.map_or([0; 6], products).map(u32::from).to_vec();
    upload(served, BOTH, n, &Measurement::SumVec { bits: 3, numbers });
}

async fn serving(survey: &str, keys: &Keypair) -> Collector {
    let folder = folder(&[survey]);
    let credentials = format!(r#"{{"pulse": {}}}"#, keys.credential(TOKEN));
    std::fs::write(folder.path().join("sealed.json"), credentials).unwrap();
    collecting(folder).await
}

/// What the n-th person answers: three of four both lines alike, the others the opposite, and every eighth only one.
fn answers(n: u8) -> (u8, Option<u8>) {
    let clear = n % 3;
    (clear, (n % 8 != 1).then_some(if n.is_multiple_of(4) { 2 - clear } else { clear }))
}

/// Pearson's correlation of those who answered both.
fn correlation(people: impl Iterator<Item = u8>) -> f64 {
    let pairs: Vec<(f64, f64)> =
        people.map(answers).filter_map(|(clear, ease)| Some((clear.into(), ease?.into()))).collect();
    let mean = |of: &dyn Fn(&(f64, f64)) -> f64| pairs.iter().map(of).sum::<f64>() / pairs.len() as f64;
    let (clear, ease) = (mean(&|pair| pair.0), mean(&|pair| pair.1));
    let covariance = mean(&|pair| (pair.0 - clear) * (pair.1 - ease));
    let (one, other) = (mean(&|pair| (pair.0 - clear).powi(2)), mean(&|pair| (pair.1 - ease).powi(2)));
    covariance / (one * other).sqrt()
}

#[tokio::test(flavor = "multi_thread")]
async fn joint_sums_become_results_as_those_of_a_batch_do() {
    let keys = Keypair::generate(9);
    let served = pair(&keys).await;
    for n in 0..24 {
        let (clear, ease) = answers(n);
        answer(&served, n, clear, ease);
    }
    let collector = serving(&survey(&served), &keys).await;
    let results = until_results(&collector, |results| results["items"][1]["missing"] == 3).await;
    assert_eq!((&results["respondents"], results["items"].as_array().unwrap().len()), (&json!(24), 2));
    let joint = &results["joint"];
    assert_eq!((&joint["lines"], &joint["respondents"]), (&json!(["clear", "ease"]), &json!(21)));
    let found = joint["correlations"][0][1]["value"].as_f64().unwrap();
    assert!((found - correlation(0..24)).abs() < 1e-9, "{joint}");
    assert!(joint["alpha"]["value"].is_number(), "{joint}");
}

#[tokio::test(flavor = "multi_thread")]
async fn sums_of_products_that_no_answers_have_are_not_added() {
    let keys = Keypair::generate(9);
    let served = pair(&keys).await;
    for n in 0..10 {
        answer(&served, n, 1, Some(1));
    }
    // In range, so the proof holds; but who didn't answer adds nothing to the sums.
    let made_up = Measurement::SumVec { bits: 3, numbers: vec![0, 7, 7, 7, 7, 7] };
    upload(&served, BOTH, 10, &made_up);
    let collector = serving(&survey(&served), &keys).await;
    let results = until_results(&collector, |results| results["items"][1]["answered"] == 10).await;
    assert_eq!((&results["respondents"], &results["joint"]["respondents"]), (&json!(10), &json!(0)));
}

#[tokio::test]
async fn a_task_of_products_adds_up_the_same_ones_for_ever() {
    let keys = Keypair::generate(9);
    let served = pair(&keys).await;
    let first = survey(&served);
    let folder = serving(&first, &keys).await.stop().await;
    let turned = first
        .replace("\"version\":1", "\"version\":2")
        .replace(r#"["clear","ease"]"#, r#"["ease","clear"]"#)
        .replace("clear+ease", "ease+clear");
    std::fs::write(folder.path().join("surveys/0.json"), turned).unwrap();
    let mut options = options(folder.path());
    options.sealed = Some(folder.path().join("sealed.json"));
    let error = start(&options, assets()).await.err().unwrap().to_string();
    let task = base64(&BOTH);
    let expected = format!(
        "survey pulse: task {task} counts other answers in survey pulse version 1; give it a new task"
    );
    assert_eq!(error, expected);
}
