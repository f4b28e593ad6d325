use crate::PRIMARY;
use crate::totals::{Totals, arrived};
use crate::waiting::{OUTBOX, leave, wait_until_left, waiting};
use puls_tests::browser::Browser;
use puls_tests::collector::Collector;
use puls_tests::endpoint::{Answer, Endpoint};
use puls_tests::host::{Host, script_tag};
use puls_tests::until;
use serde_json::{Value, json};

const NPS: &str = "data-survey=\"nps\"";

/// Timers that are set for a while from now never ring, so that what is tried again has another reason.
const NO_LATER: &str = "const set = setTimeout;
    window.planned = [];
    window.setTimeout = (then, delay, ...rest) => {
        planned.push(delay);
        return delay > 1500 ? 0 : set(then, delay, ...rest);
    };";

/// The page's clock stands still.
const STILL: &str = "{ const now = Date.now(); Date.now = () => now; }";

/// Answers the survey `nps`, and sends that.
async fn send(browser: &Browser) {
    let survey = browser.survey("nps");
    survey.choose(10).await;
    survey.click(PRIMARY).await;
    survey.heading("Thank you!").await;
}

async fn page_for(collector: &Collector, endpoint: &Endpoint) -> Host {
    Host::page(&script_tag(collector, &format!("{NPS} data-endpoint='{}'", endpoint.address))).await
}

#[tokio::test]
async fn a_release_outlasts_a_collector_that_is_away() {
    let mut collector = Collector::start();
    let host = Host::page(&script_tag(&collector, NPS)).await;
    let browser = Browser::start().await;
    browser.open(&host.origin()).await;
    let survey = browser.survey("nps");
    survey.choose(10).await;
    collector.stop();
    survey.click(PRIMARY).await;
    survey.heading("Thank you!").await;
    let release = browser.told_of("puls-released").await;
    let [parcel] = &waiting(&browser).await[..] else { panic!("one release waits") };
    assert_eq!(parcel["url"], json!(format!("{}/v1/releases", collector.origin)));
    let kept: Value = serde_json::from_str(parcel["body"].as_str().unwrap()).unwrap();
    assert_eq!(kept, release);

    collector.start_again();
    browser.reload().await;
    wait_until_left(&browser, 0).await;
    assert_eq!(Totals::of_results(&collector.results("nps").await), Totals::of_release(&release));
}

#[tokio::test]
async fn what_a_collector_will_never_take_is_dropped_and_the_page_told() {
    let collector = Collector::start();
    let browser = Browser::start().await;
    for status in [422, 400, 413, 415] {
        let endpoint = Endpoint::answering(Answer::Problem(status)).await;
        let host = page_for(&collector, &endpoint).await;
        browser.open(&host.origin()).await;
        send(&browser).await;
        let error = browser.told_of("puls-error").await;
        assert_eq!(error["code"], json!("refused"));
        let message = error["message"].as_str().unwrap();
        assert!(message.contains(&endpoint.address) && message.contains(&status.to_string()), "{message}");
        wait_until_left(&browser, 0).await;
        assert_eq!(endpoint.posted().len(), 1);
        assert_eq!(browser.page_errors().await, json!([]));
    }
}

/// What an endpoint that is no collector, or none any more, may answer: success in all its forms, and refusals that
/// aren't the collector's own.
fn answers_of_others() -> Vec<Answer> {
    let mut others = vec![Answer::CutOff, Answer::Redirect, Answer::Status(200), Answer::Status(204)];
    others.extend(["null", "{}", "[]", "{\"status\":\"ok\"}"].map(|text| Answer::Json(200, text)));
    others.push(Answer::Json(422, "{\"status\":\"accepted\"}"));
    others.extend([200, 400, 401, 403, 404, 405, 407, 410, 413, 415, 422, 502].map(Answer::Page));
    others.extend([401, 403, 404, 405, 408, 429, 500, 503].map(Answer::Problem));
    others
}

