use puls_tests::browser::Browser;
use puls_tests::collector::Collector;
use puls_tests::host::{Host, script_tag};
use puls_tests::survey::Survey;
use puls_tests::until;
use serde_json::json;

/// Counts the timers that run.
const TIMERS: &str = r#"
    window.running = new Set();
    for (const kind of ["Timeout", "Interval"]) {
        const [set, clear] = [window[`set${kind}`], window[`clear${kind}`]];
        window[`set${kind}`] = (then, ...rest) => {
            const timer = set(() => { if (kind == "Timeout") running.delete(timer); then(); }, ...rest);
            running.add(timer);
            return timer;
        };
        window[`clear${kind}`] = (timer) => { running.delete(timer); clear(timer); };
    }"#;

/// How many listeners the document and the window have.
async fn listeners(browser: &Browser) -> usize {
    let mut count = 0;
    for target in ["document", "window", "window.navigation ?? document.createElement('p')"] {
        let object = browser.command("Runtime.evaluate", json!({ "expression": target })).await;
        let of = json!({ "objectId": object["result"]["objectId"] });
        let found = browser.command("DOMDebugger.getEventListeners", of).await;
        count += found["listeners"].as_array().unwrap().len();
    }
    count
}

#[tokio::test]
async fn sixty_elements_leave_nothing_behind() {
    let collector = Collector::start();
    let host = Host::page(&script_tag(&collector, "")).await;
    for before in ["", "delete Window.prototype.navigation; delete window.navigation;"] {
        let browser = Browser::start().await;
        browser.before_each_page(&format!("{before}{TIMERS}")).await;
        browser.open(&host.origin()).await;
        browser.run_async("customElements.whenDefined('puls-survey').then(() => arguments[0]())", &[]).await;
        let listeners_before = listeners(&browser).await;
        assert_eq!(browser.run("return running.size", &[]).await, json!(0));
        let add = r#"
            window.elements = Array.from({ length: 60 }, (_, index) => {
                const element = document.createElement("puls-survey");
                element.setAttribute("survey", ["nps", "support-chat", "engagement-pulse"][index % 3]);
                element.setAttribute("display", ["inline", "popover"][index % 2]);
                element.setAttribute("trigger", "delay:600s idle:600s scroll:90% exit click:.x event:y manual"
                    + (index % 10 ? "" : " load"));
                document.body.append(element);
                return element;
            });"#;
        browser.run(add, &[]).await;
        browser.survey("nps").heading("How likely are you").await;
        assert!(listeners(&browser).await > listeners_before + 300);
        assert!(browser.run("return running.size", &[]).await.as_u64().unwrap() > 100);
        // Some are moved, which takes them off and puts them back.
        let churn = "elements.forEach((element, index) => index % 4 || document.body.prepend(element));\
            elements.forEach((element) => element.remove());";
        browser.run(churn, &[]).await;
        // One that leaves at once has had no time to wait for anything.
        browser.run("document.body.append(elements[0]); elements[0].remove()", &[]).await;
        until("the end of all listeners and timers", async || {
            let left = (listeners(&browser).await, browser.run("return running.size", &[]).await);
            if left == (listeners_before, json!(0)) { Ok(()) } else { Err(format!("{left:?}")) }
        })
        .await;
        // One that stays is shown by the very event of scrolling that the others would have been shown by.
        let stays = r#"
            const element = document.createElement("puls-survey");
            for (const [name, value] of Object.entries({ id: "stays", survey: "nps", display: "inline", trigger: "scroll:1%" }))
                element.setAttribute(name, value);
            document.body.append(element, Object.assign(document.createElement("p"), { style: "height: 4000px" }));
            document.body.click();
            puls("track", "y");
            scrollTo(0, 9999);"#;
        browser.run(stays, &[]).await;
        Survey::new(&browser, "#stays".to_owned()).heading("How likely are you").await;
        browser.run("document.querySelector('#stays').remove()", &[]).await;
        let shown = browser
            .run("return elements.filter(({ shadowRoot }) => shadowRoot?.childElementCount).length", &[])
            .await;
        assert_eq!(shown, json!(0));
        let locks =
            "navigator.locks.query().then(({ held, pending }) => arguments[0](held.length + pending.length))";
        assert_eq!(browser.run_async(locks, &[]).await, json!(0), "nobody waits for a turn");
        assert_eq!(browser.page_errors().await, json!([]));
        assert_eq!(browser.console().await, [""; 0]);
    }
}
