//! Stories in which nothing is to happen, or only after a while: how to see that without waiting.

use puls_tests::browser::Browser;
use puls_tests::until;
use serde_json::json;

/// Notes what the page's scripts ask for, in the moment in which they do. Whoever asks for the survey `/marker` never gets it.
pub(crate) const WATCHED: &str = "{
    const genuine = window.fetch;
    window.asked = [];
    window.fetch = (address, init) => {
        if (address == '/marker') return new Promise(() => dispatchEvent(new Event('marked')));
        asked.push(String(address));
        return genuine(address, init);
    };
}";

/// Timers of a quarter of a second and more ring when a story lets time [`pass`], and never by themselves.
pub(crate) const HELD: &str = r#"{
    let now = 0;
    let id = 1e9;
    const timers = new Map();
    for (const kind of ["Timeout", "Interval"]) {
        const [set, clear] = [window[`set${kind}`], window[`clear${kind}`]];
        window[`set${kind}`] = (then, delay, ...rest) => {
            if (!(delay >= 250)) return set(then, delay, ...rest);
            timers.set(++id, { at: now + delay, every: kind == "Interval" && delay, ring: () => then(...rest) });
            return id;
        };
        window[`clear${kind}`] = (id) => void (timers.delete(id) || clear(id));
    }
    window.held = () => timers.size;
    window.pass = (milliseconds) => {
        const end = now + milliseconds;
        for (;;) {
            const due = [...timers].filter(([, { at }]) => at <= end).sort(([, a], [, b]) => a.at - b.at);
            if (!due.length) break;
            const [id, timer] = due[0];
            now = timer.at;
            timer.every ? (timer.at += timer.every) : timers.delete(id);
            timer.ring();
        }
        now = end;
    };
}"#;

/// Lets that much time pass in a page whose timers are [`HELD`].
pub(crate) async fn pass(browser: &Browser, milliseconds: u32) {
    browser.run("pass(arguments[0])", &[json!(milliseconds)]).await;
}

/// Waits until the loader is there.
pub(crate) async fn loader_is_there(browser: &Browser) {
    let defined = "customElements.whenDefined('puls-survey').then(() => arguments[0]())";
    browser.run_async(defined, &[]).await;
}

/// What the widget and its surveys consist of, as far as this page has asked for it while it was [`WATCHED`]: it does so in
/// the moment in which a survey is to be shown. The sign that this moment has passed is a survey that comes to the page after
/// all others, is due at once, and is asked for.
pub(crate) async fn fetched(browser: &Browser) -> Vec<String> {
    let script = "const [done] = arguments, marker = document.createElement('puls-survey');
        marker.setAttribute('survey', '/marker');
        marker.setAttribute('trigger', 'load');
        addEventListener('marked', () => (marker.remove(), done(asked)), { once: true });
        document.body.append(marker);";
    let asked = browser.run_async(script, &[]).await;
    let asked: Vec<String> = serde_json::from_value(asked).unwrap();
    asked.into_iter().filter(|url| url.contains("/assets/") || url.contains("/v1/surveys/")).collect()
}

/// Waits until the survey on the page has heard how much room it has, and done what it does about that. The sign is an observer
/// of the same panel that comes after the survey's own, and waits as long: it is told in the same frame, and its timer rings later.
pub(crate) async fn room_is_known(browser: &Browser) {
    let script = "const [done] = arguments, panel = document.querySelector('puls-survey').shadowRoot.querySelector('.panel');
        new ResizeObserver((_, observer) => { observer.disconnect(); setTimeout(done); }).observe(panel);";
    browser.run_async(script, &[]).await;
}

/// Waits until this many tabs of the site are showing a survey above the page, or about to, and this many wait for their turn.
pub(crate) async fn turns(browser: &Browser, taken: usize, waiting: usize) {
    let script =
        "navigator.locks.query().then(({ held, pending }) => arguments[0]([held.length, pending.length]))";
    until(&format!("{taken} turns taken and {waiting} waited for"), async || {
        let turns = browser.run_async(script, &[]).await;
        if turns == json!([taken, waiting]) { Ok(()) } else { Err(turns.to_string()) }
    })
    .await;
}
