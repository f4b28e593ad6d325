//! The collecting side of sealed surveys: asks the leader for the sums of waves that are over, and adds them to the
//! totals.
//!
//! In come the sealed surveys, and what this collector shows that it is theirs by; out go [totals](crate::store), under
//! an id that hangs on task and wave alone. So a batch is counted once, whatever happens between asking and adding, and
//! nothing has to be remembered besides. A leader that gives out sums which can't be a task's is refused.

mod batch;
mod credentials;
mod task;

pub use credentials::CredentialsError;
pub use task::TasksError;

use crate::clock::Clock;
use crate::store::{Added, Origin, Store, StoreError};
use crate::surveys::Surveys;
use batch::Batch;
use credentials::Credentials;
use std::path::Path;
use std::time::Duration;
use task::{AskError, Task};
use tokio::time::{MissedTickBehavior, interval};

/// How often the leader is asked for what it hasn't answered yet.
const EVERY: Duration = Duration::from_secs(60 * 60);

/// For so many waves after the one that has just ended, sums may be late.
const LATE_WAVES: usize = 5;

/// Browsers that are offline when somebody answers have so long after a wave's end.
const GRACE_S: u64 = SECONDS_A_DAY;
const SECONDS_A_DAY: u64 = 86_400;

/// Why sealed surveys can't be collected.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SealedError {
    /// The file with the credentials can't be used.
    #[error(transparent)]
    Credentials(#[from] CredentialsError),
    /// The surveys' tasks can't be.
    #[error(transparent)]
    Tasks(#[from] TasksError),
}

/// All tasks that are collected.
pub(crate) struct Collecting {
    tasks: Vec<Task>,
    store: Store,
    clock: Clock,
}

impl Collecting {
    /// Makes ready to collect those surveys that the file has credentials for.
    pub(crate) fn new(
        file: &Path,
        surveys: &Surveys,
        store: &Store,
        clock: Clock,
    ) -> Result<Self, SealedError> {
        let credentials = Credentials::read(file, surveys)?;
        Ok(Self { tasks: task::all(surveys, &credentials)?, store: store.clone(), clock })
    }

    /// Asks again and again, for ever.
    pub(crate) async fn run(self) {
        let mut ticks = interval(EVERY);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            ticks.tick().await;
            self.round(self.clock.now_s()).await;
        }
    }

    /// Asks once for everything that is over at `now_s` and not counted yet.
    async fn round(&self, now_s: u64) {
        for task in &self.tasks {
            for batch in Batch::over(task.period, task.precision_s, now_s) {
                match self.collect(task, &batch).await {
                    Ok(Added::Now) => tracing::info!("{task}: the sums of {} are added", batch.wave),
                    Ok(Added::Before) => {}
                    Err(error) => {
                        tracing::warn!("{task}: the sums of {} aren't to be had: {error}", batch.wave)
                    }
                }
            }
        }
    }

    async fn collect(&self, task: &Task, batch: &Batch) -> Result<Added, CollectError> {
        if self.store.has_seen(&task.release_id(batch)).await? {
            return Ok(Added::Before);
        }
        let Some(sums) = task.ask(batch).await? else { return Ok(Added::Before) };
        Ok(self.store.add(&sums, Origin::Respondents).await?)
    }
}

/// A batch isn't counted, and is asked for again.
#[derive(Debug, thiserror::Error)]
enum CollectError {
    #[error(transparent)]
    Ask(#[from] AskError),
    #[error(transparent)]
    Store(#[from] StoreError),
}
