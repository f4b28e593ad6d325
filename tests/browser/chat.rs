use crate::totals::Totals;
use crate::{CHOSEN, PRIMARY, SENT_TOGGLE};
use puls_tests::browser::Browser;
use puls_tests::collector::Collector;
use puls_tests::host::{Host, script_tag};
use puls_tests::until;
use serde_json::{Value, json};

/// Opens the survey before the loader is there.
const OPEN: &str = r#"<script>
    window.puls = window.puls || function () { (puls.q = puls.q || []).push(arguments); };
    puls("on", "completed", (detail) => window.called = detail);
    puls("open", "support-chat", {segment: {agent: "a17"}});
</script>"#;

#[tokio::test]
async fn the_page_opens_four_questions_about_a_chat() {
    let collector = Collector::start();
    let host = Host::page(&format!("{OPEN}{}", script_tag(&collector, ""))).await;
    let browser = Browser::start().await;
    browser.open(&host.origin()).await;
    let survey = browser.survey("support-chat");

    survey.heading("How keen").await;
    assert_eq!(survey.text("[part='progress'] span").await, "Question 1 of 4");
    assert_eq!(survey.count("[part='back']").await, 0);
    survey.choose(2).await;
    survey.heading("How easy").await;
    survey.click("[part='back']").await;
    survey.heading("How keen").await;
    assert_eq!(survey.text(CHOSEN).await, "3", "going back keeps the answer");
    survey.click(PRIMARY).await;
    survey.heading("How easy").await;
    survey.choose(4).await;
    survey.heading("How well did the person know").await;
    survey.choose(0).await;
    survey.heading("After this contact").await;
    assert_eq!(survey.text("[part='progress'] span").await, "Question 4 of 4");
    assert_eq!(survey.get(PRIMARY, "disabled").await, json!(true), "the last answer is missing");
    survey.choose(10).await;
    survey.click(SENT_TOGGLE).await;
    let shown = survey.text("[part='release']").await;
    survey.click(SENT_TOGGLE).await;
    survey.click(PRIMARY).await;
    survey.heading("Thank you!").await;

    let release: Value = serde_json::from_str(&shown).unwrap();
    assert_eq!(release["segment"], json!({ "agent": "a17" }));
    assert_eq!(release["mechanism"]["epsilon"].as_f64(), Some(4.0));
    let sent = Totals::of_release(&release);
    let ids: Vec<_> = sent.items.iter().map(|(id, row)| (id.as_str(), row.len() - 1)).collect();
    assert_eq!(ids, [("competence", 5), ("ease", 5), ("engagement", 5), ("recommend", 3)]);
    until("the release at the collector", async || {
        let held = Totals::of_results(&collector.results("support-chat").await);
        if held == sent { Ok(()) } else { Err(format!("{held:?} instead of {sent:?}")) }
    })
    .await;
    assert_eq!(browser.network().await.posted(), [shown]);
    let answered = browser.told().await.into_iter().filter(|(name, _)| name == "puls-answered");
    let answered: Vec<_> = answered.map(|(_, detail)| detail).collect();
    let items = ["engagement", "ease", "competence", "recommend"];
    assert_eq!(answered, items.map(|item| json!({ "survey": "support-chat", "item": item })));
    assert_eq!(browser.run("return window.called", &[]).await, json!({ "survey": "support-chat" }));
    assert_eq!(browser.page_errors().await, json!([]));
}