#[tokio::test]
async fn whatever_a_collector_has_not_said_itself_is_kept_and_tried_again() {
    let collector = Collector::start();
    let host = Host::page(&script_tag(&collector, "")).await;
    let browser = Browser::start().await;
    browser.open(&host.origin()).await;
    let mut endpoints = Vec::new();
    for (number, answer) in answers_of_others().into_iter().enumerate() {
        let endpoint = Endpoint::answering(answer.clone()).await;
        let body = json!({ "number": number }).to_string();
        let parcel = json!({ "url": endpoint.address, "body": body, "tries": 0, "due": 0 });
        leave(&browser, &number.to_string(), 0, &parcel).await;
        endpoints.push((answer, endpoint, body));
    }
    browser.reload().await;
    until("a failure of each", async || {
        let waiting = waiting(&browser).await;
        let failed = waiting.iter().filter(|parcel| parcel["tries"].as_u64() > Some(0)).count();
        if failed == endpoints.len() { Ok(()) } else { Err(format!("{waiting:?}")) }
    })
    .await;
    for (_, endpoint, _) in &endpoints {
        endpoint.now_answers(Answer::Accepted);
    }
    wait_until_left(&browser, 0).await;
    for (answer, endpoint, body) in &endpoints {
        let posted = endpoint.posted();
        assert!(posted.len() > 1 && posted.iter().all(|posted| posted == body), "{answer:?}: {posted:?}");
    }
    assert_eq!(browser.run("return [pulsTold, pageErrors]", &[]).await, json!([[], []]));
}

#[tokio::test]
async fn whoever_answers_behind_a_sign_on_page_is_counted_once_it_is_gone() {
    let collector = Collector::start();
    let endpoint = Endpoint::answering(Answer::Redirect).await;
    let host = page_for(&collector, &endpoint).await;
    let browser = Browser::start().await;
    browser.open(&host.origin()).await;
    send(&browser).await;
    until("a try that failed", async || {
        let waiting = waiting(&browser).await;
        let failed = waiting.iter().any(|parcel| parcel["tries"].as_u64() > Some(0));
        if failed { Ok(()) } else { Err(format!("{waiting:?}")) }
    })
    .await;
    let release = browser.told_of("puls-released").await;
    endpoint.now_answers(Answer::Accepted);
    browser.reload().await;
    wait_until_left(&browser, 0).await;
    let posted = endpoint.posted();
    let last: Value = serde_json::from_str(posted.last().unwrap()).unwrap();
    assert!(posted.len() > 1 && last == release, "{posted:?}");
}

#[tokio::test]
async fn an_endpoint_that_asks_to_wait_is_given_time() {
    let collector = Collector::start();
    let far = "Fri, 31 Dec 2100 23:59:59 GMT";
    // Up to as long again as the first pause, 2 s, is added by chance.
    for (after, least_s, most_s) in [("3600", 3602.0, 3604.0), (far, 86_400.0, 86_400.0), ("soon", 2.0, 4.0)]
    {
        let endpoint = Endpoint::answering(Answer::Busy(after.to_owned())).await;
        let host = page_for(&collector, &endpoint).await;
        let browser = Browser::start().await;
        browser.before_each_page(&format!("{NO_LATER}{STILL}")).await;
        browser.open(&host.origin()).await;
        send(&browser).await;
        let due = until("a time to try again", async || {
            let waiting = waiting(&browser).await;
            // Before there is an answer, it is the time after which the try counts as failed.
            let answered = waiting.first().filter(|parcel| parcel["tries"] == json!(1));
            answered.and_then(|parcel| parcel["due"].as_f64()).ok_or_else(|| format!("{waiting:?}"))
        })
        .await;
        let now = browser.run("return Date.now()", &[]).await.as_f64().unwrap();
        assert!((least_s..=most_s).contains(&((due - now) / 1e3)), "{after}: {due} at {now}");
        if least_s > 10.0 {
            // Nor does the next page view try before, whatever else happens.
            browser.reload().await;
            browser.run("dispatchEvent(new Event('online'))", &[]).await;
            until("a plan", async || {
                let planned = browser.run("return planned", &[]).await;
                let late = planned.as_array().unwrap().iter().any(|delay| delay.as_f64() > Some(1e6));
                if late { Ok(()) } else { Err(planned.to_string()) }
            })
            .await;
            assert_eq!(endpoint.posted().len(), 1, "{after}");
        }
    }
}

