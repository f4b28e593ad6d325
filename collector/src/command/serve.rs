//! `puls-collector serve`: serves until it is told to stop.

use super::CommandError;
use super::options::path;
use crate::answers::Answers;
use crate::assets::Assets;
use crate::clock::Clock;
use crate::collector::{Collector, Site};
use crate::organisation::LatestOrganisation;
use crate::origins::Origins;
use crate::routes::router;
#[cfg(feature = "sealed")]
use crate::sealed::Collecting;
use crate::settler::{Settler, Unsettled};
use crate::store::{self, Store, StoreError};
use crate::surveys::Surveys;
use crate::token::TokenHash;
use clap::Args;
use clap::builder::NonEmptyStringValueParser;
use puls_analysis::organisation::Organisation;
use puls_core::doubts::doubts;
use std::io::Write;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::{OwnedMutexGuard, oneshot};
use tokio::task::JoinHandle;

/// How long requests in flight may take after the collector has been told to stop.
const GRACE: Duration = Duration::from_secs(15);

/// The options of `serve`.
#[derive(Args, Clone)]
pub struct Options {
    /// Folder with the surveys' definitions, *.json
    #[arg(long, env = "PULS_SURVEYS", value_name = "DIR", value_parser = path())]
    pub surveys: PathBuf,
    /// Database for the totals: sqlite:FILE; the file is created if it doesn't exist
    #[arg(long, env = "PULS_DATABASE", value_name = "URL")]
    pub database: String,
    /// Address and port to listen on; port 0 picks a free one
    #[arg(long, env = "PULS_LISTEN", value_name = "ADDR", default_value = "127.0.0.1:8080")]
    pub listen: String,
    /// Token for reading results; if left out, the first start makes one and prints it
    #[arg(long, env = "PULS_RESULTS_TOKEN", hide_env_values = true, value_name = "TOKEN",
        value_parser = NonEmptyStringValueParser::new())]
    pub results_token: Option<String>,
    /// Origins of the pages that may post releases, such as https://*.example.com or null; if left out, any may
    #[arg(long, env = "PULS_ALLOW_ORIGIN", value_name = "ORIGIN", num_args = 1..)]
    pub allow_origin: Vec<Origins>,
    /// File with the credentials of sealed surveys; if given, the collector asks their leaders for sums
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
    collector: Arc<Collector>,
}

/// Serves until SIGINT or SIGTERM, finishes the requests in flight, and closes the database.
///
/// # Errors
/// [`CommandError`] if the collector can't start, or the server fails.
pub async fn run(options: &Options, assets: Assets) -> Result<(), CommandError> {
    let stop = stop_signal()?;
    let running = start(options, assets).await?;
    std::io::stdout().write_all(running.greeting().as_bytes())?;
    stop.await;
    tracing::info!("stopping");
    running.stop().await
}

/// Starts serving, and returns as soon as requests are taken.
///
/// # Errors
/// [`CommandError`] if a survey has mistakes, or the database or the address can't be used.
pub async fn start(options: &Options, assets: Assets) -> Result<Running, CommandError> {
    start_with(options, assets, Clock::System).await
}

/// [Starts](start) with the given clock.
///
/// # Errors
/// [`CommandError`] if a survey has mistakes, or the database or the address can't be used.
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
            "the files for browsers can't be kept in the database, so pages that are open when a newer build replaces this one \
             will have to be reloaded: {error}"
        );
    }
    let earlier = store.files().await?;
    let site = Site::new(&assets.with_earlier(earlier), &surveys);
    if site.loader.is_none() {
        tracing::warn!(
            "this collector was built without the files that browsers load; build them with `cargo xtask dist`"
        );
    }
    let origins = options.allow_origin.iter().cloned().collect();
    let settler = Settler::new(&store, &surveys, &clock, &unsettled);
    let organisation = LatestOrganisation::new(&store);
    let answers = Answers::default();
    let collector =
        Collector { store, surveys, unsettled, organisation, answers, token, site, clock, origins };
    let collector = Arc::new(collector);
    let router = router(Arc::clone(&collector));
    let failed = |cause| CommandError::Listen { address: options.listen.clone(), cause };
    let listener = TcpListener::bind(options.listen.trim()).await.map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    let (stop, stopped) = oneshot::channel();
    let serve = axum::serve(listener, router).with_graceful_shutdown(async { drop(stopped.await) });
    let background = [Some(tokio::spawn(settler.run())), collecting.map(tokio::spawn)];
    let background = background.into_iter().flatten().collect();
    let served = tokio::spawn(serve.into_future());
    Ok(Running { address, first_token, stop, served, background, collector })
}

/// The task that asks for the sums of sealed surveys; `None` without a file with credentials.
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

/// This build collects no sealed surveys.
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
    /// The collector's URL, without a slash at the end.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Waits until readers are shown all that they may be shown by now.
    pub async fn settled(&self) {
        self.collector.unsettled.settled(&self.collector.clock).await;
    }

    /// Stops publishing until the returned guard is dropped. Everything added meanwhile is then settled together.
    pub async fn hold(&self) -> OwnedMutexGuard<()> {
        self.collector.unsettled.hold().await
    }

    /// What the organisation has told by now, as routes find it.
    ///
    /// # Errors
    /// [`StoreError`] if the database can't be used.
    pub async fn organisation(&self) -> Result<Arc<Organisation>, StoreError> {
        self.collector.organisation.get().await
    }

    /// A link that opens the results page; `None` unless the token was made at this start.
    pub fn results_link(&self) -> Option<String> {
        self.first_token.as_ref().map(|token| format!("{}/results#token={token}", self.url()))
    }

    /// The text for whoever started the collector.
    fn greeting(&self) -> String {
        let mut greeting = format!("listening on {}\n", self.url());
        if let Some(link) = self.results_link() {
            greeting += &format!("results are at {link}\nkeep this link: it is shown only now\n");
        }
        greeting
    }

    /// Stops taking requests, finishes those in flight, and closes the database.
    ///
    /// # Errors
    /// [`CommandError::Serve`] if the server had failed.
    pub async fn stop(self) -> Result<(), CommandError> {
        // Sending fails if the server has ended by itself, which shows below.
        let _ = self.stop.send(());
        // What the background tasks didn't finish, they do after the next start.
        self.background.iter().for_each(JoinHandle::abort);
        let served = tokio::time::timeout(GRACE, self.served).await;
        self.collector.store.close().await;
        match served {
            Ok(Ok(served)) => Ok(served?),
            Ok(Err(failed)) => Err(CommandError::Serve(failed.into())),
            Err(_) => {
                tracing::warn!(
                    "stopped without answering the requests that took longer than {} s",
                    GRACE.as_secs()
                );
                Ok(())
            }
        }
    }
}

/// Listens for SIGINT and SIGTERM from now on; the future ends when one of them comes.
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

/// Listens for Ctrl-C from now on; the future ends when it comes.
#[cfg(windows)]
fn stop_signal() -> std::io::Result<impl Future<Output = ()>> {
    let mut interrupted = tokio::signal::windows::ctrl_c()?;
    Ok(async move { drop(interrupted.recv().await) })
}
