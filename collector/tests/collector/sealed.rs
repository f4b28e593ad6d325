//! Sealed surveys, from reports as browsers make them to results, over both aggregators' own code.

mod collections;
mod joint;

use crate::support::{Collector, NPS, TODAY, assets, folder, noon, options, until};
use puls_aggregators::{Keypair, Parameters, Served, Vdaf, base64, report, serve};
use puls_collector::clock::Clock;
use puls_collector::command::serve::{start, start_with};
use puls_documents::{choices, net_promoter, sealed, survey};
use puls_sealed::{Measurement, Metadata, TaskId, chunk_length};
use serde_json::{Value, json};
use std::path::Path;
use tempfile::TempDir;

const TOKEN: &str = "token-of-the-collector";
const DAY_S: u64 = 86_400;
const RECOMMEND: TaskId = [1; 32];
const WHICH: TaskId = [2; 32];

/// What is set up before anybody is asked.
struct Pair {
    served: Served,
    keys: Keypair,
}

impl Pair {
    async fn start(min_batch_size: u64) -> Self {
        let keys = Keypair::generate(9);
        let task = |id, vdaf| Parameters {
            id,
            vdaf,
            min_batch_size,
            collector: keys.config().clone(),
            bearer_token: TOKEN.to_owned(),
        };
        let served = serve([
            task(RECOMMEND, Vdaf::Histogram { length: 3, chunk_length: chunk_length(3, 1) }),
            task(WHICH, Vdaf::SumVec { bits: 1, length: 4, chunk_length: chunk_length(4, 1) }),
        ])
        .await;
        Self { served, keys }
    }

    fn survey(&self) -> String {
        let tasks = [("recommend", base64(&RECOMMEND)), ("which", base64(&WHICH))];
        let mut privacy = sealed(&self.served.leader, &self.served.helper, tasks);
        privacy["time_precision_s"] = json!(3600);
        survey("pulse")
            .item(net_promoter("recommend"))
            .item(choices("which", [("a", "A"), ("b", "B"), ("c", "C")]).optional())
            .with("wave", "week")
            .privacy(privacy)
            .to_string()
    }

