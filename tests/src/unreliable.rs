//! An unreliable network in front of a collector. Of what is posted through it, some is lost, of some the answer
//! is, some comes twice, and one overtakes another; or whatever stands in between is too busy.

use crate::collector::Collector;
use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::header::{ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_EXPOSE_HEADERS, HOST, RETRY_AFTER};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{HeaderMap, Method, Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use rand_chacha::ChaCha12Rng;
use rand_core::{Rng, SeedableRng};
use std::collections::BTreeMap;
use std::io::{self, ErrorKind};
use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// What befalls something that is posted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// Nothing.
    None,
    /// It never arrives.
    RequestLost,
    /// It arrives and is stored, and nobody hears of it.
    AnswerLost,
    /// It arrives twice.
    Repeated,
    /// It arrives late, after others.
    Late(Duration),
    /// It is turned away with 503 and `Retry-After`.
    Busy,
}

/// A running proxy, which ends when it is dropped.
pub struct Unreliable {
    /// Where it is served, in the collector's place.
    pub origin: String,
    line: Arc<Line>,
    serving: JoinHandle<()>,
}

struct Line {
    collector: String,
    client: reqwest::Client,
    rng: Mutex<ChaCha12Rng>,
    befell: Mutex<BTreeMap<Fault, u32>>,
}

impl Unreliable {
    /// A network whose faults follow from `seed`, as far as the order of what is posted does.
    pub async fn before(collector: &Collector, seed: u64) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a free port");
        let origin = format!("http://{}", listener.local_addr().expect("an address"));
        let line = Arc::new(Line {
            collector: collector.origin.clone(),
            client: reqwest::Client::new(),
            rng: Mutex::new(ChaCha12Rng::seed_from_u64(seed)),
            befell: Mutex::default(),
        });
        let serving = tokio::spawn(serve(listener, Arc::clone(&line)));
        Self { origin, line, serving }
    }

    /// How often each fault has befallen something; those that came late together.
    pub fn befell(&self) -> BTreeMap<Fault, u32> {
        let befell = self.line.befell.lock().expect("no test panics while it holds this").clone();
        befell.into_iter().fold(BTreeMap::new(), |mut sums, (fault, times)| {
            let kind = if matches!(fault, Fault::Late(_)) { Fault::Late(Duration::ZERO) } else { fault };
            *sums.entry(kind).or_default() += times;
            sums
        })
    }
}

impl Drop for Unreliable {
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
    let service = service_fn(move |request| pass(Arc::clone(&line), request));
    // A failure closes it, which is what a page sees of something lost.
    let _ = http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
}

async fn pass(line: Arc<Line>, request: Request<Incoming>) -> io::Result<Response<Full<Bytes>>> {
    let (head, body) = request.into_parts();
    let body = body.collect().await.map_err(io::Error::other)?.to_bytes();
    let forward =
        async || line.forward(&head.method, head.uri.path(), head.headers.clone(), body.clone()).await;
    let fault = if head.method == Method::POST { line.draw() } else { Fault::None };
    match fault {
        Fault::None => {}
        Fault::RequestLost => return Err(ErrorKind::ConnectionAborted.into()),
        Fault::AnswerLost => {
            forward().await?;
            return Err(ErrorKind::ConnectionAborted.into());
        }
        Fault::Repeated => drop(forward().await?),
        Fault::Late(by) => tokio::time::sleep(by).await,
        Fault::Busy => return Ok(busy()),
    }
    forward().await
}

impl Line {
    /// Half of all goes wrong in one way or another.
    fn draw(&self) -> Fault {
        let mut rng = self.rng.lock().expect("no test panics while it holds this");
        let fault = match rng.next_u32() % 20 {
            0..3 => Fault::RequestLost,
            3..6 => Fault::AnswerLost,
            6..8 => Fault::Repeated,
            8..12 => Fault::Late(Duration::from_millis(u64::from(rng.next_u32() % 400))),
            12..14 => Fault::Busy,
            _ => Fault::None,
        };
        *self.befell.lock().expect("no test panics while it holds this").entry(fault).or_default() += 1;
        fault
    }

    async fn forward(
        &self,
        method: &Method,
        path: &str,
        mut headers: HeaderMap,
        body: Bytes,
    ) -> io::Result<Response<Full<Bytes>>> {
        headers.remove(HOST);
        let request = self.client.request(method.clone(), format!("{}{path}", self.collector));
        let answer = request.headers(headers).body(body).send().await.map_err(io::Error::other)?;
        let mut response = Response::new(Full::default());
        *response.status_mut() = answer.status();
        *response.headers_mut() = answer.headers().clone();
        *response.body_mut() = Full::new(answer.bytes().await.map_err(io::Error::other)?);
        Ok(response)
    }
}

fn busy() -> Response<Full<Bytes>> {
    let response = Response::builder()
        .status(StatusCode::SERVICE_UNAVAILABLE)
        .header(ACCESS_CONTROL_ALLOW_ORIGIN, "*")
        .header(ACCESS_CONTROL_EXPOSE_HEADERS, "retry-after")
        .header(RETRY_AFTER, "1");
    response.body(Full::default()).expect("headers without control characters")
}
