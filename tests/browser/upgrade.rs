//! A page that stays open while another build of the collector takes the place of the one that it was opened with.

use crate::PRIMARY;
use crate::totals::Totals;
use crate::waiting::wait_until_left;
use puls_collector::assets::Assets;
use puls_collector::command::serve::{Options, Running, start};
use puls_tests::browser::Browser;
use puls_tests::host::Host;
use puls_tests::{dist, until};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

const TOKEN: &str = "a-token-of-the-tests";

/// The files of the build that `cargo xtask dist` made.
fn this_build() -> Assets {
    let web = dist("web");
    let files: Vec<(String, Vec<u8>)> = files_in(&web)
        .chain(files_in(&web.join("assets")))
        .map(|file| {
            let path = file.strip_prefix(&web).unwrap().to_str().unwrap().to_owned();
            (path, fs::read(file).unwrap())
        })
        .collect();
    Assets::of(files.iter().map(|(path, content)| (path.as_str(), content.clone())))
}

fn files_in(folder: &Path) -> impl Iterator<Item = PathBuf> {
    fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_file())
}

async fn serving(folder: &TempDir, listen: &str, assets: Assets) -> Running {
    let options = Options {
        surveys: dist("surveys"),
        database: format!("sqlite:{}", folder.path().join("puls.db").display()),
        listen: listen.to_owned(),
        results_token: Some(TOKEN.to_owned()),
        allow_origin: Vec::new(),
        sealed: None,
    };
    start(&options, assets).await.unwrap()
}

async fn respondents(collector: &str) -> u64 {
    let request = reqwest::Client::new().get(format!("{collector}/v1/surveys/nps/results"));
    let results: Value = request.bearer_auth(TOKEN).send().await.unwrap().json().await.unwrap();
    Totals::of_results(&results).respondents
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tab_that_outlives_an_upgrade_goes_on() {
    let folder = TempDir::new().unwrap();
    let earlier = serving(&folder, "127.0.0.1:0", this_build()).await;
    let url = earlier.url();
    let host = Host::page(&format!("<script async src='{url}/puls.js'></script>")).await;
    let browser = Browser::start().await;
    browser.open(&host.origin()).await;
    until("the loader", async || {
        match browser.run("return !!customElements.get('puls-survey')", &[]).await {
            Value::Bool(true) => Ok(()),
            other => Err(other.to_string()),
        }
    })
    .await;

    earlier.stop().await.unwrap();
    let other_names =
        [("puls.js", b"another loader".to_vec()), ("assets/plain-other.js", b"another glue".to_vec())];
    let later = serving(&folder, url.trim_start_matches("http://"), Assets::of(other_names)).await;
    browser.run("puls('open', 'nps')", &[]).await;
    let survey = browser.survey("nps");
    survey.choose(10).await;
    survey.click(PRIMARY).await;
    survey.heading("Thank you!").await;
    wait_until_left(&browser, 0).await;
    assert_eq!(respondents(&url).await, 1);
    assert_eq!(browser.told().await.iter().filter(|(name, _)| name == "puls-error").count(), 0);
    assert_eq!(browser.page_errors().await, json!([]));
    later.stop().await.unwrap();
}