#[tokio::test]
async fn an_endpoint_that_never_answers_is_given_up_and_tried_again() {
    let collector = Collector::start();
    let endpoint = Endpoint::answering(Answer::Never).await;
    let host = page_for(&collector, &endpoint).await;
    let browser = Browser::start().await;
    // Not so long that one has to wait for it.
    let soon = "const after = AbortSignal.timeout.bind(AbortSignal);
        AbortSignal.timeout = (delay) => { window.bound = delay; return after(100); };";
    browser.before_each_page(soon).await;
    browser.open(&host.origin()).await;
    send(&browser).await;
    until("a try that failed", async || {
        let waiting = waiting(&browser).await;
        if waiting[0]["due"] == json!(0) { Ok(()) } else { Err(format!("{waiting:?}")) }
    })
    .await;
    assert_eq!(browser.run("return window.bound", &[]).await, json!(20_000));
    endpoint.now_answers(Answer::Accepted);
    wait_until_left(&browser, 0).await;
    let posted = endpoint.posted();
    assert!(posted.len() > 1 && posted.iter().all(|body| *body == posted[0]), "{posted:?}");
    assert_eq!(browser.page_errors().await, json!([]));
}

#[tokio::test]
async fn it_is_tried_again_as_soon_as_there_is_hope() {
    let mut collector = Collector::start();
    let host = Host::page(&script_tag(&collector, &format!("{NPS} data-recontact='0'"))).await;
    for sign in ["online", "pageshow", "visibilitychange"] {
        let browser = Browser::start().await;
        browser.before_each_page(NO_LATER).await;
        browser.open(&host.origin()).await;
        let survey = browser.survey("nps");
        survey.choose(10).await;
        survey.find(&format!("{PRIMARY}:enabled")).await;
        collector.stop();
        survey.click(PRIMARY).await;
        until("a try that failed", async || {
            let waiting = waiting(&browser).await;
            let failed =
                waiting.iter().any(|parcel| parcel["tries"] == json!(1) && parcel["due"] == json!(0));
            if failed { Ok(()) } else { Err(format!("{waiting:?}")) }
        })
        .await;
        collector.start_again();
        let dispatch = "const persisted = true;
            const event = arguments[0] == 'pageshow' ? new PageTransitionEvent('pageshow', { persisted })
                : new Event(arguments[0], { bubbles: true });
            (arguments[0] == 'visibilitychange' ? document : window).dispatchEvent(event);";
        browser.run(dispatch, &[json!(sign)]).await;
        wait_until_left(&browser, 0).await;
    }
    assert_eq!(Totals::of_results(&collector.results("nps").await).respondents, 3);
}

