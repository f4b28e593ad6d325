use crate::support::{
    Collector, NPS, PULSE, assets, database, folder, header, noon, nps_release, options, pulse_release, url,
};
use puls_collector::assets::Assets;
use puls_collector::clock::Clock;
use puls_collector::command::serve::{Running, start, start_with};
use serde_json::json;
use std::path::Path;
use std::process::Command;

/// Why a collector doesn't start in a folder, without the folder's own name.
async fn refusal(folder: &Path) -> String {
    let Err(error) = start(&options(folder), assets()).await else { panic!("it has started") };
    error.to_string().replace(&folder.display().to_string(), "")
}

fn rewrite(folder: &Path, survey: &str) {
    std::fs::write(folder.join("surveys/0.json"), survey).unwrap();
}

#[tokio::test]
async fn every_mistake_of_every_file_is_listed() {
    let broken = PULSE.replace("\"points\": 3", "\"points\": 12").replace("\"week\"", "\"day\"");
    let folder = folder(&[&broken, NPS, NPS, "{"]);
    std::fs::write(folder.path().join("surveys/latin.json"), b"{\"id\": \"\xe5\"}").unwrap();
    std::fs::write(folder.path().join("surveys/notes.txt"), "not a survey").unwrap();
    insta::assert_snapshot!(refusal(folder.path()).await);
}

#[tokio::test]
async fn a_folder_without_surveys_is_refused() {
    let folder = folder(&[]);
    assert!(refusal(folder.path()).await.starts_with("the folder /surveys has no survey"));
    std::fs::remove_dir(folder.path().join("surveys")).unwrap();
    assert!(refusal(folder.path()).await.starts_with("can't read the surveys in /surveys: "));
}

#[tokio::test]
async fn what_lies_beside_definitions_is_passed_over_and_their_names_are_taken_as_they_are() {
    let folder = folder(&[]);
    let surveys = folder.path().join("surveys");
    for beside in ["._nps.json", ".#nps.json", "nps.json~", "#nps.json#", "nps.json.bak", "notes.txt"] {
        std::fs::write(surveys.join(beside), "no survey").unwrap();
    }
    std::fs::create_dir(surveys.join("archive.json")).unwrap();
    std::fs::write(surveys.join("NPS.JSON"), format!("\u{feff}{NPS}")).unwrap();
    let collector = Collector::in_folder(folder).await;
    let survey = collector.get("/v1/surveys/nps").await;
    assert_eq!(survey.status(), 200);
    assert!(survey.text().await.unwrap().starts_with("{\"id\":\"nps\""));
    collector.accept(&nps_release(1)).await;
}

#[tokio::test]
async fn a_file_that_cannot_be_read_is_named_among_the_others() {
    let folder = folder(&["{}"]);
    std::fs::write(folder.path().join("surveys/utf16.json"), b"\xff\xfe{\0}\0").unwrap();
    std::fs::write(folder.path().join("surveys/latin.json"), b"{\n\n\"title\": \"\xe5\"}").unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink("nowhere.json", folder.path().join("surveys/gone.json")).unwrap();
    let message = refusal(folder.path()).await;
    for part in [
        "/surveys/0.json\n  languages: is missing",
        "/surveys/gone.json\n  can't be read: No such file",
        "/surveys/utf16.json\n  not UTF-8 on line 1",
        "/surveys/latin.json\n  not UTF-8 on line 3: save the file as UTF-8",
    ] {
        assert!(message.contains(part), "{message}");
    }
}

/// Makes what the database has of a version unreadable for this build.
async fn outdate(folder: &Path, version: i64) {
    let pool = sqlx::SqlitePool::connect(&url(folder)).await.unwrap();
    let statement = "UPDATE definitions SET json = '{\"kind\": \"of another time\"}' WHERE version = $1";
    assert_eq!(sqlx::query(statement).bind(version).execute(&pool).await.unwrap().rows_affected(), 1);
    pool.close().await;
}

#[tokio::test]
async fn an_earlier_version_that_no_longer_parses_stops_nothing_and_loses_nothing() {
    let collector = Collector::serving(&[PULSE]).await;
    let late = pulse_release(1, "2026-W47", json!({}));
    let folder = collector.stop().await;
    rewrite(folder.path(), &PULSE.replace("\"version\": 2", "\"version\": 3"));
    let folder = Collector::in_folder(folder).await.stop().await;
    outdate(folder.path(), 2).await;
    let collector = Collector::in_folder(folder).await;
    let mut current = pulse_release(2, "2026-W47", json!({}));
    current["version"] = json!(3);
    collector.accept(&current).await;
    // A browser keeps it, until a build takes it that knows the version. So it is with a version that is yet to come.
    assert_eq!(collector.post(&late).await.status(), 503);
    current["version"] = json!(4);
    assert_eq!(collector.post(&current).await.status(), 503);
    assert_eq!(collector.read("/v1/surveys/pulse/results").await["respondents"], 4);

    // The version that is served must be one whose counts are known to be the same.
    let folder = collector.stop().await;
    outdate(folder.path(), 3).await;
    let message = refusal(folder.path()).await;
    assert!(
        message.contains(
            "this build can't read what was counted before, but version 3 is in use: raise `version`"
        ),
        "{message}"
    );
}

