//! The leader's routes, and the helper's only route that browsers use.

use crate::collection::Asked;
use crate::keys::base64;
use crate::task::{Parameters, Task};
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, put};
use janus_messages::{Collection, CollectionReq, HpkeConfigList, Report, query_type::TimeInterval};
use prio::codec::Encode;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// Two running aggregators, which stop when this is dropped.
pub struct Served {
    /// The leader's URL, without a slash at the end.
    pub leader: String,
    /// The helper's URL, without a slash at the end.
    pub helper: String,
    state: Arc<Mutex<Pair>>,
    servers: [JoinHandle<std::io::Result<()>>; 2],
}

#[derive(Default)]
struct Pair {
    tasks: BTreeMap<String, Task>,
    /// The collection jobs, by task and job id. Each id is used once.
    jobs: BTreeMap<(String, String), Asked>,
    /// How many requests were refused because they didn't come from the collector.
    strangers: usize,
}

type Shared = State<Arc<Mutex<Pair>>>;

/// Serves tasks on two free ports of this machine.
///
/// # Panics
/// If there is no free port.
pub async fn serve(tasks: impl IntoIterator<Item = Parameters>) -> Served {
    let tasks = tasks.into_iter().map(|parameters| (base64(&parameters.id), Task::new(parameters)));
    let state = Arc::new(Mutex::new(Pair { tasks: tasks.collect(), ..Pair::default() }));
    let report = put(upload).options(allow);
    let job = put(ask).post(answer);
    let leader = Router::new()
        .route("/hpke_config", get(leader_key))
        .route("/tasks/{task}/reports", report)
        .route("/tasks/{task}/collection_jobs/{job}", job)
        .with_state(Arc::clone(&state));
    let helper = Router::new().route("/hpke_config", get(helper_key)).with_state(Arc::clone(&state));
    let ((leader, first), (helper, second)) = (listen(leader).await, listen(helper).await);
    Served { leader, helper, state, servers: [first, second] }
}

async fn listen(router: Router) -> (String, JoinHandle<std::io::Result<()>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    (origin, tokio::spawn(axum::serve(listener, router).into_future()))
}

impl Served {
    /// Calls `look` with a task, which it may change.
    ///
    /// # Panics
    /// If there is no such task.
    pub fn task<T>(&self, id: &[u8; 32], look: impl FnOnce(&mut Task) -> T) -> T {
        look(lock(&self.state).tasks.get_mut(&base64(id)).unwrap())
    }

    /// How many collection jobs there are.
    pub fn jobs(&self) -> usize {
        lock(&self.state).jobs.len()
    }

    /// How many requests for a collection were refused because they didn't come from the collector.
    pub fn strangers(&self) -> usize {
        lock(&self.state).strangers
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        for server in &self.servers {
            server.abort();
        }
    }
}

fn lock(state: &Mutex<Pair>) -> MutexGuard<'_, Pair> {
    // A test that panicked while it held the lock reports its own failure.
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Like Janus, this lets pages of any origin read successful answers, but no others.
const CORS: (&str, &str) = ("access-control-allow-origin", "*");

#[derive(Debug)]
struct NoTask;

impl IntoResponse for NoTask {
    fn into_response(self) -> Response {
        (StatusCode::NOT_FOUND, "no such task").into_response()
    }
}

async fn leader_key(state: Shared, query: Query<BTreeMap<String, String>>) -> Result<Response, NoTask> {
    key(&state, &query, |task| task.leader().clone())
}

async fn helper_key(state: Shared, query: Query<BTreeMap<String, String>>) -> Result<Response, NoTask> {
    key(&state, &query, |task| task.helper().clone())
}

fn key(
    state: &Mutex<Pair>,
    query: &BTreeMap<String, String>,
    of: fn(&Task) -> janus_messages::HpkeConfig,
) -> Result<Response, NoTask> {
    let state = lock(state);
    let task = query.get("task_id").and_then(|id| state.tasks.get(id)).ok_or(NoTask)?;
    let list = HpkeConfigList::new(vec![of(task)]).get_encoded().unwrap();
    Ok(([CORS, ("content-type", HpkeConfigList::MEDIA_TYPE)], list).into_response())
}

async fn allow() -> Response {
    let allowed = [
        CORS,
        ("access-control-allow-methods", "PUT"),
        ("access-control-allow-headers", "content-type"),
        ("access-control-max-age", "86400"),
    ];
    (StatusCode::NO_CONTENT, allowed).into_response()
}

async fn upload(
    State(state): Shared,
    Path(id): Path<String>,
    headers: HeaderMap,
    report: Bytes,
) -> Result<Response, NoTask> {
    if !is(&headers, Report::MEDIA_TYPE) {
        return Ok(StatusCode::UNSUPPORTED_MEDIA_TYPE.into_response());
    }
    let mut state = lock(&state);
    Ok(match state.tasks.get_mut(&id).ok_or(NoTask)?.upload(&report) {
        Ok(_) => (StatusCode::CREATED, [CORS]).into_response(),
        Err(reason) => (StatusCode::BAD_REQUEST, reason.to_string()).into_response(),
    })
}

fn is(headers: &HeaderMap, media_type: &str) -> bool {
    headers.get(CONTENT_TYPE).is_some_and(|found| found == media_type)
}

async fn ask(
    State(state): Shared,
    Path((id, job)): Path<(String, String)>,
    headers: HeaderMap,
    message: Bytes,
) -> Result<StatusCode, NoTask> {
    let mut state = lock(&state);
    let task = state.tasks.get(&id).ok_or(NoTask)?;
    if !may_collect(task, &headers) {
        state.strangers += 1;
        return Ok(StatusCode::FORBIDDEN);
    }
    let media_type = CollectionReq::<TimeInterval>::MEDIA_TYPE;
    let Some(asked) =
        Some(&message).filter(|_| is(&headers, media_type)).and_then(|message| Asked::read(message))
    else {
        return Ok(StatusCode::BAD_REQUEST);
    };
    let known = state.jobs.get(&(id.clone(), job.clone()));
    // The same request gets the same answer again, but no other request gets a batch that has been given out.
    if known.map_or_else(|| task.overlaps(&asked), |known| *known != asked) {
        return Ok(StatusCode::CONFLICT);
    }
    state.jobs.insert((id, job), asked);
    Ok(StatusCode::CREATED)
}

async fn answer(
    State(state): Shared,
    Path((id, job)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, NoTask> {
    let Pair { tasks, jobs, .. } = &mut *lock(&state);
    let task = tasks.get_mut(&id).ok_or(NoTask)?;
    if !may_collect(task, &headers) {
        return Ok(StatusCode::FORBIDDEN.into_response());
    }
    let Some(asked) = jobs.get(&(id, job)) else { return Ok(StatusCode::NOT_FOUND.into_response()) };
    Ok(match task.collect(asked) {
        Some(collection) => {
            ([("content-type", Collection::<TimeInterval>::MEDIA_TYPE)], collection).into_response()
        }
        None => StatusCode::ACCEPTED.into_response(),
    })
}

fn may_collect(task: &Task, headers: &HeaderMap) -> bool {
    let expected = HeaderValue::from_str(&format!("Bearer {}", task.parameters.bearer_token));
    expected.is_ok_and(|expected| headers.get(AUTHORIZATION) == Some(&expected))
}
