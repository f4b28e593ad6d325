//! Kills under load: whatever was accepted is counted, once.

use crate::program::{Program, release};
use crate::support::{NPS, folder, id, url};
use reqwest::{Client, StatusCode};
use serde_json::Value;
use sqlx::SqlitePool;
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tokio::task::JoinSet;

const PEOPLE_AT_ONCE: usize = 8;

/// What came of it.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    /// The numbers of the releases that were accepted.
    pub(crate) accepted: BTreeSet<usize>,
    /// How many were posted; some lost their answer, or weren't even taken.
    pub(crate) posted: usize,
    /// From each start of the program to the first release that it accepted.
    pub(crate) back: Vec<Duration>,
    /// The releases in the database, by their numbers, and how many people it counts.
    pub(crate) kept: BTreeSet<usize>,
    pub(crate) counted: i64,
}

/// Has people post, and kills the collector so many times in the midst of it.
pub(crate) async fn kill(times: usize) -> Outcome {
    let folder = folder(&[NPS]);
    let next = Arc::new(AtomicUsize::new(0));
    let accepted = Arc::new(Mutex::new(BTreeSet::new()));
    let mut back = Vec::new();
    for round in 0..times {
        let begun = Instant::now();
        let mut program = Program::serving(folder.path(), 1);
        let url = format!("{}/v1/releases", program.url());
        let first = next.fetch_add(1, Ordering::SeqCst);
        program.post(&release(first)).await;
        back.push(begun.elapsed());
        accepted.lock().unwrap().insert(first);

        let mut people = JoinSet::new();
        for _ in 0..PEOPLE_AT_ONCE {
            people.spawn(answer(url.clone(), next.clone(), accepted.clone()));
        }
        // At another moment each time, with as much on the way.
        let enough = accepted.lock().unwrap().len() + 5 + 7 * (round % 5);
        while accepted.lock().unwrap().len() < enough {
            tokio::task::yield_now().await;
        }
        program.child.kill().unwrap();
        people.join_all().await;
    }
    let pool = SqlitePool::connect(&url(folder.path())).await.unwrap();
    let ids: Vec<String> = sqlx::query_scalar("SELECT id FROM seen").fetch_all(&pool).await.unwrap();
    let counted = sqlx::query_scalar("SELECT SUM(respondents) FROM holdings").fetch_one(&pool).await.unwrap();
    pool.close().await;
    let posted = next.load(Ordering::SeqCst);
    let kept = (0..posted).filter(|number| ids.contains(&id(*number))).collect();
    let accepted = accepted.lock().unwrap().clone();
    Outcome { accepted, posted, back, kept, counted }
}

/// Posts one release after the other until there is nobody to take them.
async fn answer(url: String, next: Arc<AtomicUsize>, accepted: Arc<Mutex<BTreeSet<usize>>>) {
    let client = Client::new();
    loop {
        let number = next.fetch_add(1, Ordering::SeqCst);
        let Ok(answer) = client.post(&url).json(&release(number)).send().await else { break };
        assert_eq!(answer.status(), StatusCode::OK);
        let Ok(receipt) = answer.json::<Value>().await else { break };
        assert_eq!(receipt["status"], "accepted");
        accepted.lock().unwrap().insert(number);
    }
}

impl Outcome {
    /// Everything that was accepted is there, everything that is there was posted, and each counts once.
    pub(crate) fn check(&self) {
        let lost: Vec<_> = self.accepted.difference(&self.kept).collect();
        assert!(lost.is_empty(), "accepted, and lost: {lost:?}");
        assert_eq!(usize::try_from(self.counted).unwrap(), self.kept.len(), "each counts once");
        assert!(self.kept.len() <= self.posted && self.posted > self.accepted.len(), "{self:?}");
    }
}

#[tokio::test]
async fn kills_under_load_lose_nothing_and_count_nothing_twice() {
    let outcome = kill(10).await;
    outcome.check();
    assert_eq!(outcome.back.len(), 10);
}
