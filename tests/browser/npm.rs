mod agreement;

use crate::PRIMARY;
use puls_tests::browser::Browser;
use puls_tests::collector::Collector;
use puls_tests::host::{Host, document};
use puls_tests::package::Package;
use puls_tests::until;
use serde_json::json;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;

/// Programs that use all that the typings offer.
const CONSUMERS: [&str; 6] =
    ["consumer.ts", "react.tsx", "preact.tsx", "vue.ts", "svelte.ts", "tsconfig.json"];

#[test]
fn the_typings_fit_strict_programs() {
    let package = Package::installed();
    let folder = package.folder().join("types");
    fs::create_dir(&folder).unwrap();
    for file in CONSUMERS {
        let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("browser/npm").join(file);
        fs::copy(from, folder.join(file)).unwrap();
    }
    fs::write(folder.join("releases.ts"), releases()).unwrap();
    let (succeeded, printed) = package.run("node_modules/.bin/tsc", &["--project", "types"]);
    assert!(succeeded, "{printed}");
}

/// The releases that the wire format is held to, as a program's constants.
fn releases() -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../core/tests/wire");
    let golden =
        fs::read_dir(folder).unwrap().map(|entry| fs::read_to_string(entry.unwrap().path()).unwrap());
    let golden: Vec<_> = golden.collect();
    let golden = golden.join(",\n");
    format!(
        "import type {{ PulsRelease }} from \"puls-survey\";\nexport const golden: PulsRelease[] = [{golden}];\n"
    )
}

#[test]
fn a_server_may_import_it() {
    let package = Package::installed();
    let script =
        "import('puls-survey').then((all) => { all.configure({}); console.log(Object.keys(all).join()) })";
    let (succeeded, printed) = package.run("node", &["--eval", script]);
    assert!(succeeded, "{printed}");
    assert_eq!(printed.trim(), "PulsSurvey,configure,definePuls,puls");
}

/// A server of a page, of the installed package at `/puls/`, and of its files alone at `/elsewhere/`.
async fn serve(package: &Package, name: &str, collector: &Collector, page: &str) -> Host {
    let folder = package.folder().join(name);
    let installed = package.folder().join("node_modules/puls-survey");
    fs::create_dir_all(folder.join("elsewhere")).unwrap();
    fs::write(folder.join("index.html"), page).unwrap();
    symlink(installed.join("assets"), folder.join("elsewhere/assets")).unwrap();
    symlink(installed, folder.join("puls")).unwrap();
    Host::folder(collector, &folder).await
}

async fn answer(browser: &Browser, collector: &Collector, id: &str) {
    let survey = browser.survey(id);
    survey.choose(4).await;
    survey.click(PRIMARY).await;
    survey.heading("Thank you!").await;
    arrived(collector).await;
    assert_eq!(browser.page_errors().await, json!([]));
    assert_eq!(browser.console().await, [""; 0]);
}

async fn arrived(collector: &Collector) {
    until("the release at the collector", async || {
        let results = collector.results("nps").await;
        if results["respondents"] == json!(1) { Ok(()) } else { Err(results.to_string()) }
    })
    .await;
}

#[tokio::test]
async fn files_come_from_where_the_page_says() {
    let (package, collector) = (Package::installed(), Collector::start());
    let body = r#"<script type="module">
        import { configure, puls } from "/puls/index.js";
        puls("open", "nps");
        configure({ origin: "https://surveys.example.com/", files: "/elsewhere" });
        window.defined = customElements.get("puls-survey") != undefined;
    </script>"#;
    let host = serve(&package, "named", &collector, &document(body)).await;
    let browser = Browser::start().await;
    browser.open(&host.origin()).await;
    answer(&browser, &collector, "nps").await;
    assert_eq!(browser.run("return window.defined", &[]).await, json!(true), "at once, to be called");
    let network = browser.network().await;
    network.only(&format!("{}/elsewhere/assets/widget-", host.origin()), ".wasm");
    network.only(&format!("{}/elsewhere/assets/words-", host.origin()), "-en.json");
}

