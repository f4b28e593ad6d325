use crate::asked;
use axum::Router;
use axum::response::Html;
use axum::routing::get;
use puls_tests::browser::Browser;
use puls_tests::collector::Collector;
use puls_tests::host::{Host, document, script_tag};
use serde_json::json;

/// What the first survey on the page says when it is shown: at which path, and after how many milliseconds.
const CLOCK: &str = "document.addEventListener('puls-shown', ({ detail }) => \
    (window.shown ??= []).push([detail.survey, location.pathname, performance.now()]));";

/// Browsers that have no Navigation API.
const OLDER: &str = "delete Window.prototype.navigation; delete window.navigation;";

/// A page that is served under every path of its site.
async fn anywhere(body: &str) -> Host {
    let page = Html(document(body));
    Host::routes(Router::new().fallback(get(async move || page))).await
}

async fn go(browser: &Browser, path: &str) {
    browser.run("history.pushState({}, '', arguments[0])", &[json!(path)]).await;
}

/// Lets that much time pass in the page.
async fn pass(browser: &Browser, milliseconds: u32) {
    browser.run_async("setTimeout(arguments[1], arguments[0])", &[json!(milliseconds)]).await;
}

async fn waits(browser: &Browser) {
    // Longer than an older browser takes to notice a new address.
    pass(browser, 700).await;
    browser.idle().await;
    let urls = browser.network().await;
    assert!(
        !urls.urls().iter().any(|url| url.contains("/assets/") || url.contains("/v1/")),
        "{:?}",
        urls.urls()
    );
}

#[tokio::test]
async fn a_survey_that_is_due_waits_for_a_page_that_it_belongs_to() {
    let rules = json!({ "pages": { "include": ["/shop/*", "/a.b"], "exclude": ["*/pay", "/shop/(*"] } });
    let collector = Collector::with_surveys(&[&asked::survey("shop", &rules)]);
    let host = anywhere(&script_tag(&collector, "data-survey='shop'")).await;
    for before in ["", OLDER] {
        let browser = Browser::start().await;
        browser.before_each_page(before).await;
        browser.open(&format!("{}/start", host.origin())).await;
        waits(&browser).await;
        for path in ["/shop", "/shop/cart/pay", "/shop/(x)", "/axb", "/a.b/c", "/start/shop/1", "/SHOP/1"] {
            go(&browser, path).await;
        }
        waits(&browser).await;
        go(&browser, "/shop/lamps/1?pay").await;
        browser.survey("shop").heading("shop?").await;
        assert_eq!(browser.page_errors().await, json!([]));
        assert_eq!(browser.console().await, [""; 0]);
    }
}

#[tokio::test]
async fn an_address_changed_while_the_survey_is_fetched_counts() {
    let rules = json!({ "pages": { "include": ["/shop/*"] } });
    let collector = Collector::with_surveys(&[&asked::survey("shop", &rules)]);
    let host = anywhere(&script_tag(&collector, "data-survey='shop' data-trigger='event:now'")).await;
    let browser = Browser::start().await;
    browser.before_each_page(CLOCK).await;
    browser.open(&format!("{}/shop/1", host.origin())).await;
    browser.run_async("customElements.whenDefined('puls-survey').then(() => arguments[0]())", &[]).await;
    let slow = json!({ "offline": false, "latency": 1500, "downloadThroughput": -1, "uploadThroughput": -1 });
    browser.command("Network.emulateNetworkConditions", slow).await;
    // Its turn has come by then, and its files haven't.
    let change = "puls('track', 'now'); setTimeout(() => history.pushState({}, '', '/elsewhere'), 1000)";
    browser.run(change, &[]).await;
    pass(&browser, 6000).await;
    assert_eq!(browser.survey("shop").count("*").await, 0, "it isn't shown on the wrong page");
    go(&browser, "/shop/2").await;
    browser.told_of("puls-shown").await;
    assert_eq!(browser.run("return window.shown.map(([, path]) => path)", &[]).await, json!(["/shop/2"]));
}

