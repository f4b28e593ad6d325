//! A proxy in front of a collector that does to releases whatever a network may do to them.
//!
//! Of what is posted, most has to bear a [`Fault`], which follows from a seed as far as the order of posts does. A
//! release bears a few at most, so that sooner or later each is answered. Everything else, such as what a browser asks
//! before it posts to another site, goes through as it is.

mod fault;

pub use fault::Fault;

use crate::collector::Collector;
use fault::{Drawn, Faults};
use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::header::{
    ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_EXPOSE_HEADERS, CONNECTION, HOST, RETRY_AFTER,
};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use std::collections::BTreeMap;
use std::io::{Error, ErrorKind, Result};
use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex, MutexGuard};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, oneshot, watch};
use tokio::task::{JoinHandle, JoinSet};

/// So many later ones have to be accepted before one that is overtaken.
const OVERTAKEN_BY: u64 = 2;
/// So many at most wait for that: if all did, nobody would go on and overtake them.
const MOST_HELD_BACK: usize = 2;
/// In place of the latest post's number, once there won't be any.
const NO_MORE: u64 = u64::MAX;

type Answer = Response<Full<Bytes>>;

/// A running proxy, which ends when it is dropped.
pub struct Proxy {
    /// Where it is served, in the collector's place.
    pub origin: String,
    line: Arc<Line>,
    serving: JoinHandle<()>,
}

/// What lies between a page and the collector.
struct Line {
    collector: String,
    client: reqwest::Client,
    faults: Mutex<Faults>,
    log: Mutex<Log>,
    /// The number of the latest post that was accepted.
    latest: watch::Sender<u64>,
    held_back: Semaphore,
    /// Posts go on when the page that has sent them is gone.
    under_way: Mutex<JoinSet<()>>,
}

/// What has happened so far.
#[derive(Debug, Clone, Default)]
pub struct Log {
    /// How often each fault has befallen something, seen to the end: what was to be overtaken and wasn't isn't counted.
    pub befell: BTreeMap<Fault, usize>,
    /// How often the collector has accepted each text.
    pub accepted: BTreeMap<String, usize>,
}

