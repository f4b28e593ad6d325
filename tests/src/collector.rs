//! A collector: the built program with a database of its own.

use crate::dist;
use crate::process::Process;
use reqwest::StatusCode;
use serde_json::Value;
use sqlx::SqlitePool;
use sqlx::sqlite::SqliteConnectOptions;
use std::fs;
use std::path::PathBuf;
use std::process::Command;
use tempfile::TempDir;

const TOKEN: &str = "a-token-of-the-tests";

/// A running collector, which ends when it is dropped.
pub struct Collector {
    /// Where it is served, without a slash at the end.
    pub origin: String,
    surveys: PathBuf,
    folder: TempDir,
    /// Origins of the pages that may post; any when there are none.
    allowed: Vec<String>,
    process: Option<Process>,
}

/// What the database holds of a survey: how many people, and the counts of each group on each line.
pub struct Held {
    /// People.
    pub respondents: u64,
    /// Once for each group.
    pub lines: Vec<HeldLine>,
}

/// One group's counts on a line.
#[derive(sqlx::FromRow)]
pub struct HeldLine {
    /// The line's id.
    pub line: String,
    /// How many have no answer.
    pub missing: u64,
    /// How many gave each answer.
    #[sqlx(json)]
    pub cells: Vec<u64>,
}

impl Collector {
    /// One with the surveys that are deployed.
    pub fn start() -> Self {
        Self::allowing(&[])
    }

    /// The same, which takes releases from pages of these origins alone, where there are any.
    pub fn allowing(origins: &[&str]) -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        let mut collector = Self::stopped(folder, dist("surveys"));
        collector.allowed = origins.iter().map(ToString::to_string).collect();
        collector.serve("127.0.0.1:0");
        collector
    }

    /// One with these surveys, each a definition's JSON, beside the ones that are deployed.
    pub fn with_surveys(surveys: &[&str]) -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        let all = folder.path().join("surveys");
        fs::create_dir(&all).expect("a folder for surveys");
        for file in fs::read_dir(dist("surveys")).expect("the surveys in dist/").map_while(Result::ok) {
            fs::copy(file.path(), all.join(file.file_name())).expect("a copied survey");
        }
        for (index, survey) in surveys.iter().enumerate() {
            fs::write(all.join(format!("{index}.json")), survey).expect("a written survey");
        }
        Self::with_folder(folder, all)
    }

    /// One with sample data.
    pub fn with_sample_data() -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        let mut collector = Self::stopped(folder, dist("surveys"));
        let filled = collector.command("sample").output().expect("the collector's program");
        assert!(filled.status.success(), "no sample data: {filled:?}");
        collector.serve("127.0.0.1:0");
        collector
    }

    fn with_folder(folder: TempDir, surveys: PathBuf) -> Self {
        let mut collector = Self::stopped(folder, surveys);
        collector.serve("127.0.0.1:0");
        collector
    }

    fn stopped(folder: TempDir, surveys: PathBuf) -> Self {
        Self { origin: String::new(), surveys, folder, allowed: Vec::new(), process: None }
    }

    fn command(&self, name: &str) -> Command {
        let mut command = Command::new(dist("puls-collector"));
        command.arg(name).arg("--surveys").arg(&self.surveys);
        command.arg("--database").arg(format!("sqlite:{}", self.database().display()));
        command
    }

    fn database(&self) -> PathBuf {
        self.folder.path().join("puls.sqlite")
    }

    fn serve(&mut self, address: &str) {
        let mut command = self.command("serve");
        command.args(["--listen", address, "--results-token", TOKEN]);
        command.args(self.allowed.iter().flat_map(|origin| ["--allow-origin", origin]));
        let credentials = self.credentials();
        if credentials.exists() {
            command.arg("--sealed").arg(credentials);
        }
        let listening = |line: &str| line.strip_prefix("listening on ").map(str::to_owned);
        let (process, origin) = Process::start(&mut command, listening);
        self.origin = origin;
        self.process = Some(process);
    }

    /// Has it collect sealed surveys with these credentials from the next start on.
    pub fn give_credentials(&self, credentials: &str) {
        fs::write(self.credentials(), credentials).expect("written credentials");
    }

    fn credentials(&self) -> PathBuf {
        self.folder.path().join("sealed.json")
    }

    /// Ends it at once, as a power cut would.
    pub fn stop(&mut self) {
        self.process = None;
    }

    /// Starts it again at the same address, with the same database.
    pub fn start_again(&mut self) {
        let address = self.origin.trim_start_matches("http://").to_owned();
        self.serve(&address);
    }

    /// The address of the results page, token included.
    pub fn results_page(&self) -> String {
        format!("{}/results#token={TOKEN}", self.origin)
    }

    /// A survey's results, as the collector states them.
    pub async fn results(&self, survey: &str) -> Value {
        let url = format!("{}/v1/surveys/{survey}/results", self.origin);
        let answer = reqwest::Client::new().get(url).bearer_auth(TOKEN).send().await;
        answer.expect("an answer").json().await.expect("results in JSON")
    }

    /// What the database holds of a survey, however little of it readers are shown.
    pub async fn held(&self, survey: &str) -> Held {
        let options = SqliteConnectOptions::new().filename(self.database()).read_only(true);
        let database = SqlitePool::connect_with(options).await.expect("the collector's database");
        let people =
            sqlx::query_scalar("SELECT COALESCE(SUM(respondents), 0) FROM holdings WHERE survey = $1");
        let lines = sqlx::query_as(
            "SELECT line, missing, cells FROM lines JOIN holdings ON holdings.id = holding WHERE survey = $1",
        );
        let respondents = people.bind(survey).fetch_one(&database).await.expect("people");
        let lines = lines.bind(survey).fetch_all(&database).await.expect("lines");
        database.close().await;
        Held { respondents, lines }
    }

    /// Posts a release, and returns what is answered.
    pub async fn post(&self, release: &str) -> (StatusCode, Value) {
        let request = reqwest::Client::new().post(format!("{}/v1/releases", self.origin));
        let request = request.header("content-type", "application/json").body(release.to_owned());
        let answer = request.send().await.expect("an answer");
        (answer.status(), answer.json().await.expect("an answer in JSON"))
    }
}