    /// What the operator was given along with the tasks.
    fn write_credentials(&self, folder: &Path, survey: &str) {
        let credentials = format!(r#"{{"{survey}": {}}}"#, self.keys.credential(TOKEN));
        std::fs::write(folder.join("sealed.json"), credentials).unwrap();
    }

    /// Uploads an answer to the task `id`, by the n-th person, so many days ago.
    fn upload(&self, id: TaskId, n: u8, days_ago: u64, measurement: &Measurement) {
        let metadata = Metadata::of([n; 16], noon(TODAY) - days_ago * DAY_S, 3600);
        self.served.task(&id, |task| {
            let message = report(task, id, metadata, measurement);
            task.upload(&message).unwrap();
        });
    }

    fn answers(&self, people: std::ops::Range<u8>, days_ago: u64) {
        for n in people {
            let recommend = Measurement::Histogram { length: 3, cell: usize::from(n % 3) };
            self.upload(RECOMMEND, n, days_ago, &recommend);
            // Every second person skips; the others all choose A, and half of them C.
            let which = Measurement::SumVec {
                bits: 1,
                numbers: [n % 2 == 0, false, n % 4 == 0, n % 2 == 1].map(u32::from).to_vec(),
            };
            self.upload(WHICH, n, days_ago, &which);
        }
    }
}

async fn collecting(folder: TempDir) -> Collector {
    let mut options = options(folder.path());
    options.sealed = Some(folder.path().join("sealed.json"));
    Collector::at(TODAY, folder, &options).await
}

/// The results, once they are of so many, of whom half have answered the second question: it is told from ten on.
async fn until_respondents(collector: &Collector, expected: u64, second: u64) -> Value {
    until_results(collector, |results| {
        let answered = [0, 1].map(|item| results["items"][item]["answered"].as_u64());
        results["respondents"] == expected && answered == [Some(expected), Some(second)]
    })
    .await
}

/// The results, once they have what `is_there` looks for.
async fn until_results(collector: &Collector, is_there: impl Fn(&Value) -> bool) -> Value {
    until("the collector to collect", async || {
        let results = collector.read("/v1/surveys/pulse/results").await;
        if is_there(&results) { Ok(results) } else { Err(format!("{results:#}")) }
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn sums_of_waves_that_are_over_become_results() {
    let pair = Pair::start(10).await;
    // Two waves that are over, one with too few, and one that isn't over.
    pair.answers(0..24, 10);
    pair.answers(24..48, 17);
    pair.answers(48..53, 24);
    pair.answers(53..84, 0);
    let folder = folder(&[&pair.survey()]);
    pair.write_credentials(folder.path(), "pulse");
    let collector = collecting(folder).await;
    let results = until_respondents(&collector, 48, 24).await;
    assert_eq!(results["mechanism"], json!({"kind": "sealed"}));
    assert_eq!(results["items"][0]["counts"], json!([16, 16, 16]));
    assert_eq!(results["waves"].as_array().unwrap().len(), 2);

    // Started again, it knows what it has; and takes what has become enough meanwhile.
    let folder = collector.stop().await;
    let asked = pair.served.jobs();
    pair.answers(84..89, 24);
    let collector = collecting(folder).await;
    let results = until_respondents(&collector, 58, 24).await;
    let which = &results["items"][1];
    assert_eq!(
        (&which["counts"], &which["missing"]),
        (&json!([24, 0, 12]), &json!(24)),
        "of the last wave too few have answered it"
    );
    assert_eq!(pair.served.jobs(), asked);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_batch_is_added_once_however_many_ask_for_it() {
    let pair = Pair::start(10).await;
    pair.answers(0..12, 10);
    let folder = folder(&[&pair.survey()]);
    pair.write_credentials(folder.path(), "pulse");
    // Two at once, on one database: each asks, and whichever is first adds.
    let mut options = options(folder.path());
    options.sealed = Some(folder.path().join("sealed.json"));
    let other = start_with(&options, assets(), Clock::at(noon(TODAY))).await.unwrap();
    let collector = collecting(folder).await;
    until_respondents(&collector, 12, 0).await;
    other.stop().await.unwrap();
    let folder = collector.stop().await;
    until_respondents(&collecting(folder).await, 12, 0).await;
}

#[tokio::test]
async fn a_leader_that_refuses_or_is_away_costs_nothing() {
    let pair = Pair::start(10).await;
    pair.answers(0..12, 10);
    let folder = folder(&[&pair.survey()]);
    pair.write_credentials(folder.path(), "pulse");
    let file = folder.path().join("sealed.json");
    let credentials = std::fs::read_to_string(&file).unwrap().replace(TOKEN, "another-token");
    std::fs::write(&file, credentials).unwrap();
    let collector = collecting(folder).await;
    // Both tasks, for each of the waves that are over: the last five, since the last one was over on Sunday.
    until("everything to be asked for", async || match pair.served.strangers() {
        strangers if strangers >= 10 => Ok(()),
        strangers => Err(strangers.to_string()),
    })
    .await;
    assert_eq!(collector.read("/v1/surveys/pulse/results").await["respondents"], 0);
    let Pair { served, .. } = pair;
    drop(served);
    let folder = collector.stop().await;
    assert_eq!(collecting(folder).await.get("/healthz").await.status(), 200);
}

#[tokio::test]
async fn credentials_that_do_not_fit_keep_it_from_starting() {
    let pair = Pair::start(10).await;
    let folder = folder(&[&pair.survey(), NPS]);
    let refused = async |file: &str| {
        std::fs::write(folder.path().join("sealed.json"), file).unwrap();
        let mut options = options(folder.path());
        options.sealed = Some(folder.path().join("sealed.json"));
        let error = start(&options, assets()).await.err().unwrap().to_string();
        error.replace(folder.path().to_str().unwrap(), "")
    };
    assert!(
        refused("{\n\"pulse\": {\"token\": \"secret\"}}")
            .await
            .contains("/sealed.json, line 2: not credentials")
    );
    pair.write_credentials(folder.path(), "nps");
    let file = std::fs::read_to_string(folder.path().join("sealed.json")).unwrap();
    assert_eq!(refused(&file).await, "/sealed.json: \"nps\" isn't a sealed survey of this collector");
}

#[tokio::test]
async fn a_task_counts_one_thing_for_ever() {
    let pair = Pair::start(10).await;
    let folder = folder(&[&pair.survey()]);
    pair.write_credentials(folder.path(), "pulse");
    let folder = collecting(folder).await.stop().await;
    let changed =
        pair.survey().replace("\"version\":1", "\"version\":2").replace("{\"id\":\"c\"", "{\"id\":\"d\"");
    std::fs::write(folder.path().join("surveys/0.json"), changed).unwrap();
    let mut options = options(folder.path());
    options.sealed = Some(folder.path().join("sealed.json"));
    let error = start(&options, assets()).await.err().unwrap().to_string();
    let task = base64(&WHICH);
    let expected = format!(
        "survey pulse: task {task} counts other answers in survey pulse version 1; give it a new task"
    );
    assert_eq!(error, expected);
}