impl Proxy {
    /// Starts one, with faults that follow from `seed`.
    pub async fn before(collector: &Collector, seed: u64) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a free port");
        let origin = format!("http://{}", listener.local_addr().expect("an address"));
        let line = Arc::new(Line {
            collector: collector.origin.clone(),
            client: reqwest::Client::new(),
            faults: Mutex::new(Faults::from_seed(seed)),
            log: Mutex::default(),
            latest: watch::Sender::new(0),
            held_back: Semaphore::new(MOST_HELD_BACK),
            under_way: Mutex::default(),
        });
        let serving = tokio::spawn(serve(listener, Arc::clone(&line)));
        Self { origin, line, serving }
    }

    /// From now on nothing has to wait until it is overtaken.
    pub fn hold_nothing_back(&self) {
        self.line.latest.send_replace(NO_MORE);
    }

    /// Waits until nothing is under way any more, however late. Then says what has happened.
    pub async fn settled(&self) -> Log {
        self.hold_nothing_back();
        loop {
            let under_way = std::mem::take(&mut *lock(&self.line.under_way));
            if under_way.is_empty() {
                return lock(&self.line.log).clone();
            }
            under_way.join_all().await;
        }
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

async fn serve(listener: TcpListener, line: Arc<Line>) {
    while let Ok((stream, _)) = listener.accept().await {
        tokio::spawn(connection(stream, Arc::clone(&line)));
    }
}

async fn connection(stream: TcpStream, line: Arc<Line>) {
    let service = service_fn(|request| pass(Arc::clone(&line), request));
    // One for each request: a browser by itself repeats what is lost on one that it has used before, and the outbox
    // wouldn't see the fault. An error closes it, which is what a page sees of something lost.
    let _ = http1::Builder::new().keep_alive(false).serve_connection(TokioIo::new(stream), service).await;
}

async fn pass(line: Arc<Line>, request: Request<Incoming>) -> Result<Answer> {
    let (head, body) = request.into_parts();
    let body = body.collect().await.map_err(Error::other)?.to_bytes();
    let request = Request::from_parts(head, body);
    if request.method() != Method::POST {
        return line.forward(request).await;
    }
    let (tell, told) = oneshot::channel();
    let drawn = lock(&line.faults).draw(request.body());
    let there = Arc::clone(&line);
    lock(&line.under_way).spawn(async move {
        // Whoever asked may be gone.
        let _ = tell.send(there.befall(drawn, request).await);
    });
    told.await.unwrap_or_else(|_| lost())
}

impl Line {
    /// Forwards a release as the fault has it. An error is no answer.
    async fn befall(&self, drawn: Drawn, request: Request<Bytes>) -> Result<Answer> {
        let Drawn { number, fault, delay } = drawn;
        let post = async || self.post(number, request.clone()).await;
        let Some(fault) = fault else { return post().await };
        let answer = match fault {
            Fault::Lost => lost(),
            Fault::Unanswered => post().await.and_then(|_| lost()),
            Fault::Delayed => {
                tokio::time::sleep(delay).await;
                post().await
            }
            Fault::Doubled => {
                let (first, second) = tokio::join!(post(), post());
                first.and(second)
            }
            Fault::Overtaken if self.is_overtaken(number).await => post().await,
            Fault::Overtaken => return post().await,
            Fault::Busy => Ok(busy(number)),
        };
        *lock(&self.log).befell.entry(fault).or_default() += 1;
        answer
    }

    /// Waits until later posts have been accepted; whether there were any.
    async fn is_overtaken(&self, number: u64) -> bool {
        let Ok(_place) = self.held_back.try_acquire() else { return false };
        let mut latest = self.latest.subscribe();
        let by = latest.wait_for(|latest| *latest >= number + OVERTAKEN_BY).await;
        by.is_ok_and(|by| *by < NO_MORE)
    }

    async fn post(&self, number: u64, request: Request<Bytes>) -> Result<Answer> {
        let text = String::from_utf8_lossy(request.body()).into_owned();
        let answer = self.forward(request).await?;
        if answer.status().is_success() {
            *lock(&self.log).accepted.entry(text).or_default() += 1;
            self.latest.send_modify(|latest| *latest = number.max(*latest));
        }
        Ok(answer)
    }

    async fn forward(&self, mut request: Request<Bytes>) -> Result<Answer> {
        let address = format!("{}{}", self.collector, request.uri());
        *request.uri_mut() = address.parse().map_err(Error::other)?;
        // Those are of the connection to the proxy.
        request.headers_mut().remove(HOST);
        request.headers_mut().remove(CONNECTION);
        let request = request.try_into().map_err(Error::other)?;
        let answer = self.client.execute(request).await.map_err(Error::other)?;
        let mut response = Response::new(Full::default());
        *response.status_mut() = answer.status();
        *response.headers_mut() = answer.headers().clone();
        *response.body_mut() = Full::new(answer.bytes().await.map_err(Error::other)?);
        Ok(response)
    }
}

fn lost<T>() -> Result<T> {
    Err(ErrorKind::ConnectionAborted.into())
}

/// What a machine in front of the collector says, which lets pages read it.
fn busy(number: u64) -> Answer {
    let statuses = [StatusCode::SERVICE_UNAVAILABLE, StatusCode::TOO_MANY_REQUESTS];
    let response = Response::builder()
        .status(if number.is_multiple_of(2) { statuses[0] } else { statuses[1] })
        .header(ACCESS_CONTROL_ALLOW_ORIGIN, "*")
        .header(ACCESS_CONTROL_EXPOSE_HEADERS, "retry-after")
        .header(RETRY_AFTER, "1");
    response.body(Full::default()).expect("headers without control characters")
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().expect("no test panics while it holds this")
}
