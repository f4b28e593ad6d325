use crate::asked;
use crate::quiet::{HELD, loader_is_there, pass};
use puls_tests::browser::Browser;
use puls_tests::collector::Collector;
use puls_tests::host::{Host, script_tag};
use puls_tests::survey::Survey;
use puls_tests::until;
use serde_json::json;

/// A page to scroll, with an element for each trigger; none of them is in another's way.
const PAGE: &str = r#"
    <style>body { margin: 0 } main { height: 4000px }</style>
    <script>
        window.puls = window.puls || function () { (puls.q = puls.q || []).push(arguments); };
        puls("track", "before");
    </script>
    <div id="surveys" style="position: fixed; inset: 0 auto auto 0; height: 300px; overflow: hidden">
        <puls-survey id="scroll" trigger="scroll:50%"></puls-survey>
        <puls-survey id="end" trigger="scroll:100%"></puls-survey>
        <puls-survey id="exit" trigger="exit"></puls-survey>
        <puls-survey id="click" trigger="click:.buy,[data-sell='a:b']"></puls-survey>
        <puls-survey id="event" trigger="event:bought"></puls-survey>
        <puls-survey id="before" trigger="event:before"></puls-survey>
        <puls-survey id="manual" trigger="manual"></puls-survey>
    </div>
    <script>
        for (const element of document.querySelectorAll("puls-survey")) {
            element.setAttribute("survey", "asked");
        }
    </script>"#;

/// The page with all triggers, as soon as the loader is there, after a script of its own.
async fn page(before: &str) -> (Collector, Host, Browser) {
    let collector = Collector::with_surveys(&[&asked::survey("asked", &json!({ "display": "inline" }))]);
    let host = Host::page(&format!("{PAGE}{}", script_tag(&collector, ""))).await;
    let browser = Browser::start().await;
    browser.before_each_page(before).await;
    browser.open(&host.origin()).await;
    shown(&browser, &["before"]).await;
    (collector, host, browser)
}

/// Waits until these are shown, and sees to it that no others are.
async fn shown(browser: &Browser, ids: &[&str]) {
    for id in ids {
        Survey::new(browser, format!("#{id}")).heading("asked?").await;
    }
    let script = "return [...document.querySelectorAll('puls-survey')]\
        .filter((element) => element.shadowRoot?.childElementCount).map(({ id }) => id).sort()";
    let mut ids = ids.to_vec();
    ids.sort_unstable();
    assert_eq!(browser.run(script, &[]).await, json!(ids));
}

#[tokio::test]
async fn each_trigger_has_its_own_survey_shown() {
    let (_collector, _host, browser) = page("").await;

    let late = r#"
        const late = document.createElement("p");
        late.innerHTML = "<button class='buy'><b>Buy</b></button><button data-sell='a:b'>Sell</button>";
        late.addEventListener("click", (event) => event.stopPropagation());
        document.body.append(late);
        document.body.click();
        late.click();"#;
    browser.run(late, &[]).await;
    browser.run("puls('track', 'Bought'); puls('track', 'boughts'); scrollTo(0, 0)", &[]).await;
    // None of that made any of them due, or it would be there by the time of the next one; and so below.
    browser.run("document.querySelector('.buy b').click()", &[]).await;
    shown(&browser, &["before", "click"]).await;

    let to = "document.addEventListener('scroll', () => arguments[1](), { once: true });
        scrollTo(0, arguments[0] * (document.documentElement.scrollHeight - innerHeight))";
    browser.run_async(to, &[json!(0.48)]).await;
    browser.run("puls('track', 'bought')", &[]).await;
    shown(&browser, &["before", "click", "event"]).await;
    browser.run_async(to, &[json!(0.5)]).await;
    shown(&browser, &["before", "click", "event", "scroll"]).await;
    browser.run_async(to, &[json!(1)]).await;
    shown(&browser, &["before", "click", "end", "event", "scroll"]).await;

    let moved = async |x: i32, y: i32| {
        browser.command("Input.dispatchMouseEvent", json!({ "type": "mouseMoved", "x": x, "y": y })).await;
    };
    // Through the side, then through the top.
    moved(640, 400).await;
    moved(-1, 400).await;
    moved(640, 400).await;
    browser.run("document.querySelector('#manual').open()", &[]).await;
    shown(&browser, &["before", "click", "end", "event", "manual", "scroll"]).await;
    moved(640, -1).await;
    shown(&browser, &["before", "click", "end", "event", "exit", "manual", "scroll"]).await;
    assert_eq!(browser.page_errors().await, json!([]));
    assert_eq!(browser.console().await, [""; 0]);
}

#[tokio::test]
async fn of_several_triggers_the_first_counts() {
    let (_collector, _host, browser) = page(HELD).await;
    let add = "const two = document.createElement('puls-survey');
        for (const [name, value] of Object.entries({ id: 'two', survey: 'asked', trigger: ' event:other  delay:2s ' }))
            two.setAttribute(name, value);
        document.querySelector('#surveys').append(two);
        puls('track', 'other')";
    browser.run(add, &[]).await;
    shown(&browser, &["before", "two"]).await;
    browser.run("document.querySelector('#two').close()", &[]).await;
    assert_eq!(browser.run("return held()", &[]).await, json!(0), "the delay has ended");
    pass(&browser, 2500).await;
    shown(&browser, &["before"]).await;
}

