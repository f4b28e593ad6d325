//! Options and variables as people give them.

use crate::program::{Program, serve};
use crate::support::{Collector, NPS, PULSE, TOKEN, folder, header, nps_release, options, url};
use puls_collector::assets::Assets;
use puls_collector::command::serve::start;
use reqwest::Method;
use std::path::Path;
use std::process::Command;

/// The program with these variables, and no options.
fn by_variables(variables: &[(&str, String)]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_puls-collector"));
    command.arg("serve").envs(variables.iter().map(|(name, value)| (*name, value.as_str())));
    command
}

async fn allowed(url: &str, origin: &str) -> String {
    let request = reqwest::Client::new().request(Method::OPTIONS, format!("{url}/v1/releases"));
    let request = request.header("origin", origin).header("access-control-request-method", "POST");
    header(&request.send().await.unwrap(), "access-control-allow-origin").to_owned()
}

fn surveys_and_database(folder: &Path) -> [(&'static str, String); 3] {
    [
        ("PULS_SURVEYS", format!("{}\n", folder.join("surveys").display())),
        ("PULS_DATABASE", format!(" {}\r\n", url(folder))),
        ("PULS_LISTEN", "127.0.0.1:0\n".to_owned()),
    ]
}

#[tokio::test]
async fn white_space_and_commas_at_the_ends_of_variables_change_nothing() {
    let folder = folder(&[NPS]);
    let mut variables = surveys_and_database(folder.path()).to_vec();
    variables.push(("PULS_ALLOW_ORIGIN", "https://shop.example:443/, https://*.intra.example,\n".to_owned()));
    variables.push(("PULS_RESULTS_TOKEN", "a secret of a file\n".to_owned()));
    let program = Program::start(&mut by_variables(&variables), 1);
    assert_eq!(allowed(program.url(), "https://shop.example").await, "https://shop.example");
    assert_eq!(allowed(program.url(), "https://hr.intra.example").await, "https://hr.intra.example");
    assert_eq!(allowed(program.url(), "https://other.example").await, "");
    let results = reqwest::Client::new().get(format!("{}/v1/surveys", program.url()));
    assert_eq!(results.bearer_auth("a secret of a file").send().await.unwrap().status(), 200);
}

#[tokio::test]
async fn empty_variables_are_not_set() {
    let folder = folder(&[NPS]);
    let mut variables = surveys_and_database(folder.path()).to_vec();
    for name in ["PULS_ALLOW_ORIGIN", "PULS_RESULTS_TOKEN", "PULS_SEALED"] {
        variables.push((name, if name == "PULS_SEALED" { " \n".to_owned() } else { String::new() }));
    }
    let program = Program::start(&mut by_variables(&variables), 2);
    assert!(program.lines[1].starts_with("results are at http://"), "{:?}", program.lines);
    assert_eq!(allowed(program.url(), "https://any.example").await, "*");

    variables[0].1 = String::new();
    let output = by_variables(&variables).output().unwrap();
    let message = String::from_utf8(output.stderr).unwrap();
    assert!(!output.status.success() && message.contains("--surveys <DIR>"), "{message}");
}

#[test]
fn an_origin_that_is_none_is_refused_with_what_to_type() {
    let folder = folder(&[NPS]);
    let output = serve(folder.path()).args(["--allow-origin", "shop.example.com"]).output().unwrap();
    let message = String::from_utf8(output.stderr).unwrap();
    assert!(!output.status.success() && message.contains("such as https://shop.example.com"), "{message}");
    let mut mistyped = serve(folder.path());
    mistyped.env("RUST_LOG", "puls=loud").env("PULS_ALLOW_ORIGINS", "https://shop.example");
    let output = mistyped.args(["--results-token", "\u{e5}"]).output().unwrap();
    let message = String::from_utf8(output.stderr).unwrap();
    assert!(
        message.contains(
            "the environment variable PULS_ALLOW_ORIGINS is unknown and has no effect; did you mean PULS_ALLOW_ORIGIN?"
        ),
        "{message}"
    );
    assert!(message.contains("RUST_LOG is \"puls=loud\", which can't be read"), "{message}");
}

#[tokio::test]
async fn a_token_is_one_that_requests_can_carry() {
    for token in ["", " \n", "t\u{f6}ken", "two\nlines"] {
        let folder = folder(&[NPS]);
        let mut options = options(folder.path());
        options.results_token = Some(token.to_owned());
        let Err(error) = start(&options, Assets::default()).await else { panic!("{token:?} was taken") };
        assert!(error.to_string().contains("use letters, digits and signs of ASCII"), "{error}");
    }
    let folder = folder(&[NPS]);
    let mut options = options(folder.path());
    options.results_token = Some(format!("  {TOKEN}\r\n"));
    let collector = Collector::with(folder, &options).await;
    collector.read("/v1/surveys").await;
}

#[tokio::test]
async fn sandboxed_frames_are_counted_or_refused_at_the_start() {
    for (allowed, is_counted) in
        [("", true), ("https://shop.example null", true), ("https://shop.example", false)]
    {
        let folder = folder(&[NPS, PULSE]);
        let mut options = options(folder.path());
        options.allow_origin = allowed.parse().into_iter().collect();
        let collector = Collector::with(folder, &options).await;
        let frame = collector.get("/embed/nps").await;
        let policy = header(&frame, "content-security-policy").to_owned();
        let page = frame.text().await.unwrap();
        let before = page.find("origin == \"null\"").map(|at| at < page.find("puls.js").unwrap());
        assert_eq!(before, (!is_counted).then_some(true), "{page}");
        assert_eq!(policy.contains("script-src 'self' 'sha256-"), !is_counted, "{policy}");
        let request = collector.request(Method::POST, "/v1/releases").header("origin", "null");
        let posted = request.json(&nps_release(1)).send().await.unwrap();
        assert_eq!(header(&posted, "access-control-allow-origin").is_empty(), !is_counted);
    }
}
