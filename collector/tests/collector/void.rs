//! What an operator takes out of the totals.

use crate::support::{Collector, PULSE, TODAY, folder, id, noon, options, pulse_release, url};
use puls_collector::clock::Clock;
use puls_collector::command::void;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Output};

const RESULTS: &str = "/v1/surveys/pulse/results";

/// Takes a wave out, or what else `change` makes of these options.
async fn void(folder: &Path, change: impl FnOnce(&mut void::Options)) -> Result<(), String> {
    let mut options = void::Options {
        database: options(folder).database,
        survey: "pulse".to_owned(),
        wave: Some("2026-W47".to_owned()),
        version: None,
        reason: "a flood of made-up answers".to_owned(),
        dry_run: false,
    };
    change(&mut options);
    void::run(&options, &Clock::at(noon(TODAY))).await.map_err(|error| error.to_string())
}

/// Honest answers of three waves, of few groups of different sizes; most are at the top of the scale, nobody in its middle.
async fn honest() -> Collector {
    let collector = Collector::serving(&[PULSE]).await;
    let groups = [
        ("2026-W45", json!({}), 7),
        ("2026-W46", json!({"unit": "billing"}), 5),
        ("2026-W47", json!({"unit": "sales"}), 4),
    ];
    let waves = groups.into_iter().flat_map(|(wave, segment, times)| vec![(wave, segment); times]);
    for (number, (wave, segment)) in waves.enumerate() {
        collector.accept(&pulse_release(number, wave, segment)).await;
    }
    collector
}

/// A flood: made-up batches in which everybody is in the middle of the scale.
fn made_up(number: usize) -> Value {
    let mut release = pulse_release(1_000 + number, "2026-W47", json!({"unit": "billing", "site": "north"}));
    release["items"]["ease"]["cells"] = json!([0, 4, 0]);
    release
}

/// Everything that the results page can be asked for.
async fn everything(collector: &Collector, waves: &[&str]) -> BTreeMap<String, String> {
    let mut all = BTreeMap::new();
    for wave in waves.iter().map(|wave| format!("wave={wave}&")).chain([String::new()]) {
        for rest in ["", "by=unit", "by=site", "segment.unit=billing", "segment.unit=sales&by=site"] {
            let path = format!("{RESULTS}?{wave}{rest}");
            let results = collector.read(&path).await.to_string();
            all.insert(path, results);
        }
    }
    all
}

#[tokio::test]
async fn a_flood_is_undone_and_can_not_be_sent_again() {
    let honest = honest().await;
    let (others, all) = (["2026-W45", "2026-W46"], ["2026-W45", "2026-W46", "2026-W47"]);
    let without_flood = everything(&honest, &all).await;
    for number in 0..30 {
        honest.accept(&made_up(number)).await;
    }
    let flooded = everything(&honest, &all).await;
    assert_eq!(honest.read(&format!("{RESULTS}?wave=2026-W47")).await["respondents"], 4 * 34);
    void(honest.folder.path(), |_| {}).await.unwrap();
    // It runs on meanwhile, and says so at once: the wave is gone, and the other ones are as they were, to the byte.
    let after = everything(&honest, &all).await;
    for (path, results) in &after {
        if others.iter().any(|wave| path.contains(wave)) {
            let as_it_was = without_waves(&without_flood[path]);
            assert_eq!(without_waves(results), as_it_was, "{path}");
            assert_eq!(without_waves(&flooded[path]), as_it_was, "{path}");
        }
    }
    let whole = honest.read(RESULTS).await;
    assert_eq!((&whole["respondents"], &whole["waves"]), (&json!(4 * 12), &json!(others)));
    assert_eq!(whole["items"][0]["counts"][1], 0, "of the flood nothing is left");
    for number in 0..30 {
        honest.accept(&made_up(number)).await;
    }
    assert_eq!(everything(&honest, &all).await, after, "its releases have been seen");
    // Others answer in the wave, which is open.
    honest.accept(&pulse_release(5_000, "2026-W47", json!({"unit": "sales"}))).await;
    assert_eq!(honest.read(&format!("{RESULTS}?wave=2026-W47")).await["respondents"], 4);
}

/// Which waves there are is the one thing that a wave's own results say of others.
fn without_waves(results: &str) -> Value {
    let mut results: Value = serde_json::from_str(results).unwrap();
    let mut all = vec![&mut results];
    while let Some(document) = all.pop() {
        let Value::Object(fields) = document else { continue };
        fields.remove("waves");
        let groups = fields.get_mut("groups").and_then(Value::as_array_mut);
        all.extend(groups.into_iter().flatten().map(|group| &mut group["results"]));
    }
    results
}

/// The counts of the first question, as told.
async fn counts(collector: &Collector, query: &str) -> Vec<i64> {
    let results = collector.read(&format!("{RESULTS}{query}")).await;
    let counts = results["items"][0]["counts"].as_array().unwrap();
    counts.iter().map(|count| count.as_i64().unwrap()).collect()
}

/// However many look before and after, the difference is what had been told of the wave: answers that waited stay unknown.
#[tokio::test]
async fn the_difference_comes_to_whole_blocks() {
    let collector = honest().await;
    for number in 800..803 {
        collector.accept(&pulse_release(number, "2026-W47", json!({}))).await;
    }
    let told = counts(&collector, "?wave=2026-W47").await;
    // A batch that isn't a block by itself waits; nobody has seen it.
    collector.accept(&pulse_release(900, "2026-W47", json!({"unit": "sales"}))).await;
    let before = counts(&collector, "").await;
    void(collector.folder.path(), |_| {}).await.unwrap();
    let after = counts(&collector, "").await;
    let difference: Vec<i64> = before.iter().zip(&after).map(|(before, after)| before - after).collect();
    assert_eq!(difference, told);
    assert!(told.iter().sum::<i64>() >= 10, "{told:?}");
}

