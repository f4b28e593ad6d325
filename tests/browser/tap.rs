//! Everything that a page can observe is noted while a person gives unusual answers. What can't help being seen by every
//! script of a page is left out: the keys and clicks that the browser itself tells of, and what lies in the shadow root,
//! which is open.

use crate::waiting::wait_until_left;
use crate::{PRIMARY, SENT_TOGGLE};
use puls_documents::{choice, item, rating, survey};
use puls_tests::browser::Browser;
use puls_tests::collector::Collector;
use puls_tests::host::{Host, script_tag};
use puls_tests::survey::Survey;
use serde_json::{Value, json};

/// Words that occur nowhere else, so that any trace of them is one of an answer: what is written, the options' texts and
/// ids, and the themes'.
const RARE: [&str; 6] = ["zugzwang", "syzygy", "quokka", "axolotl", "pangolin", "lift-theme"];

/// One person's answers: what is written, and which option and which point are chosen.
struct Answers {
    written: &'static str,
    option: usize,
    point: usize,
}

const UNUSUAL: Answers = Answers { written: "zugzwang in the lift, a syzygy", option: 2, point: 9 };
const PLAIN: Answers = Answers { written: "no", option: 0, point: 4 };

/// What was observed of one person, before anything was sent and after.
struct Observed {
    before: Value,
    after: Value,
    /// The text that is to be sent, as shown, and the text that was.
    shown: [String; 2],
    /// Method, address and body of each request.
    requests: Vec<(String, String, String)>,
}

fn definition(privacy: &Value) -> String {
    let themes = json!([
        { "id": "lift-theme", "text": "The lift", "words": { "en": ["lift"] } },
        { "id": "stairs", "text": "The stairs", "words": { "en": ["stairs"] } }
    ]);
    let animals = [("quokka-id", "Quokka"), ("axolotl-id", "Axolotl"), ("pangolin-id", "Pangolin")];
    survey("animals")
        .with("pieces", json!({ "name": "you" }))
        .item(item("why", "open_text").text("What happened, {name}?").with("themes", themes))
        .item(choice("favourite", animals).text("Which is your favourite?"))
        .item(rating("ease", 10).text("How easy was it?"))
        .privacy(privacy.clone())
        .show(json!({ "display": "inline" }))
        .to_string()
}

/// Has somebody answer in a browser of their own.
async fn observe(privacy: &Value, answers: &Answers) -> Observed {
    let collector = Collector::with_surveys(&[&definition(privacy)]);
    let host = Host::page(&script_tag(&collector, "data-survey='animals' data-text-name='Ada'")).await;
    let browser = Browser::start().await;
    browser.before_each_page(include_str!("tap.js")).await;
    browser.open(&host.origin()).await;
    let survey = browser.survey("animals");
    fill_in(&survey, answers).await;
    // What is to be sent can be read once it is worked out, and kept where it has to be.
    survey.click(SENT_TOGGLE).await;
    let prepared = survey.text("[part='sent']").await;
    survey.click(SENT_TOGGLE).await;
    let before = tapped(&browser).await;
    survey.click(PRIMARY).await;
    survey.heading("Thank you").await;
    survey.click(SENT_TOGGLE).await;
    let sent = survey.text("[part='sent']").await;
    // The page is told once all that is to leave lies in the outbox.
    browser.told_of("puls-completed").await;
    // What has to stay apart from the rest would wait for up to a minute.
    browser.run("dispatchEvent(new Event('online'))", &[]).await;
    if privacy["kind"] != json!("direct") {
        wait_until_left(&browser, 0).await;
    }
    let after = tapped(&browser).await;
    let all = browser.network().await;
    let own = |text: &str| text.replace(&collector.origin, "C").replace(&host.origin(), "H");
    let requests = all.exchanges().iter().map(|exchange| {
        (exchange.method.clone(), own(&exchange.url), exchange.body.clone().unwrap_or_default())
    });
    let [before, after] =
        [before, after].map(|observed| serde_json::from_str(&own(&observed.to_string())).unwrap());
    Observed { before, after, shown: [prepared, sent], requests: requests.collect() }
}

async fn fill_in(survey: &Survey<'_>, answers: &Answers) {
    survey.heading("What happened, Ada?").await;
    survey.find("textarea").await.send_keys(answers.written).await.unwrap();
    survey.click(PRIMARY).await;
    survey.heading("Which is your favourite?").await;
    survey.choose(answers.option).await;
    survey.heading("How easy was it?").await;
    survey.choose(answers.point).await;
    survey.find(&format!("{PRIMARY}:enabled")).await;
}

async fn tapped(browser: &Browser) -> Value {
    browser.run_async("tapped().then(arguments[0])", &[]).await
}

