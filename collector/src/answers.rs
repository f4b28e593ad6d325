//! Answers that are worked out from all that is held of some surveys.
//!
//! In come the surveys and what to make of them; out goes JSON. It is kept, and worked out again once any of the surveys
//! has changed, a day is over, or the operator has imported something.

use crate::collector::Collector;
use crate::problem::Problem;
use crate::store::{Selection, StoreError};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use puls_analysis::disclosure::{Holdings, SurveyDisclosure};
use puls_analysis::insight::Panel;
use puls_analysis::organisation::Organisation;
use puls_core::definition::Definition;
use rand_chacha::ChaCha12Rng;
use rand_core::{Rng, SeedableRng};
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// The most answers that are kept. Each is as large as a screen needs.
const MOST: usize = 128;

/// The answers that are kept, by the request that they answer.
#[derive(Default)]
pub(crate) struct Answers(Mutex<Kept>);

#[derive(Default)]
struct Kept {
    answers: BTreeMap<String, Answer>,
    /// How often an answer was asked for.
    asked: u64,
}

struct Answer {
    /// What it was made of.
    of: Stamp,
    json: Arc<str>,
    /// When it was last asked for, as a number of `Kept::asked`.
    asked: u64,
}

/// What an answer hangs on besides the request.
struct Stamp {
    /// The generation of each survey.
    generations: Vec<u64>,
    day: i32,
    /// What the operator has imported. It is replaced as a whole.
    organisation: Arc<Organisation>,
}

/// Answers a `request` with what `make` makes of these surveys' panels, whose texts are in `language`.
pub(crate) async fn answer<T: Serialize>(
    collector: &Arc<Collector>,
    request: String,
    surveys: Vec<String>,
    language: String,
    make: impl FnOnce(&[Panel<'_>]) -> T + Send + 'static,
) -> Result<Response, Problem> {
    let stamp = Stamp::of(collector, &surveys).await?;
    let json = match collector.answers.find(&request, &stamp) {
        Some(json) => json,
        None => {
            let json = work_out(collector, surveys, language, Arc::clone(&stamp.organisation), make).await?;
            collector.answers.keep(request, stamp, Arc::clone(&json));
            json
        }
    };
    Ok(([(header::CONTENT_TYPE, "application/json")], json.to_string()).into_response())
}

/// The randomness of repetitions. It is the same each time, so that the same totals always have the same figures.
pub(crate) fn generator() -> impl Rng {
    ChaCha12Rng::seed_from_u64(0)
}

async fn work_out<T: Serialize>(
    collector: &Arc<Collector>,
    surveys: Vec<String>,
    language: String,
    organisation: Arc<Organisation>,
    make: impl FnOnce(&[Panel<'_>]) -> T + Send + 'static,
) -> Result<Arc<str>, Problem> {
    let mut held = Vec::new();
    for id in surveys {
        if let Some(survey) = collector.surveys.get(&id) {
            held.push((id, holdings(collector, &survey.definition).await?));
        }
    }
    let collector = Arc::clone(collector);
    // Other requests go on meanwhile.
    let worked_out = tokio::task::spawn_blocking(move || {
        let panel = |(id, holdings): (String, Holdings)| {
            let definition = &collector.surveys.get(&id)?.definition;
            let disclosure = SurveyDisclosure::new(definition, &collector.surveys.versions(&id), holdings);
            let language = definition.language(&language);
            Some(Panel::new(definition, disclosure, &organisation, language, collector.clock.today()))
        };
        let panels: Vec<Panel<'_>> = held.into_iter().filter_map(panel).collect();
        serde_json::to_string(&make(&panels))
    });
    match worked_out.await {
        Ok(Ok(json)) => Ok(json.into()),
        Ok(Err(error)) => Err(failed(&error)),
        Err(error) => Err(failed(&error)),
    }
}

fn failed(error: &dyn std::error::Error) -> Problem {
    tracing::error!(%error, "an answer could not be worked out");
    Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "the collector failed; its log says why")
}

/// All that is held of a survey.
async fn holdings(collector: &Collector, definition: &Definition) -> Result<Holdings, StoreError> {
    let versions = collector.surveys.versions(&definition.id);
    let mechanism = definition.privacy.to_string();
    let selection =
        Selection { survey: &definition.id, mechanism: &mechanism, wave: None, versions: &versions };
    collector.store.holdings(&selection).await
}

impl Stamp {
    async fn of(collector: &Collector, surveys: &[String]) -> Result<Self, StoreError> {
        let mut generations = Vec::new();
        for survey in surveys {
            generations.push(collector.store.generation(survey).await?);
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

impl Answers {
    fn find(&self, request: &str, of: &Stamp) -> Option<Arc<str>> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.asked += 1;
        let asked = kept.asked;
        let answer = kept.answers.get_mut(request).filter(|answer| answer.of.is_same(of))?;
        answer.asked = asked;
        Some(Arc::clone(&answer.json))
    }

    fn keep(&self, request: String, of: Stamp, json: Arc<str>) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let asked = kept.asked;
        kept.answers.insert(request, Answer { of, json, asked });
        if kept.answers.len() > MOST {
            let oldest = kept.answers.iter().min_by_key(|(_, answer)| answer.asked);
            let oldest = oldest.map(|(request, _)| request.clone());
            oldest.and_then(|oldest| kept.answers.remove(&oldest));
        }
    }
}
