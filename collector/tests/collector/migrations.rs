//! Databases that other builds made.

use crate::support::{Collector, NPS, assets, database, folder, nps_release, options};
use puls_collector::command::serve::start;
use serde_json::{Value, json};
use sqlx::SqlitePool;
use sqlx::sqlite::SqliteConnectOptions;
use std::collections::BTreeMap;
use std::path::Path;
use tempfile::TempDir;

/// What the first builds made of 75 people at `tea`, nearly all of them at the top of the scale, of six batches at `pairs`,
/// and of nine reports at `nps`; somebody had looked at the results now and then.
const FIRST: &str = include_str!("earlier/first.sql");

const SURVEYS: [&str; 3] =
    [include_str!("earlier/tea.json"), include_str!("earlier/pairs.json"), include_str!("earlier/nps.json")];

/// Runs statements on the database of a folder.
async fn run(folder: &Path, sql: &'static str) {
    let file = SqliteConnectOptions::new().filename(database(folder)).create_if_missing(true);
    let pool = SqlitePool::connect_with(file).await.unwrap();
    sqlx::raw_sql(sql).execute(&pool).await.unwrap();
    pool.close().await;
}

/// What the last builds that kept a row for each cell made of three surveys: `sample`, some releases since, a wave that was taken out.
const THIRTEENTH: &str = include_str!("earlier/thirteenth.sql");

/// What those builds answered, but for texts and for the ranges of Cronbach's α and of randomised answers, which were others.
const THIRTEENTH_RESULTS: &str = include_str!("earlier/thirteenth.json");

const THIRTEENTH_SURVEYS: [&str; 3] =
    [include_str!("earlier/team.json"), include_str!("earlier/desk.json"), include_str!("earlier/shop.json")];

async fn of_first_build() -> TempDir {
    let folder = folder(&SURVEYS);
    run(folder.path(), FIRST).await;
    folder
}

/// What those builds left behind, with further surveys.
pub(crate) async fn of_thirteenth_build(further: &[&str]) -> TempDir {
    let folder = folder(&[&THIRTEENTH_SURVEYS, further].concat());
    run(folder.path(), THIRTEENTH).await;
    folder
}

/// Of each item: how many answered, the counts, and who is missing.
fn figures(results: &Value) -> Vec<Value> {
    let items = results["items"].as_array().unwrap();
    items.iter().map(|item| json!([item["answered"], item["counts"], item["missing"]])).collect()
}

#[tokio::test]
async fn a_database_of_the_first_builds_has_the_same_results() {
    let collector = Collector::in_folder(of_first_build().await).await;
    // These figures are the first build's own.
    let tea = collector.read("/v1/surveys/tea/results").await;
    assert_eq!((&tea["respondents"], &tea["waves"]), (&json!(75), &json!(["2026-10", "2026-11"])));
    assert_eq!(figures(&tea), [json!([71, [10, 0, 0, 0, 61], 0]), json!([16, [8, 0, 8], 31])]);
    let pairs = collector.read("/v1/surveys/pairs/results").await;
    assert_eq!((&pairs["respondents"], &pairs["joint"]["respondents"]), (&json!(18), &json!(12)));
    assert_eq!((&pairs["items"][0]["answered"], &pairs["items"][1]["answered"]), (&json!(12), &json!(12)));
    let nps = collector.read("/v1/surveys/nps/results").await;
    assert_eq!((&nps["respondents"], figures(&nps)), (&json!(9), vec![json!([9, [8, 0, 1], 0])]));
    // Nobody knows since when its versions are served, so October isn't closed for them.
    let mut late = nps_release(2);
    late["wave"] = json!("2026-10");
    collector.accept(&late).await;
    // It goes on, and opens again.
    collector.accept(&nps_release(1)).await;
    let collector = Collector::in_folder(collector.stop().await).await;
    assert_eq!(collector.read("/v1/surveys/nps/results").await["respondents"], 11);
}

