//! A browser with a fresh profile, and what it tells of itself.

use crate::engine::{Driver, Engine};
use crate::network::Network;
use crate::process::Process;
use crate::survey::Survey;
use crate::until;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::{Error, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::sync::Mutex;
use std::time::Duration;
use tempfile::TempDir;
use thirtyfour::prelude::*;
use tokio::sync::{Semaphore, SemaphorePermit};

/// More at once than this, and a machine with two cores is too busy to be on time.
static SEATS: Semaphore = Semaphore::const_new(2);

/// Notes each event of Puls and each error, from before the page's first script on, and has each release leave at once, as if
/// the page went: else every story would wait for a time drawn by chance. In Chromium it is in every page; for another engine a
/// page has to have it in a script of its own.
pub const RECORDER: &str = r#"
    window.pulsTold = [];
    window.pageErrors = [];
    for (const name of ["shown", "answered", "completed", "dismissed", "released", "route", "error"])
        document.addEventListener(`puls-${name}`, (event) => window.pulsTold.push([event.type, event.detail]));
    document.addEventListener("puls-released", () => dispatchEvent(new PageTransitionEvent("pagehide")));
    window.addEventListener("error", (event) => window.pageErrors.push(String(event.message)));
    window.addEventListener("unhandledrejection", (event) => window.pageErrors.push(String(event.reason)));
    document.addEventListener("securitypolicyviolation", (event) =>
        window.pageErrors.push(`${event.violatedDirective} forbids ${event.blockedURI}`));
"#;

/// A running browser; it and its driver end when it is dropped.
pub struct Browser {
    driver: WebDriver,
    network: Mutex<Network>,
    console: Mutex<Vec<String>>,
    // In the order of their ends.
    _session: Session,
    _processes: Vec<Process>,
    _profile: TempDir,
    _seat: SemaphorePermit<'static>,
}

/// What ends the browser: its driver would leave it running.
struct Session {
    driver: SocketAddr,
    path: String,
}

impl Drop for Session {
    fn drop(&mut self) {
        // By hand, since a test that fails has no runtime to wait for an answer in.
        let end = || -> std::io::Result<()> {
            let mut driver = TcpStream::connect(self.driver)?;
            // Firefox's gives it 70 seconds, which a busy machine may need, and then ends it by force.
            driver.set_read_timeout(Some(Duration::from_secs(90)))?;
            let Self { driver: host, path } = &*self;
            // Firefox's insists on its own name.
            write!(driver, "DELETE {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")?;
            // It answers once the browser has ended.
            let mut status = [0; 12];
            driver.read_exact(&mut status)?;
            if status.ends_with(b"200") {
                Ok(())
            } else {
                Err(Error::other(String::from_utf8_lossy(&status)))
            }
        };
        if let Err(error) = end() {
            eprintln!("the browser of {} may still be running: {error}", self.path);
        }
    }
}

impl Browser {
    /// Starts Chromium, as soon as there is a seat for it.
    ///
    /// # Panics
    ///
    /// When it can't be started.
    pub async fn start() -> Self {
        let browser = Self::start_with(Engine::Chromium).await;
        browser.before_each_page(RECORDER).await;
        browser
    }

    /// Starts a browser with this engine. Whatever goes by the developer tools' protocol is Chromium's alone: what is
    /// in every page, the network, the console, emulation.
    ///
    /// # Panics
    ///
    /// When it can't be started.
    pub async fn start_with(engine: Engine) -> Self {
        let seat = SEATS.acquire().await.expect("the semaphore is never closed");
        let mut begun = Self::begun(engine).await;
        // On a machine that stalls, a browser may miss the time that its driver gives it.
        for _ in 0..2 {
            if begun.is_err() {
                begun = Self::begun(engine).await;
            }
        }
        let (driver, port, processes, profile) =
            begun.unwrap_or_else(|error| panic!("{engine:?} doesn't start: {error}"));
        let path = format!("/session/{}", driver.session_id());
        let session = Session { driver: (Ipv4Addr::LOCALHOST, port).into(), path };
        // The session's end is taken care of.
        driver.clone().leak().expect("a session that has just begun");
        Self {
            driver,
            network: Mutex::default(),
            console: Mutex::default(),
            _session: session,
            _processes: processes,
            _profile: profile,
            _seat: seat,
        }
    }

    /// A session that has just begun, with its driver's port and what it needs to go on.
    async fn begun(engine: Engine) -> WebDriverResult<(WebDriver, u16, Vec<Process>, TempDir)> {
        let profile = TempDir::new().expect("a temporary folder");
        let Driver { port, capabilities, processes } = engine.driver(profile.path()).await;
        let driver = WebDriver::new(format!("http://127.0.0.1:{port}"), capabilities).await?;
        Ok((driver, port, processes, profile))
    }

    /// What WebDriver itself offers.
    pub fn driver(&self) -> &WebDriver {
        &self.driver
    }

    /// Opens an address.
    pub async fn open(&self, url: &str) {
        self.driver.goto(url).await.unwrap_or_else(|error| panic!("{url}: {error}"));
    }

    /// Opens the same address again.
    pub async fn reload(&self) {
        self.driver.refresh().await.expect("a reloaded page");
    }

    /// Runs a function's body in the page and returns what it returns.
    pub async fn run(&self, script: &str, arguments: &[Value]) -> Value {
        let returned = self.driver.execute(script, arguments.to_vec()).await;
        returned.unwrap_or_else(|error| panic!("{script}: {error}")).json().clone()
    }

    /// Runs a function's body in the page, and returns what it passes on to its last argument.
    pub async fn run_async(&self, script: &str, arguments: &[Value]) -> Value {
        let returned = self.driver.execute_async(script, arguments.to_vec()).await;
        returned.unwrap_or_else(|error| panic!("{script}: {error}")).json().clone()
    }

    /// Types keys, one after the other, wherever the focus is.
    pub async fn press(&self, keys: &[Key]) {
        for key in keys {
            self.driver.action_chain().send_keys(key.clone()).perform().await.expect("a key");
        }
    }

    /// The same while Shift is held down.
    pub async fn press_with_shift(&self, keys: &[Key]) {
        for key in keys {
            let chain =
                self.driver.action_chain().key_down(Key::Shift).send_keys(key.clone()).key_up(Key::Shift);
            chain.perform().await.expect("a key");
        }
    }

    /// What has the focus: its tag, its part if it has one, and its text.
    pub async fn focused(&self) -> String {
        let script = r#"
            let at = document.activeElement;
            while (at.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
            return at == document.body ? "body" : [at.localName, at.getAttribute("part"), at.textContent].filter(Boolean).join(" ")"#;
        self.run(script, &[]).await.as_str().unwrap_or_default().to_owned()
    }

    /// Waits until something has the focus, described as by [`Browser::focused`].
    pub async fn focus_on(&self, expected: &str) {
        until(&format!("the focus on {expected:?}"), async || {
            let focused = self.focused().await;
            if focused == expected { Ok(()) } else { Err(focused) }
        })
        .await;
    }

    /// Everything in the page's `localStorage`, by key.
    pub async fn stored(&self) -> BTreeMap<String, String> {
        let stored = self.run("return Object.fromEntries(Object.entries(localStorage))", &[]).await;
        serde_json::from_value(stored).expect("texts by key")
    }

    /// Waits until the page itself has an element like this.
    pub async fn ready(&self, selector: &str) {
        until(&format!("{selector} on the page"), async || {
            let script = "return [!!document.querySelector(arguments[0]), document.body.innerText]";
            let found = self.run(script, &[json!(selector)]).await;
            if found[0] == json!(true) { Ok(()) } else { Err(found[1].to_string()) }
        })
        .await;
    }

    /// Waits until the page has nothing to do, so that what is measured next has the browser to itself. It is no sign that something
    /// absent would have come.
    pub async fn idle(&self) {
        self.run_async("requestIdleCallback(() => requestIdleCallback(arguments[0], { timeout: 2000 }), { timeout: 2000 })", &[]).await;
    }

    /// Calls a command of the developer tools' protocol.
    pub async fn command(&self, name: &str, parameters: Value) -> Value {
        let answer = self.driver.cdp().send_raw(name, parameters).await;
        answer.unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// Runs a script in every document to come, before any script of its own.
    pub async fn before_each_page(&self, script: &str) {
        self.command("Page.addScriptToEvaluateOnNewDocument", json!({ "source": script })).await;
    }

    /// Gives the page this width and height, in CSS pixels.
    pub async fn resize(&self, width: u32, height: u32) {
        self.magnify(width, height, 1).await;
    }

    /// The same, with so many of the screen's pixels for each of the page's, as where somebody has zoomed.
    pub async fn magnify(&self, width: u32, height: u32, scale: u32) {
        let metrics =
            json!({ "width": width, "height": height, "deviceScaleFactor": scale, "mobile": width < 600 });
        self.command("Emulation.setDeviceMetricsOverride", metrics).await;
    }

    /// Has the person prefer `light` or `dark`, and no motion: a colour in transition is none that anybody has chosen.
    pub async fn prefer(&self, scheme: &str) {
        self.emulate(&[("prefers-color-scheme", scheme), ("prefers-reduced-motion", "reduce")]).await;
    }

    /// Has media features such as `forced-colors` these values.
    pub async fn emulate(&self, features: &[(&str, &str)]) {
        let named = |(name, value): &(&str, &str)| json!({ "name": name, "value": value });
        let features: Vec<Value> = features.iter().map(named).collect();
        self.command("Emulation.setEmulatedMedia", json!({ "features": features })).await;
    }

    /// The survey with this id, wherever it stands on the page.
    pub fn survey(&self, id: &str) -> Survey<'_> {
        Survey::new(self, format!("puls-survey[survey='{id}']"))
    }

    /// What Puls told the page by events since it was opened, each with its name and its detail.
    pub async fn told(&self) -> Vec<(String, Value)> {
        // A tab that was opened later has no record of it.
        let told = self.run("return window.pulsTold ?? []", &[]).await;
        serde_json::from_value(told).expect("pairs of name and detail")
    }

    /// Waits for an event of this name, and returns its detail.
    pub async fn told_of(&self, name: &str) -> Value {
        until(&format!("the event {name}"), async || {
            let told = self.told().await;
            let found = told.iter().find(|(told, _)| told == name).map(|(_, detail)| detail.clone());
            found.ok_or_else(|| format!("{told:?}"))
        })
        .await
    }

    /// What the page threw since it was opened.
    pub async fn page_errors(&self) -> Value {
        self.run("return window.pageErrors", &[]).await
    }

    /// Everything in the console since the browser was started, each with its level.
    pub async fn console(&self) -> Vec<String> {
        let new = self.driver.browser_log().await.expect("the console");
        let mut console = self.console.lock().expect("no test panics while it holds this");
        console.extend(new.into_iter().map(|entry| format!("{}: {}", entry.level, entry.message)));
        console.clone()
    }

    /// Every request since the browser was started.
    pub async fn network(&self) -> Network {
        let new = self.driver.get_log("performance").await.expect("the network log");
        let mut network = self.network.lock().expect("no test panics while it holds this");
        for entry in new {
            let event: Value = serde_json::from_str(&entry.message).expect("events in JSON");
            let event = &event["message"];
            network.note(event["method"].as_str().unwrap_or_default(), &event["params"]);
        }
        network.clone()
    }
}