#[tokio::test]
async fn a_page_that_says_nothing_names_all_by_address() {
    let (package, collector) = (Package::installed(), Collector::start());
    // The page's own icon aside, it allows no more than this.
    let policy = "default-src 'none'; img-src data:; script-src 'self' 'wasm-unsafe-eval'; \
        connect-src 'self' https://surveys.example.com; require-trusted-types-for 'script'; trusted-types 'none'";
    let meta = format!("<head><meta http-equiv=\"content-security-policy\" content=\"{policy}\">");
    let body = "<puls-survey survey='https://surveys.example.com/v1/surveys/nps' \
        endpoint='https://surveys.example.com/v1/releases'></puls-survey>\
        <script type='module' src='/puls/index.js'></script>";
    let page = document(body).replace("<head>", &meta);
    let host = serve(&package, "silent", &collector, &page).await;
    let browser = Browser::start().await;
    browser.open(&host.origin()).await;
    answer(&browser, &collector, &format!("{}/v1/surveys/nps", collector.origin)).await;
    browser.network().await.only(&format!("{}/puls/assets/widget-", host.origin()), ".wasm?no-inline");
}

#[tokio::test]
async fn the_script_takes_files_from_beside_itself() {
    let (package, collector) = (Package::installed(), Collector::start());
    // As from a site that serves packages to all others.
    let files = serve(&package, "files-of-all", &collector, "").await;
    let body = format!(
        "<script async src='{}/puls/puls.js' data-origin='https://surveys.example.com' data-survey='nps'></script>",
        files.origin()
    );
    let host = serve(&package, "script", &collector, &document(&body)).await;
    let browser = Browser::start().await;
    browser.open(&host.origin()).await;
    answer(&browser, &collector, "nps").await;
    let network = browser.network().await;
    let assets = format!("{}/puls/assets/", files.origin());
    network.only(&format!("{assets}widget-"), ".wasm");
    network.only(&format!("{assets}widget-"), ".js");
    network.only(&format!("{assets}words-"), "-en.json");
}

#[tokio::test]
async fn a_release_outlasts_a_collector_that_is_away() {
    let (package, mut collector) = (Package::installed(), Collector::start());
    let body = r#"<puls-survey survey="nps" display="inline"></puls-survey><script type="module">
        import { configure } from "/puls/index.js";
        configure({ origin: "https://surveys.example.com" });
    </script>"#;
    let host = serve(&package, "away", &collector, &document(body)).await;
    let browser = Browser::start().await;
    browser.open(&host.origin()).await;
    let survey = browser.survey("nps");
    survey.choose(4).await;
    collector.stop();
    survey.click(PRIMARY).await;
    survey.heading("Thank you!").await;
    collector.start_again();
    browser.reload().await;
    arrived(&collector).await;
}

#[tokio::test]
async fn a_survey_waits_for_what_its_definition_says() {
    let (package, collector) = (Package::installed(), Collector::start());
    // By its definition the first one opens only when it is told to. What the page says last is no address.
    let body = r#"<puls-survey survey="support-chat"></puls-survey><puls-survey survey="nps" display="inline"></puls-survey>
    <script type="module">
        import { configure } from "/puls/index.js";
        configure({ origin: "https://surveys.example.com" });
        configure({ origin: "https://" });
    </script>"#;
    let host = serve(&package, "rules", &collector, &document(body)).await;
    let browser = Browser::start().await;
    browser.open(&host.origin()).await;
    let error = browser.told_of("puls-error").await;
    assert_eq!(error["code"], json!("attribute"));
    browser.survey("nps").heading("How likely are you").await;
    let waiting = browser.survey("support-chat");
    assert_eq!(waiting.count("*").await, 0);
    browser.run("document.querySelector('puls-survey').open()", &[]).await;
    waiting.find("[part='question']").await;
    assert_eq!(browser.page_errors().await, json!([]));
}
