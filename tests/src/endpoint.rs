//! An endpoint that isn't a collector: it notes what is posted, and answers as it is told to.

use crate::host::Host;
use axum::Router;
use axum::http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_EXPOSE_HEADERS, RETRY_AFTER,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::routing::post;
use std::future::pending;
use std::sync::{Arc, Mutex};

/// What is answered.
#[derive(Clone)]
pub enum Answer {
    /// This status.
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
                .options(async || (StatusCode::NO_CONTENT, headers(None)))
        };
        let host = Host::routes(Router::new().route("/releases", route)).await;
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

async fn take(
    body: String,
    answer: Arc<Mutex<Answer>>,
    posted: Arc<Mutex<Vec<String>>>,
) -> (StatusCode, HeaderMap) {
    posted.lock().expect("no test panics while it holds this").push(body);
    let answer = answer.lock().expect("no test panics while it holds this").clone();
    match answer {
        Answer::Status(status) => (StatusCode::from_u16(status).expect("a status"), headers(None)),
        Answer::Busy(after) => (StatusCode::SERVICE_UNAVAILABLE, headers(Some(&after))),
        Answer::Never => pending().await,
    }
}

/// What pages of other sites may post and read.
fn headers(retry_after: Option<&str>) -> HeaderMap {
    let mut headers = HeaderMap::new();
    let mut state = |name: HeaderName, value: &str| {
        headers.insert(name, HeaderValue::from_str(value).expect("a header's value"));
    };
    state(ACCESS_CONTROL_ALLOW_ORIGIN, "*");
    state(ACCESS_CONTROL_ALLOW_HEADERS, "content-type");
    state(ACCESS_CONTROL_EXPOSE_HEADERS, "retry-after");
    if let Some(after) = retry_after {
        state(RETRY_AFTER, after);
    }
    headers
}