#[tokio::test]
async fn a_version_is_taken_out_of_all_its_waves() {
    let folder = honest().await.stop().await;
    let newer = PULSE.replace("\"version\": 2", "\"version\": 3");
    std::fs::write(folder.path().join("surveys/0.json"), newer).unwrap();
    let collector = Collector::in_folder(folder).await;
    for number in 100..104 {
        let mut release = pulse_release(number, "2026-W46", json!({}));
        release["version"] = json!(3);
        collector.accept(&release).await;
    }
    assert_eq!(collector.read(RESULTS).await["respondents"], 4 * 20);
    void(collector.folder.path(), |options| (options.wave, options.version) = (None, Some(2))).await.unwrap();
    let results = collector.read(RESULTS).await;
    assert_eq!((&results["respondents"], &results["waves"]), (&json!(4 * 4), &json!(["2026-W46"])));
}

#[tokio::test]
async fn what_can_not_be_taken_out_is_said() {
    let collector = honest().await;
    let folder = collector.folder.path();
    let mut answers = String::new();
    let mut refused = async |change: &dyn Fn(&mut void::Options)| {
        answers += &format!("{}\n", void(folder, change).await.unwrap_err());
    };
    refused(&|options| options.survey = "puls".to_owned()).await;
    refused(&|options| options.version = Some(7)).await;
    refused(&|options| options.wave = Some("2026-11".to_owned())).await;
    refused(&|options| options.wave = Some("last week".to_owned())).await;
    refused(&|options| options.wave = Some("2026-W44".to_owned())).await;
    void(folder, |_| {}).await.unwrap();
    refused(&|_| {}).await;
    insta::assert_snapshot!(answers);
    let missing = void(folder, |options| options.database += ".other").await.unwrap_err();
    assert!(missing.starts_with("can't open the database"), "{missing}");
    assert!(!folder.join("puls.db.other").exists());
}

fn program(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_puls-collector"));
    command.args(["void", "--database", &options(folder).database, "--survey", "pulse"]).args(arguments);
    command.output().unwrap()
}

fn said(output: &[u8]) -> String {
    String::from_utf8(output.to_vec()).unwrap()
}

#[tokio::test]
async fn the_program_says_first_what_it_would_take() {
    let collector = honest().await;
    for number in 0..2 {
        collector.accept(&made_up(number)).await;
    }
    let before = collector.read(RESULTS).await;
    let folder = collector.folder.path();
    let dry = program(folder, &["--wave", "2026-W47", "--dry-run"]);
    let taken = "survey pulse, version 2, wave 2026-W47: 24 respondents in 2 segments, 2 lines\n";
    assert_eq!(said(&dry.stdout), format!("{taken}nothing is changed, since this is a dry run\n"));
    assert!(dry.status.success());
    assert_eq!(collector.read(RESULTS).await, before);
    let done = program(folder, &["--wave", "2026-W47", "--reason", "a flood"]);
    assert!(said(&done.stdout).starts_with(&format!("{taken}taken out on 20")), "{}", said(&done.stdout));
    assert!(said(&done.stdout).ends_with(": a flood\n"));
    let again = program(folder, &["--wave", "2026-W47"]);
    assert_eq!(again.status.code(), Some(1));
    assert!(said(&again.stderr).contains("it was taken out on 20"), "{}", said(&again.stderr));
    let neither = program(folder, &[]);
    assert_eq!(neither.status.code(), Some(2), "neither a wave nor a version: {}", said(&neither.stderr));
}

/// Every change of a closed wave, and each time that something is taken out, is written down.
#[tokio::test]
async fn revisions_are_written_down() {
    let survey = PULSE.replace("\"week\"", "\"month\"");
    let folder = folder(&[&survey]);
    let serve = options(folder.path());
    let sample =
        puls_collector::command::sample::Options { surveys: serve.surveys, database: serve.database };
    puls_collector::command::sample::run(&sample, &Clock::at(noon(TODAY))).await.unwrap();
    let collector = Collector::in_folder(folder).await;
    let mut release = pulse_release(1, "2026-11", json!({}));
    release["id"] = json!(id(77));
    collector.accept(&release).await;
    void(collector.folder.path(), |options| options.wave = Some("2026-10".to_owned())).await.unwrap();
    let folder = collector.stop().await;
    let pool = sqlx::SqlitePool::connect(&url(folder.path())).await.unwrap();
    let rows = sqlx::query_as("SELECT survey, version, wave, day, kind, reason FROM revisions ORDER BY wave");
    let rows: Vec<(String, i64, String, i64, String, String)> = rows.fetch_all(&pool).await.unwrap();
    pool.close().await;
    let late = "sample data was filled in after the wave had closed";
    let row = |wave: &str, kind: &str, reason: &str| {
        ("pulse".to_owned(), 2, wave.to_owned(), 20_778, kind.to_owned(), reason.to_owned())
    };
    // October is open until December, and November isn't over.
    let expected = [
        row("2026-08", "sample", late),
        row("2026-09", "sample", late),
        row("2026-10", "void", "a flood of made-up answers"),
    ];
    assert_eq!(rows, expected);
}
