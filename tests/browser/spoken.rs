//! Numbers and plural forms, which the browser knows for each language.

use puls_tests::browser::Browser;
use puls_tests::collector::Collector;
use puls_tests::host::{Host, script_tag};
use puls_tests::survey::Survey;
use puls_tests::until;
use serde_json::json;

/// Stars, numbers, and a field that says how much room is left.
fn survey() -> String {
    json!({
        "id": "numbers", "version": 1, "audience": "customer", "languages": ["ar-EG", "pl"], "title": "1",
        "items": [
            { "id": "stars", "kind": "rating", "text": "☆", "scale": { "points": 5, "style": "stars" } },
            { "id": "recommend", "kind": "net_promoter", "text": "0–10" },
            { "id": "words", "kind": "open_text", "text": "¶", "max_characters": 64, "required": false,
                "themes": [{ "id": "one", "text": "1", "words": { "ar-EG": ["واحد"], "pl": ["jeden"] } }] },
        ],
        "privacy": { "kind": "randomised", "epsilon": 4.0 },
        "show": { "display": "inline" },
    })
    .to_string()
}

/// Waits until the survey says this somewhere.
async fn says(survey: &Survey<'_>, words: &str) {
    until(words, async || {
        let seen = survey.seen().await;
        if seen.contains(words) { Ok(()) } else { Err(seen) }
    })
    .await;
}

/// What answers are called that are only drawn.
async fn names(browser: &Browser) -> Vec<String> {
    let names =
        "return [...document.querySelector('puls-survey').shadowRoot.querySelectorAll('[role=radio]')]
        .map((star) => star.ariaLabel ?? star.textContent)";
    serde_json::from_value(browser.run(names, &[]).await).unwrap()
}

#[tokio::test]
async fn numbers_are_written_and_counted_as_in_the_language() {
    let collector = Collector::with_surveys(&[&survey()]);
    let page = format!("<div lang='ar-EG'>{}</div>", script_tag(&collector, "data-survey='numbers'"));
    let host = Host::page(&page).await;
    let browser = Browser::start().await;
    browser.open(&host.origin()).await;
    let survey = browser.survey("numbers");
    says(&survey, "السؤال ١ من ٣").await;
    let stars = ["١", "٢", "٣", "٤", "٥"].map(|number| format!("عدد النجوم: {number}"));
    assert_eq!(names(&browser).await, stars);
    survey.choose(4).await;
    survey.heading("0–10").await;
    assert_eq!(names(&browser).await, ["٠", "١", "٢", "٣", "٤", "٥", "٦", "٧", "٨", "٩", "١٠"]);
    survey.choose(4).await;
    says(&survey, "الأحرف المتبقية: ٦٤").await;

    // In Polish, whose plural forms are three, and whose digits are other ones.
    browser.run("document.querySelector('[lang=ar-EG]').lang = 'pl'", &[]).await;
    says(&survey, "Pozostały 64 znaki").await;
    let field = survey.find("textarea").await;
    for (written, left) in [
        ("a", "Pozostały 63 znaki"),
        ("bc", "Pozostało 61 znaków"),
        (&"d".repeat(60), "Pozostał 1 znak"),
        ("k", "Pozostało 0 znaków"),
    ] {
        field.send_keys(written).await.unwrap();
        says(&survey, left).await;
    }
    survey.click("[part='back']").await;
    survey.heading("0–10").await;
    survey.click("[part='back']").await;
    says(&survey, "Pytanie 1 z 3").await;
    assert_eq!(names(&browser).await, ["1 gwiazdka", "2 gwiazdki", "3 gwiazdki", "4 gwiazdki", "5 gwiazdek"]);
    assert_eq!(browser.page_errors().await, json!([]));
}
