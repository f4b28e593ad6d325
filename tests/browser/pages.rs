use crate::asked;
use crate::quiet::{HELD, WATCHED, fetched, loader_is_there, pass, turns};
use axum::Router;
use axum::response::Html;
use axum::routing::get;
use puls_tests::browser::Browser;
use puls_tests::collector::Collector;
use puls_tests::host::{Host, document, script_tag};
use puls_tests::until;
use serde_json::json;

/// What the first survey on the page says when it is shown: at which path, and after how many milliseconds.
const CLOCK: &str = "document.addEventListener('puls-shown', ({ detail }) => \
    (window.shown ??= []).push([detail.survey, location.pathname, performance.now()]));";

/// Of a survey nothing arrives until the story lets it go.
const GATE: &str = "const genuine = window.fetch, gate = new Promise((then) => (window.letGo = then));
    window.fetch = async (address, init) => {
        const answer = await genuine(address, init);
        if (String(address).includes('/v1/surveys/')) await gate;
        return answer;
    };";

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

/// A browser in which time passes when the story says so, after a script of the page's own.
async fn started(before: &str) -> Browser {
    let browser = Browser::start().await;
    browser.before_each_page(&format!("{before}{HELD}{WATCHED}")).await;
    browser
}

/// Goes to another address, and gives an older browser the time to notice.
async fn arrive(browser: &Browser, path: &str) {
    go(browser, path).await;
    pass(browser, 500).await;
}

async fn waits(browser: &Browser) {
    assert_eq!(fetched(browser).await, [""; 0]);
}

#[tokio::test]
async fn a_survey_that_is_due_waits_for_a_page_that_it_belongs_to() {
    let rules = json!({ "pages": { "include": ["/shop/*", "/a.b"], "exclude": ["*/pay", "/shop/(*"] } });
    let collector = Collector::with_surveys(&[&asked::survey("shop", &rules)]);
    let host = anywhere(&script_tag(&collector, "data-survey='shop'")).await;
    for before in ["", OLDER] {
        let browser = started(before).await;
        browser.open(&format!("{}/start", host.origin())).await;
        waits(&browser).await;
        for path in ["/shop", "/shop/cart/pay", "/shop/(x)", "/axb", "/a.b/c", "/start/shop/1", "/SHOP/1"] {
            arrive(&browser, path).await;
            waits(&browser).await;
        }
        arrive(&browser, "/shop/lamps/1?pay").await;
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
    browser.before_each_page(&format!("{CLOCK}{GATE}")).await;
    browser.open(&format!("{}/shop/1", host.origin())).await;
    loader_is_there(&browser).await;
    browser.run("puls('track', 'now')", &[]).await;
    // Its turn has come, and its definition hasn't.
    turns(&browser, 1, 0).await;
    go(&browser, "/elsewhere").await;
    browser.run("letGo()", &[]).await;
    // It has had its turn.
    turns(&browser, 0, 0).await;
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
        let browser = started(before).await;
        browser.open(&format!("{}/start", host.origin())).await;
        waits(&browser).await;
        arrive(&browser, "/shop/1").await;
        browser.survey("shop").heading("shop?").await;
        let theirs = "return [theirs[0] == history.pushState, theirs[1] == history.replaceState, \
            Object.hasOwn(history, 'pushState'), routed, location.pathname, history.state.routed]";
        assert_eq!(browser.run(theirs, &[]).await, json!([true, true, false, 1, "/shop/1/", true]));
        // Closed, it has been shown: further pages don't bring it back.
        browser.run("puls('close')", &[]).await;
        let before = fetched(&browser).await;
        assert!(!before.is_empty(), "what was fetched for the survey is noted");
        arrive(&browser, "/shop/2").await;
        assert_eq!(fetched(&browser).await, before);
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
    let read = "const genuine = Response.prototype.json;
        window.rules = 0;
        Response.prototype.json = async function () { const json = await genuine.call(this); rules++; return json; };";
    browser.before_each_page(&format!("{read}{WATCHED}")).await;
    browser.open(&format!("{}/start", host.origin())).await;
    loader_is_there(&browser).await;
    browser.run("puls('track', 'now')", &[]).await;
    until("rules for both", async || {
        let read = browser.run("return rules", &[]).await;
        if read == json!(2) { Ok(()) } else { Err(read.to_string()) }
    })
    .await;
    waits(&browser).await;
    let survey = browser.survey("/definition.json");
    assert_eq!(survey.count("*").await, 0);
    go(&browser, "/shop/1").await;
    survey.heading("elsewhere?").await;
    assert_eq!(browser.run("return document.querySelector('#by-itself').shadowRoot", &[]).await, json!(null));
    assert_eq!(browser.page_errors().await, json!([]));
}
