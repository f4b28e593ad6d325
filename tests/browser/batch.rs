use crate::shared::kept_on_device;
use crate::totals::Totals;
use crate::{PRIMARY, SENT_TOGGLE};
use puls_tests::browser::Browser;
use puls_tests::collector::Collector;
use puls_tests::host::{Host, script_tag};
use puls_tests::survey::Survey;
use puls_tests::until;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The first words of each rating, and its id.
const RATINGS: [(&str, &str); 6] = [
    ("My work gave me", "inspiration"),
    ("I was keen", "motivation"),
    ("I am glad", "pride"),
    ("It was clear", "goals"),
    ("I could tell", "expectations"),
    ("We came back", "follow_up"),
];
/// Five people's answers to them, from 0, and then what would help, which two of them leave out.
const PEOPLE: [([usize; 6], Option<usize>); 5] = [
    ([0, 1, 2, 3, 4, 0], Some(5)),
    ([4, 4, 4, 4, 4, 4], None),
    ([1, 1, 2, 2, 3, 3], Some(0)),
    ([3, 2, 1, 0, 1, 2], Some(5)),
    ([2, 2, 2, 2, 2, 2], None),
];

#[tokio::test]
async fn five_people_share_a_tablet_and_only_their_sums_leave_it() {
    let collector = Collector::with_surveys(&[include_str!("batch/pulse.json")]);
    let element = "<puls-survey survey='tablet' display='inline' segment-unit='billing'></puls-survey>";
    let host = Host::page(&format!("{element}{}", script_tag(&collector, ""))).await;
    let browser = Browser::start().await;
    browser.open(&host.origin()).await;
    let survey = browser.survey("tablet");

    for (person, answers) in PEOPLE.iter().enumerate() {
        answer(&survey, answers).await;
        if person < 4 {
            check_held(&browser, &survey, person + 1).await;
        }
        survey.click(PRIMARY).await;
        survey.heading("Thank you!").await;
        match person {
            4 => break,
            // In the middle, the page is loaded anew.
            2 => browser.reload().await,
            _ => survey.click(PRIMARY).await,
        }
        assert_eq!(kept_batches(&browser).await, [batch(person + 1)], "sums alone, and nothing else");
    }

    let release = browser.told_of("puls-released").await;
    let sent = Totals::of_release(&release);
    assert_eq!(sent, sums(5));
    assert_eq!(release["segment"], json!({ "unit": "billing" }));
    assert_eq!(release["mechanism"], json!({ "kind": "batched", "k": 5 }));
    until("the release at the collector", async || {
        let held = Totals::held(&collector, "tablet", &sent).await;
        if held == sent { Ok(()) } else { Err(format!("{held:?} instead of {sent:?}")) }
    })
    .await;
    assert_eq!(browser.network().await.posted().len(), 1, "one release for five people");
    assert_eq!(kept_batches(&browser).await, [json!(null); 0], "the batch is closed");
    assert_eq!(browser.page_errors().await, json!([]));
}

/// Answers everything up to the last screen, which is left for the caller to send.
async fn answer(survey: &Survey<'_>, (ratings, help): &([usize; 6], Option<usize>)) {
    survey.heading("Six statements").await;
    survey.click(PRIMARY).await;
    for ((heading, _), rating) in RATINGS.iter().zip(ratings) {
        survey.heading(heading).await;
        survey.choose(*rating).await;
    }
    survey.heading("What would help").await;
    if let Some(help) = help {
        survey.choose(*help).await;
    }
}

/// Before the batch is full the respondent reads that nothing is sent, and nothing is.
async fn check_held(browser: &Browser, survey: &Survey<'_>, respondents: usize) {
    survey.click(SENT_TOGGLE).await;
    let says = survey.text("[part='sent']").await;
    assert!(says.contains(&format!("{respondents} of 5 people have answered here")), "{says}");
    assert!(says.contains("\"help\": {\"cells\": […,…,…,…,…,…], \"missing\": …}"), "{says}");
    survey.click(SENT_TOGGLE).await;
    assert_eq!(browser.network().await.posted(), [""; 0], "nothing leaves before the fifth person");
}

/// What the first people answered, added up by hand.
fn sums(people: usize) -> Totals {
    let mut items: BTreeMap<String, Vec<u64>> =
        RATINGS.iter().map(|(_, id)| ((*id).to_owned(), vec![0; 6])).collect();
    items.insert("help".to_owned(), vec![0; 7]);
    for (ratings, help) in &PEOPLE[..people] {
        for ((_, id), rating) in RATINGS.iter().zip(ratings) {
            items.get_mut(*id).unwrap()[*rating] += 1;
        }
        items.get_mut("help").unwrap()[help.unwrap_or(6)] += 1;
    }
    Totals { respondents: people as u64, items }
}

/// The open batch as it is kept, without its id, which is random.
fn batch(people: usize) -> Value {
    let sums = sums(people);
    let item = |id: &str| {
        let (missing, cells) = sums.items[id].split_last().unwrap();
        json!({ "item": id, "cells": cells, "missing": missing })
    };
    let items: Vec<_> = RATINGS.iter().map(|(_, id)| *id).chain(["help"]).map(item).collect();
    json!({ "segment": { "unit": "billing" }, "respondents": people, "items": items })
}

async fn kept_batches(browser: &Browser) -> Vec<Value> {
    let mut batches = kept_on_device(browser, "tablet").await["batches"].as_array().unwrap().clone();
    for batch in &mut batches {
        batch.as_object_mut().unwrap().remove("id");
    }
    batches
}