/// Whether `now` says all that `before` said. It may say more.
fn assert_still_says(now: &Value, before: &Value, place: &str) {
    match (now, before) {
        (Value::Object(now), Value::Object(before)) => {
            before
                .iter()
                .for_each(|(name, before)| assert_still_says(&now[name], before, &format!("{place}.{name}")));
        }
        (Value::Array(now), Value::Array(before)) if now.len() == before.len() => {
            let entries = now.iter().zip(before).enumerate();
            entries.for_each(|(index, (now, before))| {
                assert_still_says(now, before, &format!("{place}[{index}]"))
            });
        }
        _ => assert_eq!(now, before, "{place}"),
    }
}

#[tokio::test]
async fn a_database_with_a_row_for_each_cell_has_the_same_results_and_goes_on() {
    let folder = of_thirteenth_build(&[]).await;
    let options = options(folder.path());
    let collector = Collector::at("2026-12-01", folder, &options).await;
    let results: BTreeMap<String, Value> = serde_json::from_str(THIRTEENTH_RESULTS).unwrap();
    for (path, before) in &results {
        assert_still_says(&collector.read(path).await, before, path);
    }
    // An earlier build's file is served on, and a release that it took counts once.
    assert_eq!(collector.get("/assets/old-0123456789.js").await.text().await.unwrap(), "export {}");
    let release = json!({
        "format": "puls-release/1", "id": "00000000000000000000000000000065", "survey": "team", "version": 4,
        "wave": "2026-12", "segment": {"site": "north", "unit": "service"},
        "mechanism": {"kind": "batched", "k": 4}, "respondents": 4,
        "items": {
            "energy": {"cells": [0, 0, 0, 4, 0], "missing": 0},
            "clarity": {"cells": [0, 0, 0, 0, 3], "missing": 1},
            "help": {"cells": [0, 0, 0], "missing": 4}
        },
        "joint": {"respondents": 3, "products": [3, 9, 12, 27, 36, 48]}
    });
    let before = &results["/v1/surveys/team/results"]["respondents"];
    collector.accept(&release).await;
    assert_eq!(collector.read("/v1/surveys/team/results").await["respondents"], *before);
    // Another one adds to the rows that were carried over.
    let mut another = release.clone();
    another["id"] = json!("000000000000000000000000000000ff");
    collector.accept(&another).await;
    let after = collector.read("/v1/surveys/team/results").await;
    assert_eq!(after["respondents"].as_u64().unwrap(), before.as_u64().unwrap() + 4);
}

#[tokio::test]
async fn a_line_of_which_nobody_chose_an_answer_keeps_its_people() {
    let folder = of_thirteenth_build(&[]).await;
    // Those builds stored cells in which somebody is.
    run(folder.path(), "DELETE FROM cells WHERE item = 'found'").await;
    let options = options(folder.path());
    let collector = Collector::at("2026-12-01", folder, &options).await;
    collector
        .accept(&json!({
            "format": "puls-release/1", "id": "000000000000000000000000000000fe", "survey": "shop", "version": 1,
            "wave": "2026-12", "segment": {}, "mechanism": {"kind": "randomised", "epsilon": 2.0}, "respondents": 1,
            "items": {"recommend": {"cells": [1, 0, 0], "missing": 0}, "found": {"cells": [0, 1], "missing": 0}}
        }))
        .await;
    let file = SqliteConnectOptions::new().filename(database(collector.folder.path()));
    let pool = SqlitePool::connect_with(file).await.unwrap();
    let people =
        "SELECT lines.respondents, holdings.respondents FROM lines JOIN holdings ON holdings.id = holding
        WHERE survey = 'shop' AND wave = '2026-12' AND line = 'found'";
    let (on_line, all): (i64, i64) = sqlx::query_as(people).fetch_one(&pool).await.unwrap();
    pool.close().await;
    assert_eq!(on_line, all);
    assert!(all > 1, "{all}");
}

