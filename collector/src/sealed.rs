//! The collecting side of sealed surveys: it asks the leaders for the sums of waves that are over, and adds them to the
//! totals.
//!
//! In come the sealed surveys and the collector's credentials; out go [totals](crate::store). The id of a batch's sums
//! depends on task and wave alone, and no sender of releases can take it, since such ids are kept apart. So each batch
//! is counted exactly once, even if the collector stops between asking and adding, and nobody can make it be left out.
//! Sums that a task can't have are refused, whatever leader sends them.

mod batch;
mod credentials;
mod task;

pub use credentials::CredentialsError;
pub use task::TasksError;

use crate::clock::Clock;
use crate::settler::Unsettled;
use crate::store::{Added, Store, StoreError};
use crate::surveys::Surveys;
use batch::Batch;
use credentials::Credentials;
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use task::{AskError, Task};
use tokio::time::{MissedTickBehavior, interval};

/// How often a leader is asked for the sums that it hasn't given yet.
const EVERY: Duration = Duration::from_secs(60 * 60);

/// The number of waves before the one that has just ended whose sums are still asked for.
const LATE_WAVES: usize = 5;

/// How long after a wave's end browsers that were offline may still report.
const GRACE_S: u64 = SECONDS_A_DAY;
const SECONDS_A_DAY: u64 = 86_400;

/// Why the sums of sealed surveys can't be collected.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SealedError {
    /// The file with the credentials can't be used.
    #[error(transparent)]
    Credentials(#[from] CredentialsError),
    /// The surveys' tasks can't be used.
    #[error(transparent)]
    Tasks(#[from] TasksError),
}

/// Collects the sums of all tasks.
pub(crate) struct Collecting {
    tasks: Vec<Task>,
    store: Arc<dyn Store>,
    clock: Clock,
    unsettled: Unsettled,
    /// The ids of sums that the log has mentioned as added, so that it does so only once.
    logged: BTreeSet<String>,
}

impl Collecting {
    /// Prepares to collect the surveys that the file has credentials for.
    pub(crate) fn new(
        file: &Path,
        surveys: &Surveys,
        store: &Arc<dyn Store>,
        clock: &Clock,
        unsettled: &Unsettled,
    ) -> Result<Self, SealedError> {
        let credentials = Credentials::read(file, surveys)?;
        Ok(Self {
            tasks: task::all(surveys, &credentials)?,
            store: Arc::clone(store),
            clock: clock.clone(),
            unsettled: unsettled.clone(),
            logged: BTreeSet::new(),
        })
    }

    /// Asks every hour, for ever.
    pub(crate) async fn run(mut self) {
        let mut ticks = interval(EVERY);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            ticks.tick().await;
            self.round(self.clock.now_s()).await;
        }
    }

    /// Asks once for all batches that are over at `now_s` and not counted yet.
    async fn round(&mut self, now_s: u64) {
        for task in &self.tasks {
            for batch in Batch::over(task.period, task.precision_s, now_s) {
                let (wave, id) = (batch.wave, task.collection_id(&batch));
                match collect(&*self.store, &self.clock, task, &batch, &id).await {
                    Ok(Collected::Now) => {
                        self.unsettled.note(task.survey(), wave.to_string());
                        tracing::info!("{task}: added the sums of {wave}");
                        self.logged.insert(id);
                    }
                    // The log says this once, not every hour.
                    Ok(Collected::Before) if self.logged.insert(id) => {
                        tracing::info!("{task}: the sums of {wave} had been added before");
                    }
                    Ok(Collected::Before | Collected::NotYet) => {}
                    Err(error) => tracing::warn!(
                        "{task}: the sums of {wave} aren't collected: {error}; asking again in {} min",
                        EVERY.as_secs() / 60
                    ),
                }
            }
        }
    }
}

/// What came of collecting a batch.
enum Collected {
    /// Its sums have just been added to the totals.
    Now,
    /// They had been added before.
    Before,
    /// The aggregators aren't finished, or have too few reports.
    NotYet,
}

/// Asks for the sums of a batch, and adds them under `id`, unless they are in the totals.
async fn collect(
    store: &dyn Store,
    clock: &Clock,
    task: &Task,
    batch: &Batch,
    id: &str,
) -> Result<Collected, CollectError> {
    if store.has_sums(&task.sums_of(batch, id)).await? {
        return Ok(Collected::Before);
    }
    let failed = |cause| CollectError::Ask { leader: task.leader_url.clone(), cause };
    let Some(sums) = task.ask(batch).await.map_err(failed)? else { return Ok(Collected::NotYet) };
    Ok(match store.add_sums(&sums, clock.today()).await? {
        Added::Now => Collected::Now,
        Added::Before => Collected::Before,
    })
}

/// Why a batch isn't counted yet. It is asked for again.
#[derive(Debug, thiserror::Error)]
enum CollectError {
    #[error("the leader at {leader}: {cause}")]
    Ask { leader: String, cause: AskError },
    #[error(transparent)]
    Store(#[from] StoreError),
}
