//! The ids that sums are known by are reckoned from what everybody knows, so nobody may be able to take one.

use super::{Pair, RECOMMEND, WHICH, collecting, until_respondents};
use crate::support::{Collector, NPS, folder, nps_release, until, url};
use puls_core::wave::Wave;
use puls_sealed::TaskId;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use sqlx::SqlitePool;
use std::path::Path;

/// What the sums of a task and a week are known by.
fn collection_id(task: &TaskId, wave: &str) -> String {
    let wave = Wave::parse(wave).unwrap();
    let mut digest = Sha256::new();
    digest.update(b"puls-collection/1");
    digest.update(task);
    for day in [wave.first_day(), wave.last_day().plus(1)] {
        digest.update((u64::try_from(day.days_since_1970()).unwrap() * 86_400).to_be_bytes());
    }
    digest.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

/// Posts a release of another survey under an id.
async fn forge(collector: &Collector, id: &str) {
    let mut release = nps_release(1);
    release["id"] = json!(id);
    collector.accept(&release).await;
}

/// Statements on the database of a collector that has stopped.
async fn run(folder: &Path, statements: &'static str) {
    let pool = SqlitePool::connect(&url(folder)).await.unwrap();
    sqlx::raw_sql(statements).execute(&pool).await.unwrap();
    pool.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_release_under_the_id_of_sums_does_not_keep_them_out() {
    let pair = Pair::start(10).await;
    let folder = folder(&[&pair.survey(), NPS]);
    pair.write_credentials(folder.path(), "pulse");
    let collector = collecting(folder).await;
    for (task, wave) in [(&RECOMMEND, "2026-W46"), (&WHICH, "2026-W46"), (&RECOMMEND, "2026-W45")] {
        forge(&collector, &collection_id(task, wave)).await;
    }
    // Only now there is something to collect; started again, it is asked for.
    pair.answers(0..24, 10);
    let collector = collecting(collector.stop().await).await;
    let results = until_respondents(&collector, 24, 12).await;
    assert_eq!(results["items"][0]["counts"], json!([8, 8, 8]));
    assert_eq!(
        collector.read("/v1/surveys/nps/results").await["respondents"],
        3,
        "they count as what they are"
    );
    // Nor the other way round: no sums keep a release out.
    let folder = collector.stop().await;
    until_respondents(&collecting(folder).await, 24, 12).await;
}

/// As a database was before it had a table for them: ids of sums stand among those of releases. Then each cell had a row, too.
const AS_BEFORE: &str = "
    CREATE TABLE streams (id INTEGER PRIMARY KEY, survey, version, wave, segment, mechanism, respondents, sample);
    INSERT INTO streams SELECT * FROM holdings;
    CREATE TABLE cells AS
        SELECT holding AS stream, line AS item, -2 AS cell, respondents AS count FROM lines
        UNION ALL SELECT holding, line, -1, missing FROM lines
        UNION ALL SELECT holding, line, key, value FROM lines, json_each(cells);
    CREATE TABLE told (detail INTEGER, stream, label, item, cell, count);
    INSERT INTO told
        SELECT detail, holding, holding, line, -2, respondents FROM published_lines
        UNION ALL SELECT detail, holding, holding, line, -1, missing FROM published_lines
        UNION ALL SELECT detail, holding, holding, line, key, value FROM published_lines, json_each(cells);
    UPDATE told SET detail = CASE detail WHEN 'score' THEN 0 WHEN 'favourable' THEN 1 ELSE 2 END;
    DROP TABLE published_lines;
    DROP TABLE published_joint;
    DROP TABLE joint;
    DROP TABLE lines;
    DROP TABLE holdings;
    INSERT INTO seen SELECT id FROM collections;
    DROP TABLE open_groups;
    DROP TABLE generations;
    DROP TABLE files;
    DROP TABLE collections;
    DROP TABLE earlier_collections;
    DROP TABLE revisions;
    ALTER TABLE definitions DROP COLUMN first_served;
    DROP TABLE facts;
    DROP TABLE _sqlx_migrations;
    UPDATE settings SET value = '1' WHERE name = 'schema';";

#[tokio::test(flavor = "multi_thread")]
async fn what_an_earlier_build_collected_is_neither_lost_nor_collected_twice() {
    let pair = Pair::start(10).await;
    let folder = folder(&[&pair.survey(), NPS]);
    pair.write_credentials(folder.path(), "pulse");
    pair.answers(0..24, 10);
    let collector = collecting(folder).await;
    until_respondents(&collector, 24, 12).await;
    // A wave that it didn't collect, under whose ids somebody has sent releases.
    for task in [&RECOMMEND, &WHICH] {
        forge(&collector, &collection_id(task, "2026-W45")).await;
    }
    let folder = collector.stop().await;
    run(folder.path(), AS_BEFORE).await;
    // Another number of people than the wave had that was collected, so that nothing else comes to as many.
    pair.answers(24..34, 17);
    let collector = collecting(folder).await;
    let results = until_respondents(&collector, 34, 12).await;
    assert_eq!(results["items"][0]["counts"], json!([12, 11, 11]));
    until_respondents(&collecting(collector.stop().await).await, 34, 12).await;
}

/// The revisions of the survey, once there are any.
async fn until_revised(folder: &Path) -> Vec<(i64, String, i64, String)> {
    let pool = SqlitePool::connect(&url(folder)).await.unwrap();
    let revised = until("a revision", async || {
        let rows = sqlx::query_as("SELECT version, wave, day, kind FROM revisions WHERE survey = 'pulse'");
        let rows: Vec<_> = rows.fetch_all(&pool).await.unwrap();
        if rows.is_empty() { Err("none".to_owned()) } else { Ok(rows) }
    })
    .await;
    pool.close().await;
    revised
}

#[tokio::test(flavor = "multi_thread")]
async fn sums_of_a_wave_that_has_closed_are_a_revision() {
    let pair = Pair::start(10).await;
    // 14 October: the week was over on the 18th, and closed on 18 November. The other one is open.
    pair.answers(0..12, 38);
    pair.answers(12..24, 10);
    let folder = folder(&[&pair.survey()]);
    pair.write_credentials(folder.path(), "pulse");
    let collector = collecting(folder).await;
    let results: Value = until_respondents(&collector, 24, 0).await;
    assert_eq!(results["waves"], json!(["2026-W42", "2026-W46"]));
    let expected = vec![(1, "2026-W42".to_owned(), 20_778, "sealed_sums".to_owned())];
    assert_eq!(until_revised(collector.folder.path()).await, expected);
}
