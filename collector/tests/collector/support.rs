use puls_analysis::organisation::Organisation;
use puls_collector::assets::Assets;
use puls_collector::clock::Clock;
use puls_collector::command::serve::{Options, Running, start_with};
use puls_core::wave::Day;
use reqwest::{Client, Method, RequestBuilder, Response};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tempfile::TempDir;
use tokio::sync::{Mutex, OwnedMutexGuard};

const DEADLINE: Duration = Duration::from_secs(30);
const GLANCE: Duration = Duration::from_millis(20);

pub(crate) const TOKEN: &str = "a token for tests";

/// Randomised over one item.
pub(crate) const NPS: &str = r#"{
    "id": "nps", "version": 1, "audience": "customer", "languages": ["en", "sv"],
    "title": {"en": "Would you recommend us?", "sv": "Rekommenderar du oss?"},
    "items": [{"id": "recommend", "kind": "net_promoter", "text": "How likely?"}]
}"#;

/// Batched, with segments, a notice and an item that may be skipped.
pub(crate) const PULSE: &str = r#"{
    "id": "pulse", "version": 2, "audience": "employee", "languages": ["en"], "title": "Pulse",
    "items": [
        {"id": "hello", "kind": "notice", "text": "Hello"},
        {"id": "ease", "kind": "rating", "text": "How easy?", "scale": {"points": 3}},
        {"id": "why", "kind": "choice", "text": "Why?", "required": false,
         "options": [{"id": "price", "text": "Price"}, {"id": "place", "text": "Place"}]}
    ],
    "segments": {"unit": ["billing", "sales"], "site": ["north"]},
    "privacy": {"kind": "batched", "k": 4, "device": "shared"},
    "show": {"trigger": ["delay:5s", "manual"], "recontact_days": 0},
    "wave": "week"
}"#;

/// When the surveys are first served, unless a test says otherwise.
pub(crate) const FIRST_SERVED: &str = "2026-10-01";

/// The day on which all else takes place, unless a test says otherwise: a Saturday.
pub(crate) const TODAY: &str = "2026-11-21";

/// Noon of a day, in seconds since 1970-01-01.
pub(crate) fn noon(day: &str) -> u64 {
    let day = Day::parse(day).unwrap().days_since_1970();
    u64::try_from(day).unwrap() * 86_400 + 43_200
}

/// A collector in this process, with a folder for its surveys and its database.
pub(crate) struct Collector {
    pub(crate) url: String,
    pub(crate) folder: TempDir,
    pub(crate) clock: Clock,
    running: Running,
    /// Readers are shown what is new when a test reads, and at no other time.
    held: Mutex<Option<OwnedMutexGuard<()>>>,
    client: Client,
}

/// A folder with these surveys in it.
pub(crate) fn folder(surveys: &[&str]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("surveys")).unwrap();
    for (index, survey) in surveys.iter().enumerate() {
        std::fs::write(folder.path().join(format!("surveys/{index}.json")), survey).unwrap();
    }
    folder
}

pub(crate) fn database(folder: &Path) -> PathBuf {
    folder.join("puls.db")
}

/// The store that all tests run on, but for those that look into its file.
pub(crate) fn url(folder: &Path) -> String {
    format!("sqlite:{}", database(folder).display())
}

pub(crate) fn options(folder: &Path) -> Options {
    Options {
        surveys: folder.join("surveys"),
        database: url(folder),
        listen: "127.0.0.1:0".to_owned(),
        results_token: Some(TOKEN.to_owned()),
        allow_origin: Vec::new(),
        #[cfg(feature = "sealed")]
        sealed: None,
    }
}

/// Stands in for what `cargo xtask dist` makes.
pub(crate) fn assets() -> Assets {
    let loader = format!("(()=>{{const rules=\"__PULS_SHOW__\";{}}})()", "load(rules);".repeat(40));
    Assets::of([
        ("puls.js", loader.into_bytes()),
        ("puls.js.br", b"outdated".to_vec()),
        ("assets/widget-1a2b.wasm", b"\0asm plain".to_vec()),
        ("assets/widget-1a2b.wasm.br", b"\0asm brotli".to_vec()),
        ("assets/widget-1a2b.wasm.gz", b"\0asm gzip".to_vec()),
        ("assets/widget-3c4d.js", b"export {}".to_vec()),
        ("results.html", b"<!doctype html><title>Results</title>".to_vec()),
        ("preview.html", include_bytes!("../../../www/preview.html").to_vec()),
        ("preview-frame.html", include_bytes!("../../../www/preview-frame.html").to_vec()),
        ("embed.html", include_bytes!("../../../www/embed.html").to_vec()),
    ])
}

