//! Decides in the background what readers are shown, so that reading changes nothing and waits for nobody.
//!
//! In comes word of the waves to which something was added; out goes what may be published of them by now, which the store keeps. All
//! waves are looked at when the collector starts, when another day begins, since a wave may be over, and now and then, since other
//! programs add to the same database. What fails is tried again.

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

/// What comes in meanwhile is looked at together.
const PAUSE: Duration = Duration::from_millis(100);

/// How soon another day is noticed.
const GLANCE: Duration = Duration::from_secs(1);

/// How soon something that failed is tried again.
const AFTER_FAILURE: Duration = Duration::from_secs(10);

/// How soon it is noticed what another program has added.
const ROUND: Duration = Duration::from_secs(600);

/// A survey, and one of its waves, or all of them.
type Due = (String, Option<String>);

/// What is to be settled. Copies are of one and the same.
#[derive(Clone, Default)]
pub(crate) struct Unsettled(Arc<Shared>);

#[derive(Default)]
struct Shared {
    state: Mutex<State>,
    called: Notify,
    done: Notify,
    /// Whoever settles has it meanwhile.
    turn: Arc<tokio::sync::Mutex<()>>,
}

#[derive(Default)]
struct State {
    due: BTreeSet<Due>,
    /// The day by which everything is settled; `None` while anything is due.
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

    /// Nothing is settled until the guard that this returns is dropped.
    pub(crate) async fn hold(&self) -> OwnedMutexGuard<()> {
        Arc::clone(&self.0.turn).lock_owned().await
    }

    /// Waits until readers are shown all that they may be shown on the `clock`'s day.
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

/// Settles what is due, one survey and wave after the other.
pub(crate) struct Settler {
    store: Arc<dyn Store>,
    surveys: Arc<Surveys>,
    clock: Clock,
    unsettled: Unsettled,
    /// What failed, and when that is tried again.
    failed: BTreeSet<Due>,
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

    /// Settles for ever.
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
            // Without a call, the day is looked at again.
            let _ = timeout(GLANCE, self.unsettled.0.called.notified()).await;
        }
    }

    /// Settles all that is due. What fails keeps nothing else waiting.
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
            // In a task of its own, so that a defect in one survey ends no other's.
            let trouble = match tokio::spawn(settling).await {
                Ok(Ok(())) => continue,
                Ok(Err(error)) => error.to_string(),
                Err(panic) => panic.to_string(),
            };
            tracing::warn!(
                "survey {survey}: readers aren't shown what is new, which is tried again: {trouble}"
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

/// Settles everything, for a command that adds to the totals by itself.
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

/// Notes as published what may be published `today` of a survey, or of one of its waves.
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
    let selection =
        Selection { survey: &survey, mechanism: &mechanism, wave: wave.as_deref(), versions: &versions };
    let due = |holdings: Holdings| SurveyDisclosure::new(definition, &versions, holdings).settle(today);
    // Mostly there is nothing, which takes no lock to find out.
    if !due(store.holdings(&selection).await?).is_empty() {
        store.publish(&selection, &due).await?;
    }
    Ok(())
}
