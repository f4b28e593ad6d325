use crate::PRIMARY;
use puls_tests::browser::Browser;
use puls_tests::collector::Collector;
use puls_tests::host::{Host, script_tag};
use puls_tests::survey::Survey;
use puls_tests::until;
use serde_json::json;

#[tokio::test]
async fn several_surveys_share_a_page() {
    let collector = Collector::start();
    let elements = "<puls-survey survey='nps' display='inline'></puls-survey>\
        <puls-survey survey='support-chat' display='inline' trigger='load'></puls-survey>";
    let host = Host::page(&format!("{elements}{}", script_tag(&collector, ""))).await;
    let browser = Browser::start().await;
    browser.open(&host.origin()).await;
    let add = r#"
        const late = document.createElement("puls-survey");
        late.setAttribute("survey", "engagement-pulse");
        document.body.append(late);
        const fleeting = document.createElement("puls-survey");
        fleeting.setAttribute("survey", "nps");
        fleeting.id = "fleeting";
        document.body.append(fleeting);
        fleeting.open().then(() => window.opened = fleeting.shadowRoot?.childElementCount ?? 0);
        fleeting.remove();"#;
    browser.run(add, &[]).await;
    browser.survey("engagement-pulse").heading("Nine statements").await;
    browser.survey("support-chat").heading("How keen").await;
    let survey = browser.survey("nps");
    survey.choose(4).await;
    survey.click(PRIMARY).await;
    survey.heading("Thank you!").await;
    browser.survey("support-chat").heading("How keen").await;
    until("the end of the fleeting one", async || match browser.run("return window.opened", &[]).await {
        shown if shown == json!(0) => Ok(()),
        other => Err(other.to_string()),
    })
    .await;
    // First screens are there before the page is told.
    until("each that stays shown once", async || {
        let shown = browser.told().await.into_iter().filter(|(name, _)| name == "puls-shown").count();
        if shown == 3 { Ok(()) } else { Err(shown.to_string()) }
    })
    .await;
    assert_eq!(browser.page_errors().await, json!([]));
    for build in ["/assets/widget-", "/assets/plain-"] {
        browser.network().await.only(build, ".wasm");
    }
}

#[tokio::test]
async fn surveys_come_and_go_by_the_dozen() {
    let collector = Collector::start();
    let host = Host::page(&script_tag(&collector, "")).await;
    let browser = Browser::start().await;
    browser.open(&host.origin()).await;
    // Some go at once, some while they load, some when they are shown, some come back.
    let churn = r#"
        const [done] = arguments;
        await customElements.whenDefined("puls-survey");
        const turn = () => new Promise((then) => setTimeout(then, Math.random() * 20));
        const one = async (index) => {
            const element = document.createElement("puls-survey");
            element.setAttribute("survey", ["nps", "support-chat", "engagement-pulse"][index % 3]);
            element.setAttribute("display", ["inline", "popover"][index % 2]);
            element.setAttribute("recontact", "0");
            element.setAttribute("trigger", "load");
            for (let round = 0; round < 4; round++) {
                document.body.append(element);
                if (index % 4) await turn();
                if (index % 5 == 1) await element.open();
                if (index % 5 == 2) element.close();
                element.remove();
                if (index % 4 > 1) await turn();
            }
        };
        await Promise.all(Array.from({ length: 48 }, (_, index) => one(index)));
        const last = document.createElement("puls-survey");
        last.setAttribute("survey", "nps");
        document.body.append(last);
        done();"#;
    let churn = format!("const [done] = arguments; (async (...arguments) => {{ {churn} }})(done)");
    browser.run_async(&churn, &[]).await;
    let survey = browser.survey("nps");
    survey.choose(4).await;
    survey.click(PRIMARY).await;
    survey.heading("Thank you!").await;
    assert_eq!(browser.page_errors().await, json!([]));
    assert_eq!(browser.console().await, [""; 0]);
}

#[tokio::test]
async fn a_page_says_when_and_where() {
    let collector = Collector::start();
    let body = format!(
        "<div id='place'>Here</div><puls-survey id='manual' survey='support-chat'></puls-survey>{}{}",
        script_tag(&collector, "data-survey='nps' data-display='inline' data-target='#place'"),
        script_tag(&collector, "data-survey='engagement-pulse' data-trigger='delay:2s'"),
    );
    let host = Host::page(&body).await;
    let browser = Browser::start().await;
    let clock = "document.addEventListener('puls-shown', ({ detail }) => \
        (window.shownAt ??= {})[detail.survey] = performance.now());";
    browser.before_each_page(clock).await;
    browser.open(&host.origin()).await;
    Survey::new(&browser, "#place > puls-survey".to_owned()).heading("How likely are you").await;
    browser.survey("engagement-pulse").heading("Nine statements").await;
    // The first screen is there before the page is told.
    let shown_at_ms = until("engagement-pulse is shown", async || {
        let shown_at = browser.run("return window.shownAt", &[]).await;
        shown_at["engagement-pulse"].as_f64().ok_or_else(|| shown_at.to_string())
    })
    .await;
    assert!(shown_at_ms >= 2000.0, "{shown_at_ms}");
    let manual = browser.survey("support-chat");
    assert_eq!(manual.count("*").await, 0, "a manual one waits");
    browser.run("document.querySelector('#manual').open()", &[]).await;
    manual.heading("How keen").await;
    browser.run("document.querySelector('#manual').close()", &[]).await;
    manual.gone().await;
    assert_eq!(browser.page_errors().await, json!([]));
}