#[tokio::test]
async fn pages_that_are_open_during_an_upgrade_get_the_files_of_their_build_for_a_week() {
    let folder = folder(&[NPS]);
    let newer = || Assets::of([("assets/widget-9f9f.wasm", b"\0asm newer".to_vec())]);
    let start_on = async |day: &str, assets: Assets| {
        start_with(&options(folder.path()), assets, Clock::at(noon(day))).await.unwrap()
    };
    let statuses = async |running: &Running| {
        let mut statuses = Vec::new();
        for file in ["widget-1a2b.wasm", "widget-9f9f.wasm"] {
            let request = reqwest::Client::new().get(format!("{}/assets/{file}", running.url()));
            let answer = request.header("accept-encoding", "br").send().await.unwrap();
            statuses.push((answer.status().as_u16(), header(&answer, "content-encoding").to_owned()));
        }
        statuses
    };
    let (brotli, plain, gone) = ((200, "br".to_owned()), (200, String::new()), (404, String::new()));
    for (day, assets, expected) in [
        ("2026-11-01", assets(), [&brotli, &gone]),
        ("2026-11-20", newer(), [&brotli, &plain]),
        // Back to the earlier build, and on again.
        ("2026-11-21", assets(), [&brotli, &plain]),
        ("2026-11-22", newer(), [&brotli, &plain]),
        ("2026-11-29", newer(), [&brotli, &plain]),
        ("2026-11-30", newer(), [&gone, &plain]),
    ] {
        let running = start_on(day, assets).await;
        assert_eq!(statuses(&running).await.iter().collect::<Vec<_>>(), expected, "{day}");
        running.stop().await.unwrap();
    }
}

#[tokio::test]
async fn a_version_in_use_counts_the_same_forever() {
    let folder = Collector::serving(&[PULSE]).await.stop().await;
    let path = folder.path();
    rewrite(path, &PULSE.replace("\"points\": 3", "\"points\": 5").replace("\"k\": 4", "\"k\": 5"));
    insta::assert_snapshot!(refusal(path).await);
    rewrite(
        path,
        &PULSE.replace("How easy?", "How easy was it?").replace("\"north\"", "\"south\", \"north\""),
    );
    let folder = Collector::in_folder(folder).await.stop().await;
    // What was added has been taken note of.
    rewrite(folder.path(), PULSE);
    assert!(refusal(folder.path()).await.contains("segments.site: \"south\" is gone"));
}

#[tokio::test]
async fn late_releases_of_older_versions_are_added() {
    let collector = Collector::serving(&[PULSE]).await;
    for number in 0..2 {
        collector.accept(&pulse_release(number, "2026-W47", json!({}))).await;
    }
    let folder = collector.stop().await;
    // The choice has another option now, the scale is as it was.
    let newer = PULSE
        .replace("\"version\": 2", "\"version\": 3")
        .replace("{\"id\": \"price\"", "{\"id\": \"time\", \"text\": \"Time\"}, {\"id\": \"price\"");
    rewrite(folder.path(), &newer);
    let collector = Collector::in_folder(folder).await;
    collector.accept(&pulse_release(2, "2026-W47", json!({}))).await;
    for number in 3..7 {
        let mut release = pulse_release(number, "2026-W46", json!({}));
        release["version"] = json!(3);
        release["items"]["why"]["cells"] = json!([0, 2, 1]);
        collector.accept(&release).await;
    }
    let results = collector.read("/v1/surveys/pulse/results").await;
    assert_eq!((&results["version"], &results["respondents"]), (&json!(3), &json!(28)));
    assert_eq!(results["items"][0]["counts"], json!([7, 0, 21]));
    assert_eq!(results["items"][1]["counts"], json!([0, 8, 4]));
}

#[tokio::test]
async fn randomised_items_with_another_share_of_epsilon_are_not_added_up() {
    let collector = Collector::serving(&[NPS]).await;
    collector.accept(&nps_release(1)).await;
    let folder = collector.stop().await;
    let item = r#"{"id": "again", "kind": "net_promoter", "text": "And?"}"#;
    rewrite(
        folder.path(),
        &NPS.replace("\"version\": 1", "\"version\": 2")
            .replace("\"How likely?\"}", &format!("\"How likely?\"}}, {item}")),
    );
    let collector = Collector::in_folder(folder).await;
    collector.accept(&nps_release(2)).await;
    let results = collector.read("/v1/surveys/nps/results").await;
    assert_eq!((&results["respondents"], &results["items"][0]["answered"]), (&json!(0), &json!(0)));
}

#[tokio::test]
async fn only_sqlite_is_supported() {
    let folder = folder(&[NPS]);
    for (url, message) in [
        ("postgres://localhost/puls", "PostgreSQL is not supported yet; use sqlite:FILE"),
        ("puls.db", "database \"puls.db\" is unknown; use sqlite:FILE, such as sqlite:puls.db"),
    ] {
        let mut options = options(folder.path());
        options.database = url.to_owned();
        let Err(error) = start(&options, assets()).await else { panic!("{url} was taken") };
        assert_eq!(error.to_string(), message);
    }
    std::fs::write(database(folder.path()), "this is a text file, and longer than a header").unwrap();
    assert!(refusal(folder.path()).await.contains("file is not a database"));
}

#[test]
fn the_program_says_what_is_wrong_and_fails() {
    let folder = folder(&["{}"]);
    let output = Command::new(env!("CARGO_BIN_EXE_puls-collector"))
        .args(["serve", "--listen", "127.0.0.1:0", "--database"])
        .arg(url(folder.path()))
        .env("PULS_SURVEYS", folder.path().join("surveys"))
        .output()
        .unwrap();
    let message = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{message}");
    assert!(message.starts_with("puls-collector: these surveys can't be served:"), "{message}");
    assert!(message.contains("0.json\n  ") && message.contains("\n  id: is missing\n"), "{message}");
    assert!(output.stdout.is_empty());
}
