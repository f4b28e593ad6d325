//! Publishes in the background what readers may be shown, so that reading results changes nothing and waits for
//! nothing.
//!
//! To *settle* a wave is to publish all of it that may be published by now. Whoever adds something to a wave says so
//! ([`Unsettled::note`]); the [`Settler`] then settles it, and the store keeps what it publishes. It settles all waves
//! when the collector starts, when another day begins, since a wave may be over, and every few minutes, since other
//! programs may add to the same database. If settling fails, it tries again.

use crate::clock::Clock;
use crate::store::{Selection, Store, StoreError};
use crate::surveys::Surveys;
use puls_analysis::disclosure::{Holdings, SurveyDisclosure};
use puls_core::wave::Day;
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::{Notify, OwnedMutexGuard};
use tokio::time::{Instant, sleep, timeout};

/// The pause between two rounds. All that is added during a pause is settled together.
const PAUSE: Duration = Duration::from_millis(100);

/// How soon the settler notices that another day has begun.
const GLANCE: Duration = Duration::from_secs(1);

/// How soon the settler tries again after a failure.
const AFTER_FAILURE: Duration = Duration::from_secs(10);

/// How soon the settler notices what another program has added.
const ROUND: Duration = Duration::from_secs(600);

/// A survey's id, and the wave to settle; all waves if it is `None`.
type DueWave = (String, Option<String>);

/// The list of what is to be settled. All clones share it.
#[derive(Clone, Default)]
pub(crate) struct Unsettled(Arc<Shared>);

#[derive(Default)]
struct Shared {
    state: Mutex<State>,
    called: Notify,
    done: Notify,
    /// Locked while somebody settles, or keeps others from settling.
    turn: Arc<tokio::sync::Mutex<()>>,
}

#[derive(Default)]
struct State {
    due: BTreeSet<DueWave>,
    /// The day on which everything was settled; `None` while anything is due.
    settled: Option<Day>,
}

impl Unsettled {
    /// Notes that something was added to a wave.
    pub(crate) fn note(&self, survey: &str, wave: String) {
        let mut state = self.state();
        state.due.insert((survey.to_owned(), Some(wave)));
        state.settled = None;
        self.0.called.notify_one();
    }

    /// Stops settling until the returned guard is dropped.
    pub(crate) async fn hold(&self) -> OwnedMutexGuard<()> {
        Arc::clone(&self.0.turn).lock_owned().await
    }

    /// Waits until everything is settled that can be on the `clock`'s day.
    pub(crate) async fn settled(&self, clock: &Clock) {
        loop {
            let done = self.0.done.notified();
            if self.state().settled == Some(clock.today()) {
                return;
            }
            self.0.called.notify_one();
            done.await;
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Settles all that is due, one survey and wave after the other.
pub(crate) struct Settler {
    store: Arc<dyn Store>,
    surveys: Arc<Surveys>,
    clock: Clock,
    unsettled: Unsettled,
    /// What failed the last time.
    failed: BTreeSet<DueWave>,
    /// When it is tried again.
    again: Instant,
}

impl Settler {
    pub(crate) fn new(
        store: &Arc<dyn Store>,
        surveys: &Arc<Surveys>,
        clock: &Clock,
        unsettled: &Unsettled,
    ) -> Self {
        let (store, surveys, clock) = (Arc::clone(store), Arc::clone(surveys), clock.clone());
        let (unsettled, failed, again) = (unsettled.clone(), BTreeSet::new(), Instant::now());
        Self { store, surveys, clock, unsettled, failed, again }
    }

    /// Settles, for ever.
    pub(crate) async fn run(mut self) {
        let (mut last_day, mut last_round) = (None, Instant::now());
        loop {
            let turn = self.unsettled.hold().await;
            let today = self.clock.today();
            if last_day != Some(today) || last_round.elapsed() > ROUND {
                (last_day, last_round) = (Some(today), Instant::now());
                let all = self.surveys.iter().map(|survey| (survey.id.clone(), None));
                self.unsettled.state().due.extend(all);
            }
            self.round(today).await;
            drop(turn);
            sleep(PAUSE).await;
            // Without a call, the loop looks at the day again after `GLANCE`.
            let _ = timeout(GLANCE, self.unsettled.0.called.notified()).await;
        }
    }

    /// Settles all that is due. A failure doesn't keep the rest waiting.
    async fn round(&mut self, today: Day) {
        let mut due = std::mem::take(&mut self.unsettled.state().due);
        if self.again <= Instant::now() {
            due.append(&mut self.failed);
        }
        for (survey, wave) in due {
            let settling = settle(
                Arc::clone(&self.store),
                Arc::clone(&self.surveys),
                survey.clone(),
                wave.clone(),
                today,
            );
            // A task of its own keeps a panic in one survey from ending the others.
            let trouble = match tokio::spawn(settling).await {
                Ok(Ok(())) => continue,
                Ok(Err(error)) => error.to_string(),
                Err(panic) => panic.to_string(),
            };
            tracing::warn!(
                "survey {survey}: new answers can't be published: {trouble}; trying again in {} s",
                AFTER_FAILURE.as_secs()
            );
            self.failed.insert((survey, wave));
            self.again = Instant::now() + AFTER_FAILURE;
        }
        let mut state = self.unsettled.state();
        if state.due.is_empty() && self.failed.is_empty() {
            state.settled = Some(today);
            self.unsettled.0.done.notify_waiters();
        }
    }
}

/// Settles everything, for a command that adds to the totals itself.
pub(crate) async fn settle_all(
    store: &Arc<dyn Store>,
    surveys: &Arc<Surveys>,
    today: Day,
) -> Result<(), StoreError> {
    for survey in surveys.iter() {
        settle(Arc::clone(store), Arc::clone(surveys), survey.id.clone(), None, today).await?;
    }
    Ok(())
}

/// Publishes all that may be published `today` of a survey, or of one of its waves.
async fn settle(
    store: Arc<dyn Store>,
    surveys: Arc<Surveys>,
    survey: String,
    wave: Option<String>,
    today: Day,
) -> Result<(), StoreError> {
    let Some(definition) = surveys.get(&survey).map(|survey| &survey.definition) else { return Ok(()) };
    if definition.tiers().is_none() {
        return Ok(());
    }
    let mechanism = definition.privacy.to_string();
    let versions = surveys.versions(&survey);
    let selection = Selection {
        survey: &survey,
        mechanism: &mechanism,
        wave: wave.as_deref(),
        lines: None,
        versions: &versions,
    };
    let due = |holdings: Holdings| SurveyDisclosure::new(definition, &versions, holdings).settle(today);
    // Mostly nothing is due, and finding that out takes no write lock.
    if !due(store.holdings(&selection).await?).is_empty() {
        store.publish(&selection, &due).await?;
    }
    Ok(())
}
