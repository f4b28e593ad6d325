//! An endpoint that isn't a collector: it notes what is posted, and answers as it is told to.

use crate::host::Host;
use axum::Router;
use axum::body::{Body, Bytes};
use axum::http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_EXPOSE_HEADERS, CONTENT_TYPE,
    LOCATION, RETRY_AFTER,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use hyper::body::{Body as Parts, Frame};
use std::collections::VecDeque;
use std::future::pending;
use std::io::{Error, ErrorKind};
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};

/// What a collector says of a release that it has taken.
const RECEIPT: &str = r#"{"status":"accepted"}"#;

/// What a sign-on proxy, or a host of static files, shows in the place of everything that it doesn't know.
const PAGE: &str = "<!doctype html><html><title>Sign in</title><form><input name='user'></form></html>";

/// What is answered.
#[derive(Debug, Clone)]
pub enum Answer {
    /// That the release was accepted, as a collector says it.
    Accepted,
    /// The same, but the connection breaks off in the middle of it.
    CutOff,
    /// This status and this JSON.
    Json(u16, &'static str),
    /// This status and the collector's form of a refusal.
    Problem(u16),
    /// This status and a page in HTML, such as one to sign in.
    Page(u16),
    /// That such a page is somewhere else.
    Redirect,
    /// This status and nothing else.
    Status(u16),
    /// That it is busy, with this in `Retry-After`.
    Busy(String),
    /// Nothing, ever.
    Never,
}

/// A running endpoint, which ends when it is dropped.
pub struct Endpoint {
    /// Where releases are posted.
    pub address: String,
    answer: Arc<Mutex<Answer>>,
    posted: Arc<Mutex<Vec<String>>>,
    _host: Host,
}

impl Endpoint {
    /// Starts one.
    pub async fn answering(answer: Answer) -> Self {
        let (answer, posted) = (Arc::new(Mutex::new(answer)), Arc::default());
        let route = {
            let (answer, posted) = (Arc::clone(&answer), Arc::clone(&posted));
            post(move |body: String| take(body, Arc::clone(&answer), Arc::clone(&posted)))
                .options(async || (StatusCode::NO_CONTENT, headers(&[])))
        };
        let sign_in = get(async || answered(200, "text/html", PAGE));
        let routes = Router::new().route("/releases", route).route("/sign-in", sign_in);
        let host = Host::routes(routes).await;
        Self { address: format!("{}/releases", host.origin()), answer, posted, _host: host }
    }

    /// Has it answer in another way from now on.
    pub fn now_answers(&self, answer: Answer) {
        *self.answer.lock().expect("no test panics while it holds this") = answer;
    }

    /// Everything that was posted, in its order.
    pub fn posted(&self) -> Vec<String> {
        self.posted.lock().expect("no test panics while it holds this").clone()
    }
}

async fn take(body: String, answer: Arc<Mutex<Answer>>, posted: Arc<Mutex<Vec<String>>>) -> Response {
    posted.lock().expect("no test panics while it holds this").push(body);
    let answer = answer.lock().expect("no test panics while it holds this").clone();
    match answer {
        Answer::Accepted => answered(200, "application/json", RECEIPT),
        Answer::CutOff => answered(200, "application/json", Body::new(cut_off(RECEIPT))),
        Answer::Json(status, text) => answered(status, "application/json", text),
        Answer::Problem(status) => answered(
            status,
            "application/problem+json",
            format!(r#"{{"type":"about:blank","title":"","status":{status},"detail":"no"}}"#),
        ),
        Answer::Page(status) => answered(status, "text/html", PAGE),
        Answer::Redirect => (StatusCode::FOUND, headers(&[(LOCATION, "/sign-in")])).into_response(),
        Answer::Status(status) => (code(status), headers(&[])).into_response(),
        Answer::Busy(after) => {
            (StatusCode::SERVICE_UNAVAILABLE, headers(&[(RETRY_AFTER, &after)])).into_response()
        }
        Answer::Never => pending().await,
    }
}

fn answered(status: u16, content_type: &str, body: impl Into<Body>) -> Response {
    (code(status), headers(&[(CONTENT_TYPE, content_type)]), body.into()).into_response()
}

fn code(status: u16) -> StatusCode {
    StatusCode::from_u16(status).expect("a status")
}

/// What pages of other sites may post and read, and these besides.
fn headers(besides: &[(HeaderName, &str)]) -> HeaderMap {
    let allowed = [
        (ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
        (ACCESS_CONTROL_ALLOW_HEADERS, "content-type"),
        (ACCESS_CONTROL_EXPOSE_HEADERS, "retry-after"),
    ];
    let all = allowed.iter().chain(besides);
    all.map(|(name, value)| (name.clone(), HeaderValue::from_str(value).expect("a header's value"))).collect()
}

/// A body that ends with an error in the middle of a text.
struct CutOff(VecDeque<Result<Frame<Bytes>, Error>>);

fn cut_off(text: &'static str) -> CutOff {
    let (there, _lost) = text.split_at(text.len() / 2);
    let there = Frame::data(Bytes::from_static(there.as_bytes()));
    CutOff([Ok(there), Err(ErrorKind::ConnectionReset.into())].into())
}

impl Parts for CutOff {
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Error>>> {
        Poll::Ready(self.0.pop_front())
    }
}
