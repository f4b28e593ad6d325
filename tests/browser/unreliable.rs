use crate::people::{answer, clock, have_answered};
use crate::totals::Totals;
use crate::waiting::waiting;
use puls_tests::browser::Browser;
use puls_tests::collector::Collector;
use puls_tests::host::{Host, script_tag};
use puls_tests::unreliable::Unreliable;
use puls_tests::until;
use rand_chacha::ChaCha12Rng;
use rand_core::{Rng, SeedableRng};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Surveys by their ids, each with its items and how it is protected.
const SURVEYS: [(&str, usize, &str); 3] = [
    ("visitor", 1, r#"{"kind": "randomised", "epsilon": 2.0, "lifetime_epsilon": 100}"#),
    ("tablet", 2, r#"{"kind": "batched", "k": 5, "device": "shared"}"#),
    ("team", 3, r#"{"kind": "direct", "trust": "endpoint"}"#),
];
/// The elements of each page, by their ids, the survey that they show, and how many people answer there. There are two
/// pages at once, and both are loaded anew once.
const ELEMENTS: [(&str, &str, usize); 4] =
    [("visitor", "visitor", 45), ("left", "tablet", 25), ("right", "tablet", 25), ("team", "team", 30)];
const ROUNDS: usize = 2;
const POINTS: usize = 5;
const SEED: u64 = 20_261_122;

fn definition((id, items, privacy): &(&str, usize, &str)) -> String {
    let item = |number: usize| {
        let text = format!("item {number}?");
        json!({ "id": format!("item_{number}"), "kind": "rating", "text": text, "scale": { "points": POINTS } })
    };
    json!({
        "id": id, "version": 1, "audience": "employee", "languages": ["en"], "title": id,
        "items": (0..*items).map(item).collect::<Vec<_>>(),
        "privacy": serde_json::from_str::<Value>(privacy).unwrap(),
        "show": { "trigger": ["manual"], "display": "inline" },
    })
    .to_string()
}

fn no_answers((id, items, _): &(&'static str, usize, &str)) -> (&'static str, Totals) {
    let items = (0..*items).map(|number| (format!("item_{number}"), vec![0; POINTS + 1])).collect();
    (id, Totals { respondents: 0, items })
}

#[tokio::test]
async fn five_hundred_people_and_a_bad_network_come_to_exact_totals() {
    let definitions: Vec<String> = SURVEYS.iter().map(definition).collect();
    let collector = Collector::with_surveys(&definitions.iter().map(String::as_str).collect::<Vec<_>>());
    let network = Unreliable::before(&collector, SEED).await;
    let element = |(id, survey, _): &(&str, &str, usize)| {
        format!(
            "<puls-survey id='{id}' survey='{survey}' endpoint='{}/v1/releases'></puls-survey>",
            network.origin
        )
    };
    let elements: String = ELEMENTS.iter().map(element).collect();
    let host = Host::page(&format!("{elements}{}", script_tag(&collector, ""))).await;
    let browser = Browser::start().await;
    let windows = [browser.driver().window().await.unwrap(), browser.driver().new_window().await.unwrap()];
    let moment = browser.run("return Date.now()", &[]).await.to_string();
    let mut rng = ChaCha12Rng::seed_from_u64(SEED);
    let mut given: BTreeMap<&str, Totals> = SURVEYS.iter().map(no_answers).collect();
    let mut sent: BTreeMap<String, Value> = BTreeMap::new();

    for window in &windows {
        browser.driver().switch_to_window(window.clone()).await.unwrap();
        browser.before_each_page(&clock(&moment)).await;
    }
    for _ in 0..ROUNDS {
        for window in &windows {
            browser.driver().switch_to_window(window.clone()).await.unwrap();
            browser.open(&host.origin()).await;
            browser.ready("puls-survey:defined").await;
            for (id, survey, people) in ELEMENTS {
                let people = draw(people, given.get_mut(survey).unwrap(), &mut rng);
                answer(&browser, id, people).await;
            }
        }
        for window in &windows {
            browser.driver().switch_to_window(window.clone()).await.unwrap();
            have_answered(&browser, ELEMENTS.iter().map(|(_, _, people)| people).sum()).await;
            for release in browser.run("return window.sent", &[]).await.as_array().unwrap() {
                sent.insert(release["id"].as_str().unwrap().to_owned(), release.clone());
            }
        }
    }
    everything_has_arrived(&browser).await;

    // What the answers come to when they are replaced by chance, only the releases tell.
    let visitors = sent.values().filter(|release| release["survey"] == json!("visitor"));
    let reported = visitors.fold(Totals::default(), |sum, release| sum.plus(&Totals::of_release(release)));
    assert_eq!(reported.respondents, given["visitor"].respondents, "each has an id of its own");
    given.insert("visitor", reported);
    let held = collected(&collector).await;
    assert_eq!(held, given, "{:?}", network.befell());
    assert_eq!(given.values().map(|totals| totals.respondents).sum::<u64>(), 500);
    let befell = network.befell();
    assert!(befell.len() == 6 && befell.values().all(|times| *times > 20), "{befell:?}");
    assert_eq!(browser.page_errors().await, json!([]));
}

/// As many people's answers, drawn at random, and added to `given`.
fn draw(people: usize, given: &mut Totals, rng: &mut ChaCha12Rng) -> Value {
    let mut person = || -> Vec<usize> {
        given.respondents += 1;
        let items = given.items.values_mut();
        items
            .map(|counts| {
                let answer = rng.next_u32() as usize % POINTS;
                counts[answer] += 1;
                answer
            })
            .collect()
    };
    json!((0..people).map(|_| person()).collect::<Vec<_>>())
}

async fn everything_has_arrived(browser: &Browser) {
    let mut left = waiting(browser).await.len();
    while left > 0 {
        left = until("fewer releases in the outbox", async || {
            let waiting = waiting(browser).await;
            if waiting.len() < left { Ok(waiting.len()) } else { Err(format!("{waiting:?}")) }
        })
        .await;
    }
}

async fn collected(collector: &Collector) -> BTreeMap<&'static str, Totals> {
    let mut held = BTreeMap::new();
    for (id, _, _) in SURVEYS {
        held.insert(id, Totals::of_results(&collector.results(id).await));
    }
    held
}
