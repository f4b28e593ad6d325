//! Answers to requests that take all waves of one survey or of several.
//!
//! In come parts of surveys and a function that makes the answer of their panels; out goes JSON. The collector keeps it, and
//! works it out again once one of the surveys has changed, a day is over, or the operator has imported something. However
//! many ask at once, no more are worked out at a time than there are processors.

use crate::collector::Collector;
use crate::problem::Problem;
use crate::store::{Selection, StoreError};
use axum::body::Bytes;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use puls_analysis::disclosure::{Holdings, SurveyDisclosure};
use puls_analysis::insight::Panel;
use puls_analysis::organisation::Organisation;
use puls_analysis::results::Revision;
use puls_core::definition::Definition;
use rand_chacha::ChaCha12Rng;
use rand_core::{Rng, SeedableRng};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::available_parallelism;
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

/// The most answers that are kept.
const MOST: usize = 128;

/// The most bytes that they have together. An answer is as large as a screen needs, unless a request names very much.
const MOST_BYTES: usize = 64 << 20;

/// The answers that are kept, and turns to work out others.
pub(crate) struct Answers {
    kept: Mutex<Kept>,
    turns: Arc<Semaphore>,
}

/// By the request that they answer.
#[derive(Default)]
struct Kept {
    answers: BTreeMap<String, Answer>,
    /// How often an answer was asked for.
    asked: u64,
}

struct Answer {
    /// The state of things that it was made of.
    of: Stamp,
    json: Bytes,
    /// When it was last asked for, as a number of `Kept::asked`.
    asked: u64,
}

/// What an answer depends on besides the request.
struct Stamp {
    /// The generation of each survey.
    generations: Vec<u64>,
    day: i32,
    /// What the operator has imported. It is replaced as a whole.
    organisation: Arc<Organisation>,
}

/// The part of a survey that an answer is made of.
pub(crate) struct Part {
    pub(crate) survey: String,
    /// The wave; all waves if it is `None`.
    pub(crate) wave: Option<String>,
    /// The lines; all lines if it is `None`. Few are read faster.
    pub(crate) lines: Option<BTreeSet<String>>,
}

/// Answers a `request` with what `make` makes of the panels of these `parts`, whose texts are in `language`.
pub(crate) async fn answer<T: Serialize>(
    collector: &Arc<Collector>,
    request: String,
    parts: Vec<Part>,
    language: String,
    make: impl FnOnce(&[Panel<'_>]) -> T + Send + 'static,
) -> Result<Response, Problem> {
    let found = async || -> Result<_, StoreError> {
        let stamp = Stamp::of(collector, &parts).await?;
        Ok((collector.answers.find(&request, &stamp), stamp))
    };
    if let (Some(json), _) = found().await? {
        return Ok(sent(json));
    }
    let turn = Arc::clone(&collector.answers.turns).acquire_owned().await;
    // Somebody who asked for the same may have had a turn before.
    let (json, stamp) = found().await?;
    let json = match json {
        Some(json) => json,
        None => {
            let held = held(collector, parts).await?;
            let work = Work { collector: Arc::clone(collector), request, held, language, stamp };
            // Other requests go on meanwhile. If nobody waits any more, the work goes on, and still takes up its turn.
            let work = spawn_blocking(move || (work.done(make), turn).0);
            work.await.map_err(|error| failed(&error))?.map_err(|error| failed(&error))?
        }
    };
    Ok(sent(json))
}

fn sent(json: Bytes) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], json).into_response()
}

/// The randomness of answers that draw by chance. It is the same each time, so that the same totals always have the same figures.
pub(crate) fn generator() -> impl Rng {
    ChaCha12Rng::seed_from_u64(0)
}

/// What is held of a part of a survey.
struct Held {
    survey: String,
    holdings: Holdings,
    revisions: Vec<Revision>,
}

async fn held(collector: &Collector, parts: Vec<Part>) -> Result<Vec<Held>, StoreError> {
    let mut held = Vec::new();
    for part in parts {
        if let Some(survey) = collector.surveys.get(&part.survey) {
            let holdings = holdings(collector, &survey.definition, &part).await?;
            let revised = collector.store.revisions(&part.survey).await?.into_iter();
            let revised = revised.filter(|of| part.wave.as_ref().is_none_or(|wave| *wave == of.wave));
            held.push(Held {
                revisions: revised.map(Revision::from).collect(),
                survey: part.survey,
                holdings,
            });
        }
    }
    Ok(held)
}

