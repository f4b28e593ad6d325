//! What lies in a browser's outbox.

use puls_tests::browser::Browser;
use puls_tests::until;
use serde_json::{Value, json};

/// What each of its keys begins with; a day and a random number follow.
pub(crate) const OUTBOX: &str = "puls.outbox.";

/// The parcels that wait.
pub(crate) async fn waiting(browser: &Browser) -> Vec<Value> {
    let stored = browser.stored().await;
    let parcels = stored.iter().filter(|(key, _)| key.starts_with(OUTBOX));
    parcels.map(|(_, parcel)| serde_json::from_str(parcel).unwrap()).collect()
}

/// Waits until as many are left.
pub(crate) async fn wait_until_left(browser: &Browser, left: usize) {
    until(&format!("{left} parcels in the outbox"), async || {
        let waiting = waiting(browser).await;
        if waiting.len() == left { Ok(()) } else { Err(format!("{waiting:?}")) }
    })
    .await;
}

/// Puts a parcel into the outbox, as an earlier page view would have left it behind so many days ago.
pub(crate) async fn leave(browser: &Browser, name: &str, days_ago: i64, parcel: &Value) {
    let script = "const day = Math.floor(Date.now() / 864e5) - arguments[1];
        localStorage.setItem(`puls.outbox.${day}.${arguments[0]}`, arguments[2])";
    browser.run(script, &[json!(name), json!(days_ago), json!(parcel.to_string())]).await;
}