#[tokio::test]
async fn as_it_was_a_database_is_kept_beside_the_one_that_is_brought_up_to_date() {
    let folder = of_first_build().await;
    let before =
        "SELECT group_concat(name) FROM (SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name)";
    let tables = async |file: &Path| {
        let pool = SqlitePool::connect_with(SqliteConnectOptions::new().filename(file)).await.unwrap();
        let tables: String = sqlx::query_scalar(before).fetch_one(&pool).await.unwrap();
        pool.close().await;
        tables
    };
    let first = tables(&database(folder.path())).await;
    let copies = |folder: &Path| {
        let names =
            std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut copies: Vec<String> =
            names.filter(|name| name.contains("before") || name.contains("copy")).collect();
        copies.sort();
        copies
    };
    let folder = Collector::in_folder(folder).await.stop().await;
    assert_eq!(copies(folder.path()), ["puls.db.before-1"]);
    assert_eq!(tables(&folder.path().join("puls.db.before-1")).await, first);
    assert_ne!(tables(&database(folder.path())).await, first);
    // Nothing is due any more, nor is there anything to keep of a new one.
    let folder = Collector::in_folder(folder).await.stop().await;
    assert_eq!(copies(folder.path()), ["puls.db.before-1"]);
    let new = Collector::serving(&[NPS]).await.stop().await;
    assert!(copies(new.path()).is_empty());
}

#[tokio::test]
async fn a_database_of_a_newer_build_is_refused_and_left_alone() {
    let refusal = async |folder: &Path| {
        let Err(error) = start(&options(folder), assets()).await else { panic!("it has started") };
        error.to_string()
    };
    let folder = Collector::serving(&[NPS]).await.stop().await;
    run(
        folder.path(),
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
         VALUES (9999, 'of tomorrow', TRUE, x'00', 0)",
    )
    .await;
    let message = refusal(folder.path()).await;
    assert!(message.starts_with("a newer collector has changed the database (migration 9999;"), "{message}");
    run(folder.path(), "UPDATE settings SET value = '3' WHERE name = 'schema'").await;
    let message = refusal(folder.path()).await;
    assert!(
        message.starts_with("the database has the form 3, which this collector doesn't know:"),
        "{message}"
    );
    let files = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name());
    assert!(!files.map(|name| name.into_string().unwrap()).any(|name| name.contains("before")));
}

#[tokio::test]
async fn collectors_that_start_at_once_share_a_new_database() {
    let folder = of_first_build().await;
    let (options, assets) = (options(folder.path()), assets);
    let (one, two) = tokio::join!(start(&options, assets()), start(&options, assets()));
    for running in [one, two] {
        running.unwrap().stop().await.unwrap();
    }
}

/// Whoever looks into a database finds what each column holds.
#[test]
fn every_column_says_what_it_holds() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/migrations");
    let mut columns = 0;
    for file in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        let text = std::fs::read_to_string(&file).unwrap();
        for line in text.lines().filter(|line| is_column(line)) {
            let (_, comment) =
                line.split_once(" -- ").unwrap_or_else(|| panic!("{}: {line}", file.display()));
            assert!(!comment.trim().is_empty(), "{}: {line}", file.display());
            columns += 1;
        }
    }
    assert!(columns > 20, "{columns}");
}

fn is_column(line: &str) -> bool {
    let types = [" TEXT", " BIGINT", " INTEGER", " BLOB"];
    let code = line.split(" -- ").next().unwrap_or_default();
    !line.starts_with("--") && types.iter().any(|kind| code.contains(kind))
}

/// What the first builds had told is told rightly, and that it has changed is said with the reason.
#[tokio::test]
async fn what_the_first_builds_told_wrongly_is_revised_with_the_reason() {
    let collector = Collector::in_folder(of_first_build().await).await;
    let tea = collector.read("/v1/surveys/tea/results?wave=2026-10").await;
    let revisions = tea["revisions"].as_array().unwrap();
    assert_eq!(revisions.len(), 1, "{tea}");
    assert_eq!((&revisions[0]["wave"], &revisions[0]["kind"]), (&json!("2026-10"), &json!("republished")));
    assert!(revisions[0]["reason"].as_str().unwrap().contains("nobody had chosen the highest answers"));
    // Randomised answers were right all the time.
    let nps = collector.read("/v1/surveys/nps/results").await;
    assert_eq!(nps["revisions"], Value::Null);
}