/// An answer to be worked out.
struct Work {
    collector: Arc<Collector>,
    request: String,
    held: Vec<Held>,
    language: String,
    stamp: Stamp,
}

impl Work {
    /// Works it out, and keeps it.
    fn done<T: Serialize>(self, make: impl FnOnce(&[Panel<'_>]) -> T) -> serde_json::Result<Bytes> {
        let Self { collector, request, held, language, stamp } = self;
        let panel = |Held { survey, holdings, revisions }: Held| {
            let definition = &collector.surveys.get(&survey)?.definition;
            let versions = collector.surveys.versions(&survey);
            let disclosure = SurveyDisclosure::new(definition, &versions, holdings);
            let language = definition.language(&language);
            let today = collector.clock.today();
            let panel = Panel::new(definition, disclosure, &stamp.organisation, language, today);
            Some(panel.with_revisions(revisions))
        };
        let panels: Vec<Panel<'_>> = held.into_iter().filter_map(panel).collect();
        let json = Bytes::from(serde_json::to_string(&make(&panels))?);
        drop(panels);
        collector.answers.keep(request, stamp, json.clone());
        Ok(json)
    }
}

fn failed(error: &dyn std::error::Error) -> Problem {
    tracing::error!(%error, "an answer could not be worked out");
    Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "the collector failed; its log says why")
}

async fn holdings(
    collector: &Collector,
    definition: &Definition,
    part: &Part,
) -> Result<Holdings, StoreError> {
    let versions = collector.surveys.versions(&definition.id);
    let mechanism = definition.privacy.to_string();
    let selection = Selection {
        survey: &definition.id,
        mechanism: &mechanism,
        wave: part.wave.as_deref(),
        lines: part.lines.as_ref(),
        versions: &versions,
    };
    collector.store.holdings(&selection).await
}

impl Stamp {
    async fn of(collector: &Collector, parts: &[Part]) -> Result<Self, StoreError> {
        let mut generations = Vec::new();
        for part in parts {
            generations.push(collector.store.generation(&part.survey).await?);
        }
        let organisation = collector.organisation.get().await?;
        Ok(Self { generations, day: collector.clock.today().days_since_1970(), organisation })
    }

    fn is_same(&self, other: &Self) -> bool {
        self.generations == other.generations
            && self.day == other.day
            && Arc::ptr_eq(&self.organisation, &other.organisation)
    }
}

impl Default for Answers {
    fn default() -> Self {
        let turns = available_parallelism().map_or(1, usize::from);
        Self { kept: Mutex::default(), turns: Arc::new(Semaphore::new(turns)) }
    }
}

impl Answers {
    fn find(&self, request: &str, of: &Stamp) -> Option<Bytes> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.asked += 1;
        let asked = kept.asked;
        let answer = kept.answers.get_mut(request).filter(|answer| answer.of.is_same(of))?;
        answer.asked = asked;
        Some(answer.json.clone())
    }

    fn keep(&self, request: String, of: Stamp, json: Bytes) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let asked = kept.asked;
        kept.answers.insert(request, Answer { of, json, asked });
        while kept.are_too_many() {
            let oldest = kept.answers.iter().min_by_key(|(_, answer)| answer.asked);
            let oldest = oldest.map(|(request, _)| request.clone());
            oldest.and_then(|oldest| kept.answers.remove(&oldest));
        }
    }
}

