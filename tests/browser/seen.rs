use crate::asked;
use crate::quiet::{WATCHED, fetched, loader_is_there};
use puls_tests::browser::Browser;
use puls_tests::collector::Collector;
use puls_tests::host::{Host, script_tag};
use serde_json::json;

/// A browser that notes what its pages ask for.
pub(crate) async fn started() -> Browser {
    let browser = Browser::start().await;
    browser.before_each_page(WATCHED).await;
    browser
}

/// Puts days into the ledger, counted back from today, and loads the page anew.
async fn seen(browser: &Browser, days_ago: &serde_json::Value) {
    let script = "const today = Math.floor(Date.now() / 864e5);
        const days = Object.entries(arguments[0]).map(([survey, ago]) => [survey, today - ago]);
        localStorage.setItem('puls.seen', JSON.stringify(Object.fromEntries(days)))";
    browser.run(script, std::slice::from_ref(days_ago)).await;
    browser.reload().await;
}

pub(crate) async fn stays_away(browser: &Browser, id: &str) {
    assert_eq!(fetched(browser).await, [""; 0], "nothing is fetched for it");
    assert_eq!(browser.survey(id).count("*").await, 0, "{id} is shown");
    assert_eq!(browser.run("return window.pulsTold", &[]).await, json!([]));
}

#[tokio::test]
async fn any_survey_of_the_site_keeps_one_with_a_cooldown_away() {
    let rules = json!({ "cooldown_days": 7, "recontact_days": 30 });
    let collector = Collector::with_surveys(&[&asked::survey("second", &rules)]);
    let first = "<puls-survey survey='nps' trigger='event:first'></puls-survey>";
    let host = Host::page(&format!(
        "{first}{}",
        script_tag(&collector, "data-survey='second' data-trigger='event:second'")
    ))
    .await;
    let browser = started().await;
    browser.open(&host.origin()).await;
    browser.run("puls('track', 'first')", &[]).await;
    browser.survey("nps").click("[part='close']").await;
    browser.told_of("puls-dismissed").await;
    browser.reload().await;
    loader_is_there(&browser).await;
    browser.run("puls('track', 'second')", &[]).await;
    stays_away(&browser, "second").await;

    for (days_ago, away) in [
        (json!({ "nps": 6 }), true),
        (json!({ "nps": 400, "other": 6 }), true),
        (json!({ "second": 29 }), true),
        (json!({ "second": 30, "nps": 7 }), false),
    ] {
        seen(&browser, &days_ago).await;
        loader_is_there(&browser).await;
        browser.run("puls('track', 'second')", &[]).await;
        if away {
            stays_away(&browser, "second").await;
        } else {
            browser.survey("second").heading("second?").await;
        }
    }
}

/// The page's address says by how many days its clock is ahead.
const AHEAD: &str = "{
    const days = +new URLSearchParams(location.search).get('ahead'), now = Date.now;
    Date.now = () => now() + days * 864e5;
}";

#[tokio::test]
async fn a_day_that_is_still_to_come_counts_as_the_day_on_which_it_is_found() {
    let other = asked::survey("other", &json!({ "recontact_days": 0 }));
    let collector = Collector::with_surveys(&[&other]);
    let tag = script_tag(&collector, "data-survey='nps'");
    let host =
        Host::page(&format!("<puls-survey survey='other' trigger='event:other'></puls-survey>{tag}")).await;
    let browser = started().await;
    browser.before_each_page(AHEAD).await;
    // The third one: who asked for it never to come again isn't asked again.
    for (noted_ahead, before, after) in
        [("day + 400", 89, Some(91)), ("day + 399.5", 6, Some(8)), ("-day - 400", 91, None)]
    {
        browser.open(&format!("{}/?ahead=0", host.origin())).await;
        let note = format!(
            "const day = Math.floor(Date.now() / 864e5); localStorage.setItem('puls.seen', `{{\"nps\":${{{noted_ahead}}}}}`)"
        );
        browser.run(&note, &[]).await;
        for ahead in [0, before] {
            browser.open(&format!("{}/?ahead={ahead}", host.origin())).await;
            stays_away(&browser, "nps").await;
        }
        // Nor does it keep others away.
        browser.run("puls('track', 'other')", &[]).await;
        browser.survey("other").heading("other?").await;
        if let Some(after) = after {
            browser.open(&format!("{}/?ahead={after}", host.origin())).await;
            browser.survey("nps").heading("How likely are you").await;
        }
    }
}

#[tokio::test]
async fn a_ledger_that_somebody_else_wrote_harms_nothing() {
    let collector = Collector::start();
    let host = Host::page(&script_tag(&collector, "data-survey='nps'")).await;
    let browser = started().await;
    browser.open(&host.origin()).await;
    for text in ["{", "null", "7", "[]", "{\"nps\": \"soon\"}", "{\"nps\": null}"] {
        browser.run("localStorage.setItem('puls.seen', arguments[0])", &[json!(text)]).await;
        browser.reload().await;
        browser.told_of("puls-shown").await;
        assert_eq!(browser.page_errors().await, json!([]), "{text}");
    }
    browser.survey("nps").click("[part='close']").await;
    browser.told_of("puls-dismissed").await;
    browser.reload().await;
    stays_away(&browser, "nps").await;
}

#[tokio::test]
async fn a_schedule_has_its_first_and_its_last_day() {
    let rules = json!({ "from": "2026-03-09", "until": "2026-03-10" });
    let collector = Collector::with_surveys(&[&asked::survey("spring", &rules)]);
    let host = Host::page(&script_tag(&collector, "data-survey='spring'")).await;
    for (now, away) in [
        ("2026-03-08T23:59:59.999Z", true),
        ("2026-03-09T00:00:00.000Z", false),
        ("2026-03-10T23:59:59.000Z", false),
        ("2026-03-11T00:00:00.000Z", true),
        ("2027-03-09T12:00:00.000Z", true),
    ] {
        let browser = started().await;
        // It stands still: the last second of a day would be over before the page is there.
        let clock = format!(
            "const now = Date.parse('{now}');
            window.Date = class extends Date {{
                constructor(...given) {{ super(...given.length ? given : [now]); }}
                static now() {{ return now; }}
            }};"
        );
        browser.before_each_page(&clock).await;
        browser.open(&host.origin()).await;
        if away {
            stays_away(&browser, "spring").await;
        } else {
            browser.survey("spring").heading("spring?").await;
        }
    }
}
