//! Readers look, and that is all: what they are shown is decided in the background.

use crate::support::{
    Collector, FIRST_SERVED, PULSE, TODAY, TOKEN, assets, database, folder, noon, options, pulse_release,
    until,
};
use puls_collector::clock::Clock;
use puls_collector::command::serve::start_with;
use reqwest::{Client, StatusCode};
use serde_json::{Value, json};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, SqliteConnection};
use std::path::Path;

async fn connect(file: &Path) -> SqliteConnection {
    SqliteConnectOptions::new().filename(file).connect().await.unwrap()
}

async fn told(connection: &mut SqliteConnection) -> i64 {
    sqlx::query_scalar("SELECT COUNT(*) FROM published_lines").fetch_one(connection).await.unwrap()
}

#[tokio::test]
async fn figures_come_without_anybody_reading() {
    let folder = folder(&[PULSE]);
    let clock = Clock::at(noon(FIRST_SERVED));
    let running = start_with(&options(folder.path()), assets(), clock.clone()).await.unwrap();
    clock.set(noon(TODAY));
    let client = Client::new();
    for number in 0..5 {
        let release = pulse_release(number, "2026-W47", json!({}));
        let posted =
            client.post(format!("{}/v1/releases", running.url())).json(&release).send().await.unwrap();
        assert_eq!(posted.status(), StatusCode::OK);
    }
    let mut database = connect(&database(folder.path())).await;
    until("figures of the twenty people who have answered", async || match told(&mut database).await {
        0 => Err("nothing is told".to_owned()),
        _ => Ok(()),
    })
    .await;
    running.stop().await.unwrap();
}

#[tokio::test]
async fn reading_changes_nothing_and_waits_for_no_writer() {
    let collector = Collector::serving(&[PULSE]).await;
    for number in 0..5 {
        collector.accept(&pulse_release(number, "2026-W47", json!({}))).await;
    }
    let mut other = connect(&database(collector.folder.path())).await;
    let before = told(&mut other).await;
    sqlx::raw_sql("BEGIN IMMEDIATE").execute(&mut other).await.unwrap();
    let request = collector.request(reqwest::Method::GET, "/v1/surveys/pulse/results").bearer_auth(TOKEN);
    let answer = request.send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::OK);
    let results: Value = answer.json().await.unwrap();
    // All have arrived, and nothing of what they said is told yet.
    assert_eq!((&results["respondents"], &results["items"][0]["answered"]), (&json!(20), &json!(0)));
    sqlx::raw_sql("ROLLBACK").execute(&mut other).await.unwrap();
    assert_eq!(told(&mut other).await, before);
    assert_eq!(collector.read("/v1/surveys/pulse/results").await["items"][0]["answered"], 20);
}

#[tokio::test]
async fn what_came_while_nothing_could_be_settled_is_settled_at_the_next_start() {
    let collector = Collector::serving(&[PULSE]).await;
    for number in 0..5 {
        collector.accept(&pulse_release(number, "2026-W47", json!({}))).await;
    }
    let folder = collector.stop().await;
    assert_eq!(told(&mut connect(&database(folder.path())).await).await, 0);
    let collector = Collector::in_folder(folder).await;
    assert_eq!(collector.read("/v1/surveys/pulse/results").await["items"][0]["answered"], 20);
}