impl Kept {
    fn are_too_many(&self) -> bool {
        let bytes = self.answers.iter().map(|(request, answer)| request.len() + answer.json.len());
        self.answers.len() > MOST || bytes.sum::<usize>() > MOST_BYTES
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
    use std::time::Duration;
    use tempfile::TempDir;
    use tokio::task::JoinSet;
    use tokio::time::{sleep, timeout};

    /// How many are working something out, at most how many did at a time, and how many have done so.
    #[derive(Default)]
    struct Workers {
        now: AtomicUsize,
        most: AtomicUsize,
        done: AtomicUsize,
    }

    impl Workers {
        fn work(&self) {
            self.most.fetch_max(self.now.fetch_add(1, SeqCst) + 1, SeqCst);
            std::thread::sleep(Duration::from_millis(20));
            self.now.fetch_sub(1, SeqCst);
            self.done.fetch_add(1, SeqCst);
        }
    }

    struct Scene {
        collector: Arc<Collector>,
        workers: Arc<Workers>,
        _folder: TempDir,
    }

    impl Scene {
        async fn begin() -> Self {
            let folder = tempfile::tempdir().unwrap();
            let collector = Arc::new(Collector::of_nps(folder.path()).await);
            Self { collector, workers: Arc::default(), _folder: folder }
        }

        fn ask(&self, request: String) -> impl Future<Output = StatusCode> + Send + use<> {
            let (collector, workers) = (Arc::clone(&self.collector), Arc::clone(&self.workers));
            async move {
                let make = move |_: &[Panel<'_>]| workers.work();
                let answer = answer(&collector, request, vec![nps()], "en".to_owned(), make);
                answer.await.map_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR, |answer| answer.status())
            }
        }
    }

    fn nps() -> Part {
        Part { survey: "nps".to_owned(), wave: None, lines: None }
    }

    fn processors() -> usize {
        available_parallelism().unwrap().get()
    }

    #[tokio::test]
    async fn work_does_not_pile_up_and_who_asks_for_the_same_shares_it() {
        for (differ, most_done) in [(true, 50), (false, processors())] {
            let scene = Scene::begin().await;
            let requests = (0..50).map(|number| if differ { format!("/{number}") } else { "/".to_owned() });
            let asked: JoinSet<StatusCode> = requests.map(|request| scene.ask(request)).collect();
            assert_eq!(asked.join_all().await, [StatusCode::OK; 50]);
            assert!(scene.workers.most.load(SeqCst) <= processors());
            assert!(scene.workers.done.load(SeqCst) <= most_done, "{:?}", scene.workers.done);
        }
    }

    #[tokio::test]
    async fn what_nobody_waits_for_any_more_still_takes_up_its_turn_and_is_kept() {
        let scene = Scene::begin().await;
        let Workers { now, most, done } = &*scene.workers;
        for request in (0..20).map(|number| scene.ask(format!("/{number}"))) {
            drop(timeout(Duration::from_millis(5), request).await);
        }
        assert_eq!(scene.ask("/last".to_owned()).await, StatusCode::OK);
        assert!(most.load(SeqCst) <= processors());
        let begun = async |of: &AtomicUsize| {
            while of.load(SeqCst) == 0 {
                sleep(Duration::from_millis(1)).await;
            }
        };
        while now.load(SeqCst) > 0 {
            sleep(Duration::from_millis(1)).await;
        }
        done.store(0, SeqCst);
        tokio::select! { biased; () = begun(now) => {}, _ = scene.ask("/".to_owned()) => panic!("too fast") }
        begun(done).await;
        let stamp = Stamp::of(&scene.collector, &[nps()]).await.unwrap();
        while scene.collector.answers.find("/", &stamp).is_none() {
            sleep(Duration::from_millis(1)).await;
        }
        assert_eq!(scene.ask("/".to_owned()).await, StatusCode::OK);
        assert_eq!(done.load(SeqCst), 1, "it was kept");
    }

    #[tokio::test]
    async fn what_is_kept_is_bounded() {
        let scene = Scene::begin().await;
        let stamp = async || Stamp::of(&scene.collector, &[nps()]).await.unwrap();
        let answers = &scene.collector.answers;
        let kept = async |request: &str| answers.find(request, &stamp().await).is_some();
        for (bytes, most) in [(1, MOST), (MOST_BYTES / 8, 7)] {
            for number in 0..200 {
                answers.keep(format!("/{number}"), stamp().await, "a".repeat(bytes).into());
                assert!(kept("/0").await, "what is asked for stays");
            }
            let mut found = 0;
            for number in 0..200 {
                found += usize::from(kept(&format!("/{number}")).await);
            }
            assert_eq!(found, most);
        }
        answers.keep("/".to_owned(), stamp().await, "a".repeat(MOST_BYTES).into());
        assert!(!kept("/").await, "it would take all the room");
    }
}
