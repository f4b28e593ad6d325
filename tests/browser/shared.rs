use crate::people::{answer, clock, have_answered};
use crate::totals::Totals;
use crate::waiting::wait_until_left;
use crate::{PRIMARY, SENT_TOGGLE};
use puls_documents::{batched, rating, survey};
use puls_tests::browser::Browser;
use puls_tests::collector::Collector;
use puls_tests::host::{Host, script_tag};
use puls_tests::survey::Survey;
use puls_tests::until;
use serde_json::{Value, json};
use std::collections::BTreeMap;

pub(crate) fn desk() -> String {
    survey("desk")
        .item(rating("ease", 10).text("item 0?"))
        .privacy(batched(3))
        .show(json!({ "trigger": ["manual"], "display": "inline" }))
        .to_string()
}

pub(crate) const TWO: &str =
    "<puls-survey id='left' survey='desk'></puls-survey><puls-survey id='right' survey='desk'></puls-survey>";

/// After as many steps as there are `left`, nothing that the page does has any effect, as if its process had been killed.
pub(crate) const MORTAL: &str = "
    window.left = Infinity;
    const step = () => left-- > 0;
    const { put, get } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.put = function (...given) {
        return step() ? put.apply(this, given) : this.transaction.abort();
    };
    IDBObjectStore.prototype.get = function (...given) {
        return left > 0 ? get.apply(this, given) : (this.transaction.abort(), {});
    };
    const storage = localStorage;
    const mortal = new Proxy(storage, {
        get: (_, name) => storage[name],
        set: (_, name, value) => { if (step()) storage[name] = value; return true; },
        deleteProperty: (_, name) => { if (name in storage && step()) delete storage[name]; return true; },
    });
    Object.defineProperty(window, 'localStorage', { get: () => mortal });
    const ask = fetch;
    window.fetch = (address, request) =>
        request?.method != 'POST' || step() ? ask(address, request) : new Promise(() => {});";

/// What the device keeps of a survey, if anything.
pub(crate) async fn kept_on_device(browser: &Browser, survey: &str) -> Value {
    // A database that isn't there mustn't be made by looking for it.
    let script = "const [key, done] = arguments;
        indexedDB.databases().then((all) => {
            if (!all.some(({ name }) => name == 'puls.')) return done('null');
            const request = indexedDB.open('puls.');
            request.onsuccess = () => {
                const found = request.result.transaction('keep').objectStore('keep').getAll(key);
                found.onsuccess = () => {
                    request.result.close();
                    done(found.result[0] ?? 'null');
                };
            };
        });";
    let kept = browser.run_async(script, &[json!(format!("keep.{survey}"))]).await;
    serde_json::from_str(kept.as_str().unwrap()).unwrap()
}

/// So many people who gave each of these answers.
pub(crate) fn totals(answers: &[usize]) -> Totals {
    let mut cells = vec![0; 11];
    answers.iter().for_each(|answer| cells[*answer] += 1);
    Totals { respondents: answers.len() as u64, items: BTreeMap::from([("ease".to_owned(), cells)]) }
}

pub(crate) async fn arrived(collector: &Collector, expected: &Totals) {
    until("the totals", async || {
        let held = Totals::held(collector, "desk", expected).await;
        if held == *expected { Ok(()) } else { Err(format!("{held:?} instead of {expected:?}")) }
    })
    .await;
}

/// As `answer` takes it: one person after the other.
pub(crate) fn people(answers: &[usize]) -> Value {
    json!(answers.iter().map(|answer| [answer]).collect::<Vec<_>>())
}

#[tokio::test]
async fn wherever_a_page_is_killed_nobody_is_lost_and_nobody_counted_twice() {
    let collector = Collector::with_surveys(&[&desk()]);
    let host = Host::page(&format!("{TWO}{}", script_tag(&collector, ""))).await;
    let browser = Browser::start().await;
    let moment = browser.run("return Date.now()", &[]).await.to_string();
    browser.before_each_page(&clock(&moment)).await;
    browser.before_each_page(MORTAL).await;
    browser.open(&host.origin()).await;
    browser.ready("puls-survey:defined").await;
    let mut expected = totals(&[]);
    let mut was_killed = true;
    let mut steps = 0;
    while was_killed {
        browser.run("window.answered = 0", &[]).await;
        answer(&browser, "left", people(&[0, 1])).await;
        have_answered(&browser, 2).await;
        // The third person completes the batch.
        browser.run("window.answered = 0; window.left = arguments[0]", &[json!(steps)]).await;
        answer(&browser, "left", people(&[2])).await;
        was_killed = until("the end of the page, or of all that it has to do", async || {
            let script =
                "const waits = Object.keys(localStorage).some((key) => key.startsWith('puls.outbox.'));
                return [left <= 0, answered > 0 && !waits]";
            match browser.run(script, &[]).await {
                ends if ends[0] == json!(true) => Ok(true),
                ends if ends[1] == json!(true) => Ok(false),
                other => Err(other.to_string()),
            }
        })
        .await;
        // What it had put into the database before is there.
        kept_on_device(&browser, "desk").await;
        browser.reload().await;
        browser.ready("puls-survey:defined").await;
        // Whoever was killed before the first step hasn't been thanked: three others make a batch with those before.
        let next: &[usize] = if steps == 0 { &[4] } else { &[4, 5, 6] };
        answer(&browser, "right", people(next)).await;
        have_answered(&browser, next.len()).await;
        wait_until_left(&browser, 0).await;
        let all = if steps == 0 { totals(&[0, 1, 4]) } else { totals(&[0, 1, 2, 4, 5, 6]) };
        expected = expected.plus(&all);
        arrived(&collector, &expected).await;
        assert_eq!(kept_on_device(&browser, "desk").await["batches"], json!([]), "after {steps} steps");
        steps += 1;
    }
    assert!(steps > 5, "only {steps} steps");
    assert_eq!(browser.page_errors().await, json!([]));
}

