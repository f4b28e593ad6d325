//! A database that is locked, damaged, replaced or gone while the collector runs, and requests that are given up.

use crate::support::{Collector, NPS, PULSE, database, folder, nps_release, options, pulse_release};
use puls_collector::assets::Assets;
use puls_collector::command::serve::start;
use reqwest::Method;
use serde_json::json;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection, SqliteConnection};
use std::fs;
use std::path::Path;
use std::time::Duration;

async fn connect(file: &Path) -> SqliteConnection {
    SqliteConnectOptions::new().filename(file).connect().await.unwrap()
}

async fn execute(connection: &mut SqliteConnection, statement: &'static str) {
    sqlx::raw_sql(statement).execute(connection).await.unwrap();
}

/// The database as one file, by SQLite's own means.
async fn copy(of: &Path, to: &Path) {
    let mut connection = connect(of).await;
    sqlx::query("VACUUM INTO $1").bind(to.to_str()).execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
}

async fn respondents(collector: &Collector) -> u64 {
    collector.read("/v1/surveys/nps/results").await["respondents"].as_u64().unwrap()
}

async fn statuses(collector: &Collector, number: usize) -> [u16; 3] {
    [
        collector.post(nps_release(number)).await.status().as_u16(),
        collector.get("/readyz").await.status().as_u16(),
        collector.get("/healthz").await.status().as_u16(),
    ]
}

#[tokio::test]
async fn a_lock_that_somebody_holds_costs_no_release() {
    let collector = Collector::serving(&[NPS]).await;
    let mut other = connect(&database(collector.folder.path())).await;
    execute(&mut other, "BEGIN IMMEDIATE").await;
    assert_eq!(statuses(&collector, 1).await, [503, 503, 200]);
    execute(&mut other, "ROLLBACK").await;
    assert_eq!(statuses(&collector, 1).await, [200, 200, 200]);
    assert_eq!(respondents(&collector).await, 1);
}

#[tokio::test]
async fn requests_that_are_given_up_leave_nothing_behind() {
    let collector = Collector::serving(&[NPS]).await;
    let mut other = connect(&database(collector.folder.path())).await;
    execute(&mut other, "BEGIN IMMEDIATE").await;
    for number in 0..5 {
        let request = collector.request(Method::POST, "/v1/releases").json(&nps_release(number));
        request.timeout(Duration::from_millis(100)).send().await.unwrap_err();
    }
    execute(&mut other, "ROLLBACK").await;
    for number in 0..5 {
        collector.accept(&nps_release(number)).await;
    }
    assert_eq!(respondents(&collector).await, 5);
}

#[tokio::test]
async fn a_database_that_is_put_back_from_a_copy_is_used_at_once() {
    let collector = Collector::serving(&[NPS]).await;
    let file = database(collector.folder.path());
    let kept = collector.folder.path().join("copy.db");
    collector.accept(&nps_release(1)).await;
    copy(&file, &kept).await;
    collector.accept(&nps_release(2)).await;
    assert_eq!(respondents(&collector).await, 2);

    fs::rename(&kept, &file).unwrap();
    collector.accept(&nps_release(3)).await;
    // What had been accepted since the copy went with the earlier file.
    assert_eq!(respondents(&collector).await, 2);
    // And nothing of that file's log has got into this one.
    let mut copy = connect(&file).await;
    let sound: String = sqlx::query_scalar("PRAGMA integrity_check").fetch_one(&mut copy).await.unwrap();
    assert_eq!(sound, "ok");
}

#[tokio::test]
async fn what_is_moved_aside_has_all_that_was_accepted() {
    let collector = Collector::serving(&[NPS]).await;
    let (file, aside) = (database(collector.folder.path()), collector.folder.path().join("aside.db"));
    let kept = collector.folder.path().join("copy.db");
    copy(&file, &kept).await;
    for number in 0..30 {
        collector.accept(&nps_release(number)).await;
    }
    fs::rename(&file, &aside).unwrap();
    fs::rename(&kept, &file).unwrap();
    collector.accept(&nps_release(30)).await;
    assert_eq!(respondents(&collector).await, 1);
    let mut aside = connect(&aside).await;
    let seen: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM seen").fetch_one(&mut aside).await.unwrap();
    assert_eq!(seen, 30, "without its log, which has another name");
}