#[tokio::test]
async fn whoever_leaves_the_tab_finds_the_survey_on_return() {
    let (_collector, _host, browser) = page("").await;
    let first = browser.driver().window().await.unwrap();
    let tab = browser.driver().new_tab().await.unwrap();
    browser.driver().switch_to_window(tab).await.unwrap();
    browser.driver().close_window().await.unwrap();
    browser.driver().switch_to_window(first).await.unwrap();
    shown(&browser, &["before", "exit"]).await;
}

#[tokio::test]
async fn idle_is_counted_from_the_last_thing_done() {
    let collector = Collector::start();
    let page = "<puls-survey survey='nps' trigger='idle:1s'></puls-survey>";
    let host = Host::page(&format!("{page}{}", script_tag(&collector, ""))).await;
    let browser = Browser::start().await;
    let busy = r#"
        const types = ["pointermove", "pointerdown", "keydown", "scroll"];
        let left = 12;
        const timer = setInterval(() => {
            window.lastDone = performance.now();
            document.documentElement.dispatchEvent(new Event(types[left % 4], { bubbles: true }));
            if (!--left) clearInterval(timer);
        }, 200);
        document.addEventListener("puls-shown", () => window.shownAt = performance.now());"#;
    browser.before_each_page(busy).await;
    browser.open(&host.origin()).await;
    browser.told_of("puls-shown").await;
    let [left, idle] = ["return left", "return window.shownAt - window.lastDone"];
    let idle = until("the time between", async || {
        let idle = browser.run(idle, &[]).await;
        idle.as_f64().ok_or(format!("{idle} {left}"))
    })
    .await;
    assert!(idle >= 1000.0, "{idle} ms");
}

#[tokio::test]
async fn a_survey_opens_the_way_the_page_asks() {
    let collector = Collector::start();
    let head = format!(
        r#"<script>
            window.puls = window.puls || function () {{ (puls.q = puls.q || []).push(arguments); }};
            puls("open", "support-chat", {{ segment: {{ agent: "a17" }}, display: "inline", lang: "sv" }});
        </script>{}"#,
        script_tag(&collector, "data-theme='dark'")
    );
    let host = Host::page(&head).await;
    let browser = Browser::start().await;
    browser.open(&host.origin()).await;
    let survey = browser.survey("support-chat");
    survey.heading("Hur engagerad").await;
    let attributes = "return Object.fromEntries([...document.querySelector('puls-survey').attributes].map(({ name, value }) => [name, value]))";
    let expected = json!({ "survey": "support-chat", "trigger": "manual", "theme": "dark", "lang": "sv",
        "display": "inline", "segment-agent": "a17" });
    assert_eq!(browser.run(attributes, &[]).await, expected);
    browser.run("puls('close')", &[]).await;
    survey.gone().await;
    browser.run("puls('open', 'support-chat', { lang: 'en' })", &[]).await;
    survey.heading("How keen").await;
    assert_eq!(browser.run("return document.querySelectorAll('puls-survey').length", &[]).await, json!(1));
}

#[tokio::test]
async fn nothing_is_fetched_for_a_tab_that_nobody_sees() {
    let collector = Collector::start();
    let host = Host::page(&script_tag(&collector, "data-survey='nps' data-trigger='delay:1s'")).await;
    let browser = Browser::start().await;
    // The delay is over as soon as nobody sees the tab.
    let watch = "document.addEventListener('visibilitychange', ({ timeStamp }) => {
        (window.seenAt ??= []).push([document.hidden, timeStamp]);
        const before = held();
        if (document.hidden) pass(1500);
        (window.rang ??= []).push(before - held());
    });";
    browser.before_each_page(&format!("{HELD}{watch}")).await;
    browser.open(&host.origin()).await;
    loader_is_there(&browser).await;
    let first = browser.driver().window().await.unwrap();
    let tab = browser.driver().new_tab().await.unwrap();
    browser.driver().switch_to_window(tab).await.unwrap();
    browser.driver().close_window().await.unwrap();
    browser.driver().switch_to_window(first).await.unwrap();
    browser.survey("nps").heading("How likely are you").await;
    let times = "const asset = ({ name }) => name.includes('/assets/');
        return [window.seenAt, performance.getEntriesByType('resource').filter(asset).map(({ startTime }) => startTime)]";
    let times = browser.run(times, &[]).await;
    let [hidden, seen] = [0, 1].map(|event| times[0][event].clone());
    assert_eq!((hidden[0].as_bool(), seen[0].as_bool()), (Some(true), Some(false)), "{times}");
    let since = seen[1].as_f64().unwrap();
    let starts = times[1].as_array().unwrap();
    assert!(starts.iter().all(|start| start.as_f64().unwrap() > since) && !starts.is_empty(), "{times}");
    assert_eq!(browser.run("return rang", &[]).await, json!([1, 0]), "it became due while nobody saw it");
}

#[tokio::test]
async fn what_the_page_opens_heeds_no_rules() {
    let rules = json!({ "trigger": ["manual"], "pages": { "include": ["/nowhere"] }, "sample": 0, "until": "2020-02-02" });
    let collector = Collector::with_surveys(&[&asked::survey("asked", &rules)]);
    for (trigger, then) in [("open", ""), ("manual", "document.querySelector('puls-survey').open()")] {
        let tag = script_tag(&collector, &format!("data-survey='asked' data-trigger='{trigger}'"));
        let host = Host::page(&tag).await;
        let browser = Browser::start().await;
        browser.open(&host.origin()).await;
        browser.ready("puls-survey").await;
        browser.run(then, &[]).await;
        browser.told_of("puls-shown").await;
        assert_eq!(browser.page_errors().await, json!([]));
    }
}