#[tokio::test]
async fn what_is_sent_is_what_the_device_has_by_then() {
    let collector = Collector::with_surveys(&[&desk()]);
    let host = Host::page(&format!("{TWO}{}", script_tag(&collector, ""))).await;
    let browser = Browser::start().await;
    browser.open(&host.origin()).await;
    browser.ready("puls-survey:defined").await;
    let [left, right] = ["#left", "#right"].map(|id| Survey::new(&browser, id.to_owned()));
    browser.run("document.querySelectorAll('puls-survey').forEach((element) => element.open())", &[]).await;
    left.choose(7).await;
    left.find(&format!("{PRIMARY}:enabled")).await;
    left.click(SENT_TOGGLE).await;
    let prepared = left.text("[part='sent']").await;
    assert!(prepared.contains("1 of 3 people have answered here"), "{prepared}");
    left.click(SENT_TOGGLE).await;
    // Meanwhile two people answer elsewhere.
    for answer in [3, 4] {
        right.choose(answer).await;
        right.click(PRIMARY).await;
        right.heading("Thank you").await;
        right.click(PRIMARY).await;
        right.heading("item 0?").await;
    }
    left.click(PRIMARY).await;
    left.heading("Thank you").await;
    left.click(SENT_TOGGLE).await;
    let sent = left.text("[part='sent']").await;
    assert!(sent.contains("This, and nothing else, is sent:"), "{sent}");
    arrived(&collector, &totals(&[3, 4, 7])).await;
    assert_eq!(browser.page_errors().await, json!([]));
}

#[tokio::test]
async fn tabs_and_elements_agree_without_https_as_well() {
    let collector = Collector::with_surveys(&[&desk()]);
    let host = Host::page(&format!("{TWO}{}", script_tag(&collector, ""))).await;
    let insecure = format!("http://shop.test:{}", host.port);
    let browser = Browser::start().await;
    let windows = [browser.driver().window().await.unwrap(), browser.driver().new_window().await.unwrap()];
    let mut given = Vec::new();
    for (tab, window) in windows.iter().enumerate() {
        browser.driver().switch_to_window(window.clone()).await.unwrap();
        browser.open(&insecure).await;
        assert_eq!(browser.run("return isSecureContext", &[]).await, json!(false));
        browser.ready("puls-survey:defined").await;
        for (element, id) in ["left", "right"].into_iter().enumerate() {
            let answers: Vec<usize> = (0..15).map(|person| (person + tab + 3 * element) % 10).collect();
            answer(&browser, id, people(&answers)).await;
            given.extend(answers);
        }
    }
    for window in windows {
        browser.driver().switch_to_window(window).await.unwrap();
        have_answered(&browser, 30).await;
    }
    arrived(&collector, &totals(&given)).await;
}

#[tokio::test]
async fn an_open_batch_is_forgotten_on_demand() {
    let collector = Collector::with_surveys(&[&desk()]);
    let host = Host::page(&format!("{TWO}{}", script_tag(&collector, ""))).await;
    let browser = Browser::start().await;
    browser.open(&host.origin()).await;
    browser.ready("puls-survey:defined").await;
    answer(&browser, "left", people(&[1, 2])).await;
    have_answered(&browser, 2).await;
    assert_eq!(kept_on_device(&browser, "desk").await["batches"][0]["respondents"], json!(2));
    browser.run("puls('forget')", &[]).await;
    until("the end of what was kept", async || match kept_on_device(&browser, "desk").await {
        Value::Null => Ok(()),
        other => Err(other.to_string()),
    })
    .await;
    answer(&browser, "right", people(&[3, 4, 5])).await;
    arrived(&collector, &totals(&[3, 4, 5])).await;
}

#[tokio::test]
async fn where_the_device_can_keep_nothing_a_batch_lasts_as_long_as_the_page() {
    let collector = Collector::with_surveys(&[&desk()]);
    let host = Host::page(&format!("{TWO}{}", script_tag(&collector, ""))).await;
    for refused in ["localStorage", "indexedDB"] {
        let before = Totals::held(&collector, "desk", &totals(&[])).await;
        let browser = Browser::start().await;
        let refuse = format!(
            "Object.defineProperty(window, '{refused}', {{ get() {{ throw new DOMException('no'); }} }});"
        );
        browser.before_each_page(&refuse).await;
        browser.open(&host.origin()).await;
        browser.ready("puls-survey:defined").await;
        answer(&browser, "left", people(&[1, 2, 3])).await;
        arrived(&collector, &before.plus(&totals(&[1, 2, 3]))).await;
        assert_eq!(browser.page_errors().await, json!([]), "{refused}");
    }
}
