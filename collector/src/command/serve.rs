//! `puls-collector serve`: serves until it is told to stop.

use super::CommandError;
use super::options::path;
use crate::assets::Assets;
use crate::clock::Clock;
use crate::collector::{Collector, Site};
use crate::origins::Origins;
use crate::routes::router;
#[cfg(feature = "sealed")]
use crate::sealed::Collecting;
use crate::settler::{Settler, Unsettled};
use crate::store::{self, Store};
use crate::surveys::Surveys;
use crate::token::TokenHash;
use clap::Args;
use clap::builder::NonEmptyStringValueParser;
use puls_core::doubts::doubts;
use std::io::Write;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::{OwnedMutexGuard, oneshot};
use tokio::task::JoinHandle;

/// How long requests in flight may take once the collector has been told to stop.
const GRACE: Duration = Duration::from_secs(15);

/// What `serve` takes.
#[derive(Args, Clone)]
pub struct Options {
    /// Folder with the surveys' definitions, *.json
    #[arg(long, env = "PULS_SURVEYS", value_name = "DIR", value_parser = path())]
    pub surveys: PathBuf,
    /// Where totals are kept: sqlite:FILE, which is made when there is none
    #[arg(long, env = "PULS_DATABASE", value_name = "URL")]
    pub database: String,
    /// Address and port; port 0 picks a free one
    #[arg(long, env = "PULS_LISTEN", value_name = "ADDR", default_value = "127.0.0.1:8080")]
    pub listen: String,
    /// What results are read with; when left out, one is made and printed at the first start
    #[arg(long, env = "PULS_RESULTS_TOKEN", hide_env_values = true, value_name = "TOKEN",
        value_parser = NonEmptyStringValueParser::new())]
    pub results_token: Option<String>,
    /// Origins of the pages that may post releases, such as https://*.example.com or null; any when left out
    #[arg(long, env = "PULS_ALLOW_ORIGIN", value_name = "ORIGIN", num_args = 1..)]
    pub allow_origin: Vec<Origins>,
    /// File with the credentials of sealed surveys, by survey; their sums are asked for when it is given
    #[cfg(feature = "sealed")]
    #[arg(long, env = "PULS_SEALED", value_name = "FILE", value_parser = path())]
    pub sealed: Option<PathBuf>,
}

/// A collector that is serving.
pub struct Running {
    address: SocketAddr,
    first_token: Option<String>,
    stop: oneshot::Sender<()>,
    served: JoinHandle<std::io::Result<()>>,
    background: Vec<JoinHandle<()>>,
    store: Arc<dyn Store>,
    unsettled: Unsettled,
    clock: Clock,
}

/// Serves until SIGINT or SIGTERM, finishes what is in flight, and closes the database.
///
/// # Errors
/// [`CommandError`] when it can't start, or can't go on.
pub async fn run(options: &Options, assets: Assets) -> Result<(), CommandError> {
    let stop = stop_signal()?;
    let running = start(options, assets).await?;
    std::io::stdout().write_all(running.greeting().as_bytes())?;
    stop.await;
    tracing::info!("stopping");
    running.stop().await
}

/// Starts serving, and returns once requests are taken.
///
/// # Errors
/// [`CommandError`] when a survey has mistakes, or the database or the address can't be used.
pub async fn start(options: &Options, assets: Assets) -> Result<Running, CommandError> {
    start_with(options, assets, Clock::System).await
}