#[tokio::test]
async fn a_copy_that_comes_just_before_the_end_stays_as_it_is() {
    let collector = Collector::serving(&[NPS]).await;
    let file = database(collector.folder.path());
    let (kept, aside) = (collector.folder.path().join("copy.db"), collector.folder.path().join("aside.db"));
    collector.accept(&nps_release(0)).await;
    copy(&file, &kept).await;
    for number in 1..30 {
        collector.accept(&nps_release(number)).await;
    }
    fs::rename(&file, &aside).unwrap();
    fs::rename(&kept, &file).unwrap();
    let _folder = collector.stop().await;
    for (path, expected) in [(&file, 1_i64), (&aside, 30)] {
        let mut database = connect(path).await;
        let seen = sqlx::query_scalar::<_, i64>("SELECT COUNT(*) FROM seen").fetch_one(&mut database).await;
        assert_eq!(seen.unwrap(), expected, "{}", path.display());
    }
}

#[cfg(unix)]
#[tokio::test]
async fn a_link_leads_to_a_database_that_can_be_put_back_as_well() {
    let folder = folder(&[NPS]);
    let file = folder.path().join("elsewhere.db");
    std::os::unix::fs::symlink(&file, database(folder.path())).unwrap();
    fs::write(&file, "").unwrap();
    let collector = Collector::in_folder(folder).await;
    let kept = collector.folder.path().join("copy.db");
    collector.accept(&nps_release(1)).await;
    copy(&file, &kept).await;
    collector.accept(&nps_release(2)).await;
    fs::rename(&kept, &file).unwrap();
    collector.accept(&nps_release(3)).await;
    assert_eq!(respondents(&collector).await, 2);
}

#[tokio::test]
async fn a_copy_from_before_a_new_version_learns_of_it() {
    let folder = Collector::serving(&[PULSE]).await.stop().await;
    let file = database(folder.path());
    let kept = folder.path().join("copy.db");
    copy(&file, &kept).await;
    let newer = PULSE.replace("\"version\": 2", "\"version\": 3");
    fs::write(folder.path().join("surveys/0.json"), newer).unwrap();
    let collector = Collector::in_folder(folder).await;
    fs::rename(&kept, &file).unwrap();
    let mut release = pulse_release(1, "2026-W47", json!({}));
    release["version"] = json!(3);
    collector.accept(&release).await;
    let mut file = connect(&file).await;
    let versions: Vec<i64> = sqlx::query_scalar("SELECT version FROM definitions ORDER BY version")
        .fetch_all(&mut file)
        .await
        .unwrap();
    assert_eq!(versions, [2, 3]);
}

#[tokio::test]
async fn a_database_that_is_gone_is_missed() {
    let collector = Collector::serving(&[NPS]).await;
    let file = database(collector.folder.path());
    collector.accept(&nps_release(1)).await;
    let elsewhere = collector.folder.path().join("elsewhere.db");
    fs::rename(&file, &elsewhere).unwrap();
    assert_eq!(statuses(&collector, 2).await, [503, 503, 200]);
    assert!(!file.exists(), "an empty one would be taken for the database");
    fs::rename(&elsewhere, &file).unwrap();
    assert_eq!(statuses(&collector, 2).await, [200, 200, 200]);
    assert_eq!(respondents(&collector).await, 2);
}

/// Overwrites all but the first page, without a change of the file's length.
fn damage(file: &Path) {
    let mut content = fs::read(file).unwrap();
    let damaged = &mut content[4096..];
    damaged.fill(0xa5);
    fs::write(file, content).unwrap();
}

#[tokio::test]
async fn a_damaged_database_is_told_of_and_can_be_put_back_while_the_collector_runs() {
    let folder = Collector::serving(&[NPS]).await.stop().await;
    let file = database(folder.path());
    let kept = folder.path().join("copy.db");
    copy(&file, &kept).await;
    let collector = Collector::in_folder(folder).await;
    execute(&mut connect(&file).await, "PRAGMA wal_checkpoint(TRUNCATE)").await;
    damage(&file);
    assert_eq!(collector.post(nps_release(1)).await.status(), 500);
    fs::rename(&kept, &file).unwrap();
    assert_eq!(statuses(&collector, 1).await, [200, 200, 200]);
    assert_eq!(respondents(&collector).await, 1);

    let folder = collector.stop().await;
    damage(&file);
    let Err(error) = start(&options(folder.path()), Assets::default()).await else {
        panic!("it has started")
    };
    let message = error.to_string();
    assert!(message.contains("put a copy of the database in its place"), "{message}");
}

#[tokio::test]
async fn what_is_no_database_is_told_of() {
    let folder = folder(&[NPS]);
    fs::create_dir(database(folder.path())).unwrap();
    let Err(error) = start(&options(folder.path()), Assets::default()).await else {
        panic!("it has started")
    };
    let message = error.to_string();
    assert!(message.contains("puls.db: ") && message.contains("who may open the file"), "{message}");
}
