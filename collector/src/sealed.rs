//! The collecting side of sealed surveys: asks the leader for the sums of waves that are over, and adds them to the
//! totals.
//!
//! In come the sealed surveys, and what this collector shows that it is theirs by; out go [totals](crate::store), under
//! an id that hangs on task and wave alone, and among ids that no sender of releases can write to. So a batch is counted
//! once, whatever happens between asking and adding, and nobody can have it left out. A leader that gives out sums which can't be a task's is refused.

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
    store: Arc<dyn Store>,
    clock: Clock,
    unsettled: Unsettled,
    /// The ids of sums that the log has said are there.
    logged: BTreeSet<String>,
}

impl Collecting {
    /// Makes ready to collect those surveys that the file has credentials for.
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

    /// Asks again and again, for ever.
    pub(crate) async fn run(mut self) {
        let mut ticks = interval(EVERY);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            ticks.tick().await;
            self.round(self.clock.now_s()).await;
        }
    }

    /// Asks once for everything that is over at `now_s` and not counted yet.
    async fn round(&mut self, now_s: u64) {
        for task in &self.tasks {
            for batch in Batch::over(task.period, task.precision_s, now_s) {
                let (wave, id) = (batch.wave, task.collection_id(&batch));
                match collect(&*self.store, &self.clock, task, &batch, &id).await {
                    Ok(Collected::Now) => {
                        self.unsettled.note(task.survey(), wave.to_string());
                        tracing::info!("{task}: the sums of {wave} are added");
                        self.logged.insert(id);
                    }
                    // Once is enough: they are looked for every hour.
                    Ok(Collected::Before) if self.logged.insert(id) => {
                        tracing::info!("{task}: the sums of {wave} were there already");
                    }
                    Ok(Collected::Before | Collected::NotYet) => {}
                    Err(error) => tracing::warn!("{task}: the sums of {wave} aren't to be had: {error}"),
                }
            }
        }
    }
}

/// What became of a batch.
enum Collected {
    /// Its sums are in the totals from now on.
    Now,
    /// They were there already.
    Before,
    /// The aggregators aren't done, or have too few reports.
    NotYet,
}

/// Asks for a batch that is known by `id`, unless it is counted.
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
    let Some(sums) = task.ask(batch).await? else { return Ok(Collected::NotYet) };
    Ok(match store.add_sums(&sums, clock.today()).await? {
        Added::Now => Collected::Now,
        Added::Before => Collected::Before,
    })
}

/// A batch isn't counted, and is asked for again.
#[derive(Debug, thiserror::Error)]
enum CollectError {
    #[error(transparent)]
    Ask(#[from] AskError),
    #[error(transparent)]
    Store(#[from] StoreError),
}
