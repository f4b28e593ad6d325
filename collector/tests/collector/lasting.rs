use crate::program::{Program, release};
use crate::support::{
    Collector, NPS, PULSE, TODAY, database, folder, id, noon, nps_release, options, pulse_release, url,
};
use puls_collector::assets::Assets;
use puls_collector::clock::Clock;
use puls_collector::command::serve::start_with;
use serde_json::{Value, json};
use std::path::Path;
use std::process::Command;

async fn respondents(url: &str, token: &str) -> Option<u64> {
    let request = reqwest::Client::new().get(format!("{url}/v1/surveys/nps/results")).bearer_auth(token);
    request.send().await.unwrap().json::<Value>().await.unwrap()["respondents"].as_u64()
}

#[tokio::test]
async fn what_was_accepted_survives_a_kill() {
    let folder = folder(&[NPS]);
    let program = Program::serving(folder.path(), 2);
    for number in 0..20 {
        program.post(&release(number)).await;
    }
    let link = program.lines[1].clone();
    let (_, token) = link.split_once("/results#token=").unwrap();
    assert_eq!(token.len(), 32);
    drop(program); // SIGKILL

    let program = Program::serving(folder.path(), 1);
    assert_eq!(respondents(program.url(), token).await, Some(20));
    program.post(&release(0)).await;
    assert_eq!(respondents(program.url(), token).await, Some(20));
}

#[cfg(unix)]
#[tokio::test]
async fn told_to_stop_it_closes_the_database_and_ends_well() {
    let folder = folder(&[NPS]);
    for signal in ["-TERM", "-INT"] {
        let mut program = Program::serving(folder.path(), 1);
        program.post(&release(1)).await;
        let pid = program.child.id().to_string();
        assert!(Command::new("kill").args([signal, &pid]).status().unwrap().success());
        assert!(program.child.wait().unwrap().success(), "{signal}");
        let files: Vec<_> =
            std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(files.len(), 2, "{files:?}");
    }
}

#[tokio::test]
async fn totals_and_token_survive_a_restart() {
    let folder = folder(&[NPS]);
    let mut options = options(folder.path());
    options.results_token = None;
    let first = start_with(&options, Assets::default(), Clock::at(noon(TODAY))).await.unwrap();
    let link = first.results_link().unwrap();
    let (address, token) = link.split_once("/results#token=").unwrap();
    assert_eq!(address, first.url());
    let request = reqwest::Client::new().post(format!("{}/v1/releases", first.url()));
    assert_eq!(request.json(&nps_release(1)).send().await.unwrap().status(), 200);
    first.stop().await.unwrap();

    let second = start_with(&options, Assets::default(), Clock::at(noon(TODAY))).await.unwrap();
    assert!(second.results_link().is_none());
    assert_eq!(respondents(&second.url(), token).await, Some(1));
    assert_eq!(respondents(&second.url(), "another").await, None);
    second.stop().await.unwrap();
    let content = std::fs::read(database(folder.path())).unwrap();
    assert!(!contains(&content, token), "the database has the token itself");
}

/// Everything that could be a release's own must be found in no file, and no table may have room for one.
#[tokio::test]
async fn the_database_keeps_no_release() {
    let collector = Collector::serving(&[NPS, PULSE]).await;
    let releases = [
        nps_release(7),
        pulse_release(8, "2026-W47", json!({"unit": "sales"})),
        pulse_release(9, "2026-W46", json!({})),
    ];
    let mut traces = vec!["puls-release".to_owned(), "\"respondents\"".to_owned(), "\"missing\"".to_owned()];
    for release in &releases {
        collector.accept(release).await;
        traces.extend([release.to_string(), release["items"].to_string()]);
    }
    let path = database(collector.folder.path());
    assert_no_trace(collector.folder.path(), &traces);
    let folder = collector.stop().await;
    assert_no_trace(folder.path(), &traces);
    assert!(contains(&std::fs::read(&path).unwrap(), &id(7)), "ids are what is kept");
    insta::assert_snapshot!(columns(folder.path()).await);
}

fn assert_no_trace(folder: &Path, traces: &[String]) {
    for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap).filter(|entry| entry.path().is_file())
    {
        let content = std::fs::read(entry.path()).unwrap();
        for trace in traces {
            assert!(!contains(&content, trace), "{trace} stands in {:?}", entry.file_name());
        }
    }
}

fn contains(content: &[u8], text: &str) -> bool {
    content.windows(text.len()).any(|window| window == text.as_bytes())
}

async fn columns(folder: &Path) -> String {
    let pool = sqlx::SqlitePool::connect(&url(folder)).await.unwrap();
    let columns: Vec<(String, String, String)> = sqlx::query_as(
        "SELECT tables.name, columns.name, columns.type
         FROM sqlite_schema AS tables JOIN pragma_table_info(tables.name) AS columns
         WHERE tables.type = 'table' ORDER BY tables.name, columns.cid",
    )
    .fetch_all(&pool)
    .await
    .unwrap();
    pool.close().await;
    columns.iter().map(|(table, column, kind)| format!("{table}.{column} {kind}\n")).collect()
}
