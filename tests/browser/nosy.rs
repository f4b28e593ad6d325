//! Somebody who wants to know what a colleague answered on a device that they share.

use crate::{PRIMARY, SENT_TOGGLE};
use puls_documents::{batched, rating, survey};
use puls_tests::browser::Browser;
use puls_tests::collector::Collector;
use puls_tests::host::{Host, script_tag};
use puls_tests::survey::Survey;
use puls_tests::until;
use serde_json::{Value, json};

fn desk() -> String {
    survey("desk")
        .with("version", 3)
        .with("audience", "employee")
        .with("segments", json!({ "unit": ["front", "back"] }))
        .item(rating("ease", 5).text("How easy was it?"))
        .item(rating("mood", 5).text("How are you?"))
        .with("joint", ["ease", "mood"])
        .privacy(batched(3))
        .show(json!({ "trigger": ["load"], "display": "inline", "recontact_days": 0 }))
        .to_string()
}

async fn answer(survey: &Survey<'_>, answers: [usize; 2]) {
    for (answer, heading) in answers.into_iter().zip(["How easy", "How are you"]) {
        survey.heading(heading).await;
        survey.choose(answer).await;
    }
    survey.find(&format!("{PRIMARY}:enabled")).await;
}

/// What the device shows of what is sent.
async fn shown(survey: &Survey<'_>) -> String {
    survey.click(SENT_TOGGLE).await;
    let shown = survey.text("[part='sent']").await;
    survey.click(SENT_TOGGLE).await;
    shown
}

/// Has somebody answer twice after a colleague; returns all that they get to read, and the release that leaves.
async fn reads(collector: &Collector, colleague: [usize; 2]) -> (Vec<String>, Value) {
    let host = Host::page(&script_tag(collector, "data-survey='desk' data-segment-unit='front'")).await;
    let browser = Browser::start().await;
    browser.open(&host.origin()).await;
    let survey = browser.survey("desk");
    let mut read = Vec::new();
    for answers in [colleague, [0, 4], [0, 4]] {
        answer(&survey, answers).await;
        read.push(shown(&survey).await);
        survey.click(PRIMARY).await;
        survey.heading("Thank you").await;
        read.push(shown(&survey).await);
        read.push(survey.seen().await);
        survey.click(PRIMARY).await;
    }
    assert_eq!(browser.page_errors().await, json!([]));
    let sent = until("the post", async || {
        let network = browser.network().await;
        network
            .posted()
            .first()
            .map(|body| serde_json::from_str(body).unwrap())
            .ok_or_else(|| format!("{:?}", network.urls()))
    })
    .await;
    // Nothing but the release as posted, of which `puls-released` tells the page, has any sum.
    let told = browser.told().await.into_iter().filter(|(name, _)| name != "puls-released");
    read.extend(told.map(|(name, detail)| format!("{name} {detail}")));
    read.extend(browser.console().await);
    (read, sent)
}

#[tokio::test]
async fn whoever_answers_twice_after_a_colleague_reads_nothing_of_the_colleague() {
    let collector = Collector::with_surveys(&[&desk()]);
    let (after_one, sent) = reads(&collector, [4, 0]).await;
    let (after_other, other) = reads(&collector, [1, 3]).await;
    assert_ne!(sent["items"], other["items"], "the colleagues have answered differently");
    assert_eq!(after_one, after_other, "and that shows nowhere");

    // The form is that of what was sent, and each of its fields is explained.
    let last = &after_one[6];
    for part in [
        "\"survey\": \"desk\", \"version\": 3,",
        &format!("\"wave\": {},", sent["wave"]),
        "\"segment\": {\"unit\":\"front\"}",
        "\"mechanism\": {\"kind\":\"batched\",\"k\":3}",
        "\"respondents\": 3,",
        "\"ease\": {\"cells\": […,…,…,…,…], \"missing\": …}",
        "\"joint\": {\"respondents\": …, \"products\": […,…,…,…,…,…]}",
        "This, and nothing else, is sent when you press Send",
        "until 3 people have answered here",
    ] {
        assert!(last.contains(part), "{part} in {last}");
    }
    for field in sent.as_object().unwrap().keys().filter(|field| *field != "items") {
        assert!(last.matches(field.as_str()).count() > 1, "{field} is explained in {last}");
    }
}