/// [Starts](start) with a clock of its own.
///
/// # Errors
/// [`CommandError`] when a survey has mistakes, or the database or the address can't be used.
pub async fn start_with(options: &Options, assets: Assets, clock: Clock) -> Result<Running, CommandError> {
    let store = store::open(&options.database).await?;
    let surveys = Arc::new(Surveys::open(&options.surveys, &*store, clock.today()).await?);
    let unsettled = Unsettled::default();
    let (token, first_token) = match &options.results_token {
        Some(token) => (TokenHash::chosen(token)?, None),
        None => TokenHash::kept_in(&*store).await?,
    };
    for survey in surveys.iter() {
        doubts(survey).iter().for_each(|doubt| tracing::warn!("survey {}: {doubt}", survey.id));
    }
    let collecting = collecting(options, &surveys, &store, &clock, &unsettled)?;
    if let Err(error) = store.keep_files(&assets.by_content().collect::<Vec<_>>(), clock.today()).await {
        tracing::warn!(
            "pages that are open when this build is replaced will have to be loaded again: {error}"
        );
    }
    let earlier = store.files().await?;
    let site = Site::new(&assets.with_earlier(earlier), &surveys);
    if site.loader.is_none() {
        tracing::warn!("built without the files that browsers load; `cargo xtask dist` makes them");
    }
    let origins = options.allow_origin.iter().cloned().collect();
    let settler = Settler::new(&store, &surveys, &clock, &unsettled);
    let collector = Collector {
        store: Arc::clone(&store),
        surveys,
        unsettled: unsettled.clone(),
        token,
        site,
        clock: clock.clone(),
        origins,
    };
    let router = router(Arc::new(collector));
    let failed = |cause| CommandError::Listen { address: options.listen.clone(), cause };
    let listener = TcpListener::bind(options.listen.trim()).await.map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    let (stop, stopped) = oneshot::channel();
    let serve = axum::serve(listener, router).with_graceful_shutdown(async { drop(stopped.await) });
    let background = [Some(tokio::spawn(settler.run())), collecting.map(tokio::spawn)];
    let background = background.into_iter().flatten().collect();
    let served = tokio::spawn(serve.into_future());
    Ok(Running { address, first_token, stop, served, background, store, unsettled, clock })
}

/// What asks for the sums of sealed surveys, if it is to.
#[cfg(feature = "sealed")]
fn collecting(
    options: &Options,
    surveys: &Surveys,
    store: &Arc<dyn Store>,
    clock: &Clock,
    unsettled: &Unsettled,
) -> Result<Option<impl Future<Output = ()> + use<>>, CommandError> {
    let Some(file) = &options.sealed else { return Ok(None) };
    Ok(Some(Collecting::new(file, surveys, store, clock, unsettled)?.run()))
}

/// This build asks for none.
#[cfg(not(feature = "sealed"))]
fn collecting(
    _: &Options,
    _: &Surveys,
    _: &Arc<dyn Store>,
    _: &Clock,
    _: &Unsettled,
) -> Result<Option<std::future::Ready<()>>, CommandError> {
    Ok(None)
}

impl Running {
    /// Where it is served, without a slash at the end.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Waits until readers are shown all that they may be shown by now.
    pub async fn settled(&self) {
        self.unsettled.settled(&self.clock).await;
    }

    /// Readers are shown nothing new until the guard that this returns is dropped. What comes meanwhile is settled together then.
    pub async fn hold(&self) -> OwnedMutexGuard<()> {
        self.unsettled.hold().await
    }

    /// Opens the results page; only where the token was made at this very start.
    pub fn results_link(&self) -> Option<String> {
        self.first_token.as_ref().map(|token| format!("{}/results#token={token}", self.url()))
    }

    /// What whoever started it needs to know.
    fn greeting(&self) -> String {
        let mut greeting = format!("listening on {}\n", self.url());
        if let Some(link) = self.results_link() {
            greeting += &format!("results are at {link}\nkeep this link: it is shown only now\n");
        }
        greeting
    }

    /// Takes no more requests, finishes those in flight, and closes the database.
    ///
    /// # Errors
    /// [`CommandError::Serve`] when serving had failed.
    pub async fn stop(self) -> Result<(), CommandError> {
        // Whoever listens for it may be gone, because serving failed; that shows below.
        let _ = self.stop.send(());
        // What they were about to do is done after the next start.
        self.background.iter().for_each(JoinHandle::abort);
        let served = tokio::time::timeout(GRACE, self.served).await;
        self.store.close().await;
        match served {
            Ok(Ok(served)) => Ok(served?),
            Ok(Err(failed)) => Err(CommandError::Serve(failed.into())),
            Err(_) => {
                tracing::warn!("gave up on requests that took too long");
                Ok(())
            }
        }
    }
}

/// Listens for SIGINT and SIGTERM from now on; the future ends when one has come.
#[cfg(unix)]
fn stop_signal() -> std::io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupted = signal(SignalKind::interrupt())?;
    let mut terminated = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupted.recv() => (),
            _ = terminated.recv() => (),
        }
    })
}

/// Listens for Ctrl-C from now on; the future ends when it has come.
#[cfg(windows)]
fn stop_signal() -> std::io::Result<impl Future<Output = ()>> {
    let mut interrupted = tokio::signal::windows::ctrl_c()?;
    Ok(async move { drop(interrupted.recv().await) })
}