#[tokio::test]
async fn a_delay_goes_on_through_the_pages_of_one_document() {
    let rules = json!({ "trigger": ["delay:2s"], "pages": { "exclude": ["/start"] } });
    let collector = Collector::with_surveys(&[&asked::survey("later", &rules)]);
    let host = anywhere(&script_tag(&collector, "data-survey='later'")).await;
    let browser = Browser::start().await;
    // If each page began the delay anew, it would never be over.
    let wander = "let page = 0; setInterval(() => history.pushState({}, '', `/page/${++page}`), 150);";
    browser.before_each_page(&format!("{CLOCK}{wander}")).await;
    browser.open(&format!("{}/start", host.origin())).await;
    browser.told_of("puls-shown").await;
    let shown = browser.run("return window.shown", &[]).await;
    assert!(shown[0][2].as_f64().unwrap() >= 2000.0, "{shown}");
}

#[tokio::test]
async fn a_router_that_rewrites_history_goes_on_working() {
    let router = r#"<script>
        // It keeps its own function, and replaces each address by one with a slash at its end.
        const { pushState, replaceState } = History.prototype;
        History.prototype.pushState = function (state, title, url) {
            pushState.call(this, state, title, url);
            replaceState.call(this, { ...state, routed: true }, "", url + "/");
            dispatchEvent(new Event("routed"));
        };
        history.replaceState = () => { throw Error("not by this router"); };
        window.theirs = [history.pushState, history.replaceState];
        window.routed = 0;
        addEventListener("routed", () => window.routed++);
    </script>"#;
    let rules = json!({ "pages": { "include": ["/shop/*/"] }, "recontact_days": 0 });
    let collector = Collector::with_surveys(&[&asked::survey("shop", &rules)]);
    let host = anywhere(&format!("{router}{}", script_tag(&collector, "data-survey='shop'"))).await;
    for before in ["", OLDER] {
        let browser = Browser::start().await;
        browser.before_each_page(before).await;
        browser.open(&format!("{}/start", host.origin())).await;
        waits(&browser).await;
        go(&browser, "/shop/1").await;
        browser.survey("shop").heading("shop?").await;
        let theirs = "return [theirs[0] == history.pushState, theirs[1] == history.replaceState, \
            Object.hasOwn(history, 'pushState'), routed, location.pathname, history.state.routed]";
        assert_eq!(browser.run(theirs, &[]).await, json!([true, true, false, 1, "/shop/1/", true]));
        // Closed, it has been shown: further pages don't bring it back.
        browser.run("puls('close')", &[]).await;
        go(&browser, "/shop/2").await;
        pass(&browser, 700).await;
        assert_eq!(browser.survey("shop").count("*").await, 0);
        browser.run("history.back()", &[]).await;
        assert_eq!(browser.page_errors().await, json!([]));
    }
}

#[tokio::test]
async fn the_rules_of_a_survey_by_its_address_are_in_its_definition() {
    let rules = json!({ "trigger": ["manual"], "display": "inline", "pages": { "include": ["/shop/*"] } });
    let definition = asked::survey("elsewhere", &rules);
    let collector = Collector::start();
    let element = "<puls-survey survey='/definition.json' trigger='event:now'></puls-survey>\
        <puls-survey id='by-itself' survey='/definition.json'></puls-survey>";
    let page = Html(document(&format!("{element}{}", script_tag(&collector, ""))));
    let routes = Router::new().route("/definition.json", get(async move || definition.clone()));
    let host = Host::routes(routes.fallback(get(async move || page))).await;
    let browser = Browser::start().await;
    browser.open(&format!("{}/start", host.origin())).await;
    browser.run_async("customElements.whenDefined('puls-survey').then(() => arguments[0]())", &[]).await;
    browser.run("puls('track', 'now')", &[]).await;
    pass(&browser, 300).await;
    let survey = browser.survey("/definition.json");
    assert_eq!(survey.count("*").await, 0);
    go(&browser, "/shop/1").await;
    survey.heading("elsewhere?").await;
    assert_eq!(browser.run("return document.querySelector('#by-itself').shadowRoot", &[]).await, json!(null));
    assert_eq!(browser.page_errors().await, json!([]));
}
