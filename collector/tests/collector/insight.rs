//! Each number of the routes that say what figures mean is the one that numpy, SciPy and statsmodels work out: of R's `attitude`, from the
//! percentages as they were published, and of a made-up company, from the counts that its results publish. `insight/README.md` says how.

mod attitude;
mod company;

use crate::figures::compared::Compared;
use crate::support::{Collector, folder, noon, options};
use attitude::Attitude;
use company::{DAYS, releases};
use puls_collector::command::import::{self, Kind};
use puls_core::definition::Definition;
use puls_core::privacy::Release;
use rand_chacha::ChaCha12Rng;
use rand_core::Rng;
use serde_json::{Map, Value, json};
use std::path::PathBuf;

fn below(bound: usize, rng: &mut ChaCha12Rng) -> usize {
    usize::try_from(rng.next_u64() % bound as u64).unwrap()
}

fn file(name: &str) -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/collector/insight")).join(name)
}

fn read(name: &str) -> String {
    std::fs::read_to_string(file(name)).unwrap()
}

fn definition(document: &str) -> Definition {
    Definition::parse(document).unwrap_or_else(|error| panic!("{error}: {document}"))
}

/// What is words, or stands in the definition.
const WORDS: [&str; 11] = [
    "version",
    "title",
    "audience",
    "text",
    "says",
    "why",
    "first_day",
    "last_day",
    "source",
    "in_whole",
    "revisions",
];

/// What the other programs work out themselves, or don't need.
const NEEDLESS: [&str; 16] = [
    "survey",
    "version",
    "title",
    "audience",
    "wave",
    "segment",
    "mechanism",
    "sample",
    "kind",
    "missing",
    "low",
    "high",
    "min",
    "max",
    "distribution",
    "reliability",
];

/// Without words, and units by their names: their order hangs on what is drawn.
fn without_words(answer: &Value) -> Value {
    without(&WORDS, answer)
}

fn without(names: &[&str], answer: &Value) -> Value {
    match answer {
        Value::Array(all) if all.iter().any(|one| one.get("unit").is_some()) => {
            let lowest: Vec<f64> = all.iter().filter_map(|one| one["lowest_quarter"].as_f64()).collect();
            assert!(lowest.is_sorted_by(|one, other| one >= other), "{answer}");
            let named = |one: &Value| {
                let [survey, unit] = ["survey", "unit"].map(|name| one[name].as_str().unwrap_or_default());
                (format!("{survey} {unit}").trim().to_owned(), without(names, one))
            };
            Value::Object(all.iter().map(named).collect())
        }
        Value::Array(all) => all.iter().map(|one| without(names, one)).collect(),
        Value::Object(fields) => {
            let kept = fields.iter().filter(|(name, _)| !names.contains(&&name[..]));
            kept.map(|(name, value)| (name.clone(), without(names, value))).collect()
        }
        other => other.clone(),
    }
}

/// Compares the answers with those in a file, which has them by path.
async fn compare(collector: &Collector, expected: &str, least: usize) {
    let expected: Map<String, Value> = serde_json::from_str(&read(expected)).unwrap();
    let mut compared = Compared::default();
    for (path, expected) in &expected {
        compared.compare(&without_words(&collector.read(path).await), expected, path);
    }
    let Compared { numbers, differences } = compared;
    let some = &differences[..differences.len().min(20)];
    assert!(differences.is_empty(), "{} differences, such as {some:#?}", differences.len());
    assert!(numbers >= least, "only {numbers} numbers");
}

async fn post(collector: &Collector, releases: Vec<Release>) {
    for release in releases {
        let response = collector.post(release.json()).await;
        assert_eq!(response.text().await.unwrap(), r#"{"status":"accepted"}"#, "{}", release.json());
    }
}

/// What a survey's results publish: of each wave and of all of them, each by unit, and of each wave by role.
async fn published(collector: &Collector, definition: &Definition) -> Value {
    let path = format!("/v1/surveys/{}/results", definition.id);
    let all = collector.read(&format!("{path}?by=unit")).await;
    let mut waves = Map::new();
    for wave in all["waves"].as_array().unwrap() {
        let wave = wave.as_str().unwrap();
        let mut results = Map::new();
        for (by, _) in &definition.segments {
            let by_segment = collector.read(&format!("{path}?wave={wave}&by={by}")).await;
            results.insert(by.clone(), without(&NEEDLESS, &by_segment));
        }
        waves.insert(wave.to_owned(), Value::Object(results));
    }
    json!({"all": without(&NEEDLESS, &all), "waves": waves})
}

#[tokio::test]
async fn what_a_companys_figures_mean_is_what_other_programs_say() {
    let documents = ["staff.json", "workplace.json", "visit.json"].map(read);
    let definitions = documents.each_ref().map(|document| definition(document));
    let folder = folder(&documents.each_ref().map(String::as_str));
    let serve = options(folder.path());
    let collector = Collector::at(DAYS[0], folder, &serve).await;
    for (kind, name) in
        [(Kind::Units, "units.json"), (Kind::Facts, "facts.csv"), (Kind::Benchmarks, "benchmarks.json")]
    {
        let database = serve.database.clone();
        import::run(&import::Options { kind, file: file(name), database, dry_run: false }).await.unwrap();
    }
    for (wave, day) in DAYS.iter().enumerate() {
        collector.clock.set(noon(day));
        for definition in &definitions {
            post(&collector, releases(definition, wave)).await;
        }
        // Readers look once in a wave.
        collector.read("/v1/overview").await;
    }
    let mut input = Map::new();
    for definition in &definitions {
        input.insert(definition.id.clone(), published(&collector, definition).await);
    }
    let input = format!("{}\n", Value::Object(input));
    if std::fs::read_to_string(file("company_input.json")).unwrap_or_default() != input {
        std::fs::write(file("company_input.json.new"), input).unwrap();
        panic!("other figures are published than those of insight/company_input.json: see insight/README.md");
    }
    compare(&collector, "company.json", 21_000).await;
}

#[tokio::test]
async fn what_attitude_tells_is_what_other_programs_say() {
    let attitude = Attitude::read();
    let documents = attitude.documents();
    let collector = Collector::serving(&documents.iter().map(String::as_str).collect::<Vec<_>>()).await;
    collector.clock.set(noon(attitude::DAY));
    for document in &documents {
        post(&collector, attitude.releases(document)).await;
    }
    compare(&collector, "attitude.json", 3_000).await;
}