impl Collector {
    pub(crate) async fn serving(surveys: &[&str]) -> Self {
        Self::in_folder(folder(surveys)).await
    }

    pub(crate) async fn in_folder(folder: TempDir) -> Self {
        let options = options(folder.path());
        Self::with(folder, &options).await
    }

    pub(crate) async fn with(folder: TempDir, options: &Options) -> Self {
        let collector = Self::at(FIRST_SERVED, folder, options).await;
        collector.clock.set(noon(TODAY));
        collector
    }

    /// Starts one whose clock stands at the noon of a day.
    pub(crate) async fn at(day: &str, folder: TempDir, options: &Options) -> Self {
        let clock = Clock::at(noon(day));
        let running = start_with(options, assets(), clock.clone()).await.unwrap();
        let held = Mutex::new(Some(running.hold().await));
        Self { url: running.url(), folder, clock, running, held, client: Client::new() }
    }

    /// What its routes know of the organisation.
    pub(crate) async fn organisation(&self) -> Arc<Organisation> {
        self.running.organisation().await.unwrap()
    }

    /// Stops it, and gives back its folder for another one.
    pub(crate) async fn stop(self) -> TempDir {
        self.running.stop().await.unwrap();
        self.folder
    }

    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, format!("{}{path}", self.url))
    }

    pub(crate) async fn get(&self, path: &str) -> Response {
        self.request(Method::GET, path).send().await.unwrap()
    }

    /// Gets JSON with the results token, once readers are shown all that they may be.
    pub(crate) async fn read(&self, path: &str) -> Value {
        let mut held = self.held.lock().await;
        drop(held.take());
        self.running.settled().await;
        *held = Some(self.running.hold().await);
        let response = self.request(Method::GET, path).bearer_auth(TOKEN).send().await.unwrap();
        assert_eq!(response.status(), 200, "{path}");
        response.json().await.unwrap()
    }

    pub(crate) async fn post(&self, release: impl ToString) -> Response {
        let request = self.request(Method::POST, "/v1/releases").header("content-type", "application/json");
        request.body(release.to_string()).send().await.unwrap()
    }

    /// Posts a release that has to be accepted.
    pub(crate) async fn accept(&self, release: &Value) {
        let response = self.post(release).await;
        assert_eq!(response.status(), 200, "{release}");
        assert_eq!(response.text().await.unwrap(), r#"{"status":"accepted"}"#);
    }
}

/// Looks until there is something, and returns it; `look` says what it saw instead. Generous, since a busy machine is slow.
pub(crate) async fn until<T>(what: &str, mut look: impl AsyncFnMut() -> Result<T, String>) -> T {
    let begun = Instant::now();
    loop {
        match look().await {
            Ok(found) => return found,
            Err(seen) if begun.elapsed() > DEADLINE => panic!("waited for {what}; last seen: {seen}"),
            Err(_) => tokio::time::sleep(GLANCE).await,
        }
    }
}

pub(crate) fn header<'a>(response: &'a Response, name: &str) -> &'a str {
    response.headers().get(name).map_or("", |value| value.to_str().unwrap())
}

/// An id that differs by number.
pub(crate) fn id(number: usize) -> String {
    format!("{number:032x}")
}

/// A release of [`NPS`], from a promoter.
pub(crate) fn nps_release(number: usize) -> Value {
    json!({
        "format": "puls-release/1", "id": id(number), "survey": "nps", "version": 1, "wave": "2026-11",
        "segment": {}, "mechanism": {"kind": "randomised", "epsilon": 2.0}, "respondents": 1,
        "items": {"recommend": {"cells": [0, 0, 1], "missing": 0}}
    })
}

/// A release of [`PULSE`] from four people, one of whom skipped the second question.
pub(crate) fn pulse_release(number: usize, wave: &str, segment: Value) -> Value {
    json!({
        "format": "puls-release/1", "id": id(number), "survey": "pulse", "version": 2, "wave": wave,
        "segment": segment, "mechanism": {"kind": "batched", "k": 4}, "respondents": 4,
        "items": {
            "ease": {"cells": [1, 0, 3], "missing": 0},
            "why": {"cells": [2, 1], "missing": 1}
        }
    })
}