#[tokio::test]
async fn what_is_sent_offline_goes_out_once_the_browser_is_online() {
    let collector = Collector::start();
    let host = Host::page(&script_tag(&collector, NPS)).await;
    let browser = Browser::start().await;
    browser.before_each_page(NO_LATER).await;
    browser.open(&host.origin()).await;
    let survey = browser.survey("nps");
    survey.choose(3).await;
    survey.find(&format!("{PRIMARY}:enabled")).await;
    let offline = |offline: bool| json!({ "offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
    browser.command("Network.emulateNetworkConditions", offline(true)).await;
    survey.click(PRIMARY).await;
    survey.heading("Thank you!").await;
    wait_until_left(&browser, 1).await;
    browser.command("Network.emulateNetworkConditions", offline(false)).await;
    wait_until_left(&browser, 0).await;
    arrived(&collector, 1).await;
    assert_eq!(browser.page_errors().await, json!([]));
}

#[tokio::test]
async fn what_one_tab_is_posting_another_one_leaves_alone() {
    let collector = Collector::start();
    let endpoint = Endpoint::answering(Answer::Never).await;
    let host = page_for(&collector, &endpoint).await;
    let browser = Browser::start().await;
    browser.open(&host.origin()).await;
    send(&browser).await;
    until("a post", async || if endpoint.posted().is_empty() { Err(String::new()) } else { Ok(()) }).await;
    // The first tab is at it for as long as it has no answer. The second one makes plans for after that.
    let tab = browser.driver().new_tab().await.unwrap();
    browser.driver().switch_to_window(tab).await.unwrap();
    browser.before_each_page(NO_LATER).await;
    browser.open(&host.origin()).await;
    until("a plan for later", async || {
        let planned = browser.run("return planned", &[]).await;
        let later = planned.as_array().unwrap().iter().any(|delay| delay.as_f64() > Some(1500.0));
        if later { Ok(()) } else { Err(planned.to_string()) }
    })
    .await;
    assert_eq!(endpoint.posted().len(), 1);
}

#[tokio::test]
async fn what_somebody_else_wrote_into_the_outbox_harms_nothing() {
    let collector = Collector::start();
    let endpoint = Endpoint::answering(Answer::Accepted).await;
    let host = page_for(&collector, &endpoint).await;
    let browser = Browser::start().await;
    browser.open(&host.origin()).await;
    for (index, text) in
        ["", "{", "null", "7", "[]", "\"url\"", "{}", "{\"url\":7,\"due\":\"soon\"}"].into_iter().enumerate()
    {
        let put = "localStorage.setItem(arguments[0], arguments[1])";
        browser.run(put, &[json!(format!("puls.outbox.{text}.{index}")), json!(text)]).await;
    }
    let whole = json!({ "url": endpoint.address, "body": "{}", "tries": "many", "due": 9e99 });
    leave(&browser, "whole", 0, &whole).await;
    leave(&browser, "from the future", -900_000, &json!({ "url": endpoint.address, "body": "{ }" })).await;
    browser.reload().await;
    until("both posts", async || match endpoint.posted().len() {
        2 => Ok(()),
        other => Err(other.to_string()),
    })
    .await;
    until("an empty outbox", async || {
        let stored = browser.stored().await;
        if stored.keys().any(|key| key.starts_with(OUTBOX)) { Err(format!("{stored:?}")) } else { Ok(()) }
    })
    .await;
    browser.survey("nps").heading("How likely are you").await;
    assert_eq!(browser.page_errors().await, json!([]));
}

#[tokio::test]
async fn what_is_too_old_or_too_much_is_dropped_and_the_page_told() {
    let collector = Collector::start();
    let endpoint = Endpoint::answering(Answer::Busy("3600".to_owned())).await;
    let host = page_for(&collector, &endpoint).await;
    let browser = Browser::start().await;
    browser.open(&host.origin()).await;
    let parcel = json!({ "url": endpoint.address, "body": "{}", "tries": 0, "due": 0 });
    leave(&browser, "last month's", 31, &parcel).await;
    leave(&browser, "thirty days old", 30, &parcel).await;
    browser.reload().await;
    assert_eq!(browser.told_of("puls-error").await["code"], json!("dropped"));
    wait_until_left(&browser, 1).await;
    for number in 0..201 {
        leave(&browser, &format!("{number:03}"), 1, &parcel).await;
    }
    browser.reload().await;
    wait_until_left(&browser, 200).await;
    let kept = browser.stored().await;
    assert!(!kept.keys().any(|key| key.ends_with("thirty days old")), "the oldest go first");
}

#[tokio::test]
async fn what_is_forgotten_does_not_come_back() {
    let collector = Collector::start();
    let endpoint = Endpoint::answering(Answer::Never).await;
    let host = page_for(&collector, &endpoint).await;
    let browser = Browser::start().await;
    let soon = "const after = AbortSignal.timeout.bind(AbortSignal);
        AbortSignal.timeout = () => {
            const signal = after(300);
            signal.addEventListener('abort', () => window.failed = true);
            return signal;
        };";
    browser.before_each_page(soon).await;
    browser.open(&host.origin()).await;
    send(&browser).await;
    browser.run("puls('forget')", &[]).await;
    until("the end of the try", async || match browser.run("return window.failed", &[]).await {
        Value::Bool(true) => Ok(()),
        other => Err(other.to_string()),
    })
    .await;
    browser.run_async("dispatchEvent(new Event('online')); setTimeout(arguments[0])", &[]).await;
    assert_eq!(browser.stored().await.len(), 0);
    let posted = endpoint.posted().len();
    browser.reload().await;
    // By then the page has looked for what an earlier one left behind.
    browser.told_of("puls-shown").await;
    assert_eq!((browser.stored().await.len(), endpoint.posted().len()), (0, posted));
}

#[tokio::test]
async fn without_storage_it_works_all_the_same() {
    let mut collector = Collector::start();
    let host = Host::page(&script_tag(&collector, NPS)).await;
    let browser = Browser::start().await;
    let refuse =
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('refused'); } });";
    browser.before_each_page(refuse).await;
    browser.open(&host.origin()).await;
    let survey = browser.survey("nps");
    survey.choose(5).await;
    survey.find(&format!("{PRIMARY}:enabled")).await;
    collector.stop();
    survey.click(PRIMARY).await;
    survey.heading("Thank you!").await;
    // It is kept for as long as the page is there, and tried again.
    collector.start_again();
    arrived(&collector, 1).await;
    assert_eq!(browser.page_errors().await, json!([]));
}