/// Holds for every mechanism.
fn check_no_answer(observed: &Observed, mechanism: &str) {
    let requested: String = observed.requests.iter().map(|request| format!("{request:?}\n")).collect();
    for (when, all) in [
        ("before", observed.before.to_string()),
        ("after", observed.after.to_string()),
        ("requested", requested),
    ] {
        let all = all.to_lowercase();
        for word in RARE {
            assert!(!all.contains(word), "{mechanism}: {word} is {when}: {all}");
        }
    }
    let posted: Vec<_> = observed.requests.iter().filter(|(method, _, _)| method == "POST").collect();
    for (_, _, body) in posted {
        assert!(observed.shown[1].contains(body.as_str()), "{mechanism}: {body} wasn't shown");
    }
}

/// Before it is sent, one answer leaves the same behind as another.
fn check_alike(unusual: &Observed, plain: &Observed, mechanism: &str) {
    assert_eq!(sorted(&unusual.before["noted"]), sorted(&plain.before["noted"]), "{mechanism}");
    for (place, left) in unusual.before["now"].as_object().unwrap() {
        assert_eq!(sorted(left), sorted(&plain.before["now"][place]), "{mechanism}: {place}");
    }
}

/// What comes about side by side comes in no order.
fn sorted(list: &Value) -> Vec<String> {
    let Value::Array(entries) = list else { return vec![list.to_string()] };
    let mut entries: Vec<_> = entries.iter().map(ToString::to_string).collect();
    entries.sort();
    entries
}

fn keys(stored: &Value) -> Vec<&str> {
    stored.as_object().unwrap().keys().map(String::as_str).collect()
}

#[tokio::test]
async fn randomised_answers_are_found_nowhere_and_requests_do_not_depend_on_them() {
    let privacy = json!({ "kind": "randomised", "epsilon": 1.0 });
    let (unusual, plain) = (observe(&privacy, &UNUSUAL).await, observe(&privacy, &PLAIN).await);
    check_no_answer(&unusual, "randomised");
    check_alike(&unusual, &plain, "randomised");
    assert!(unusual.shown[0].contains("\"respondents\": 1"), "{}", unusual.shown[0]);
    // As many requests, in the same order, as long as one another, whatever was answered.
    let outline = |observed: &Observed| -> Vec<String> {
        let line = |(method, url, body): &(String, String, String)| format!("{method} {url} {}", body.len());
        observed.requests.iter().map(line).collect()
    };
    assert_eq!(sorted(&json!(outline(&unusual))), sorted(&json!(outline(&plain))));
    assert_ne!(unusual.requests, plain.requests, "they are other answers");
    let now = &unusual.after["now"];
    assert_eq!(keys(&now["localStorage"]), ["puls.seen"]);
    let kept = |observed: &Observed| observed.after["now"]["databases"].to_string();
    assert!(kept(&unusual).contains("permanent") && kept(&unusual).contains("spent"), "{}", kept(&unusual));
    assert_eq!(kept(&unusual).len(), kept(&plain).len());
}

#[tokio::test]
async fn batched_answers_are_found_nowhere_but_in_the_sums_that_the_device_keeps() {
    let privacy = json!({ "kind": "batched", "k": 3, "device": "shared" });
    let (unusual, plain) = (observe(&privacy, &UNUSUAL).await, observe(&privacy, &PLAIN).await);
    check_no_answer(&unusual, "batched");
    check_alike(&unusual, &plain, "batched");
    assert!(unusual.requests.iter().all(|(method, _, _)| method != "POST"), "one person is no batch");
    let now = &unusual.after["now"];
    assert_eq!(keys(&now["localStorage"]), ["puls.seen"]);
    let kept: Value = serde_json::from_str(now["databases"][0][1][0][0].as_str().unwrap()).unwrap();
    let [batch] = &kept["batches"].as_array().unwrap()[..] else { panic!("{kept}") };
    assert_eq!(batch["respondents"], json!(1));
    assert_eq!(batch["items"][1], json!({ "item": "favourite", "cells": [0, 0, 1], "missing": 0 }));
}

#[tokio::test]
async fn direct_answers_are_found_nowhere_but_line_by_line_in_the_outbox() {
    let privacy = json!({ "kind": "direct", "trust": "endpoint" });
    let (unusual, plain) = (observe(&privacy, &UNUSUAL).await, observe(&privacy, &PLAIN).await);
    check_no_answer(&unusual, "direct");
    check_alike(&unusual, &plain, "direct");
    let stored = unusual.after["now"]["localStorage"].as_object().unwrap();
    let bodies = stored.iter().filter(|(key, _)| key.starts_with("puls.outbox."));
    let bodies: Vec<String> = bodies
        .map(|(_, parcel)| {
            let parcel: Value = serde_json::from_str(parcel.as_str().unwrap()).unwrap();
            parcel["body"].as_str().unwrap().to_owned()
        })
        .collect();
    for body in &bodies {
        assert!(unusual.shown[0].contains(body.as_str()), "{body} wasn't shown before");
        let release: Value = serde_json::from_str(body).unwrap();
        assert_eq!(release["items"].as_object().unwrap().len(), 1, "one line each");
    }
    let others = stored.keys().filter(|key| !key.starts_with("puls.outbox."));
    assert_eq!(others.collect::<Vec<_>>(), ["puls.seen"]);
    assert!(!bodies.is_empty());
}
