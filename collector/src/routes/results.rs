mod choice;
mod held;
mod ledgers;

use super::query::Query;
use super::reader::Reader;
use crate::collector::Collector;
use crate::problem::Problem;
use crate::store::{Selection, StoreError};
use axum::Json;
use axum::extract::{Path, State};
use choice::Choice;
use held::Held;
use puls_analysis::results::{self, Results};
use puls_core::definition::Definition;
use serde::Serialize;
use std::sync::Arc;

/// Results, and the same for each value of a segment where that was asked for.
#[derive(Serialize)]
pub(super) struct Answer {
    #[serde(flatten)]
    whole: Results,
    #[serde(flatten)]
    breakdown: Option<Breakdown>,
}

/// The results of each of a segment's values, in the survey's order.
#[derive(Serialize)]
struct Breakdown {
    by: String,
    groups: Vec<Group>,
}

#[derive(Serialize)]
struct Group {
    value: String,
    results: Results,
}

/// `GET /v1/surveys/{id}/results?wave=…&lang=…&segment.NAME=…&by=NAME`: estimates of what everybody who
/// answered would say.
pub(super) async fn get(
    _: Reader,
    State(collector): State<Arc<Collector>>,
    Path(id): Path<String>,
    query: Query,
) -> Result<Json<Answer>, Problem> {
    let survey = collector.surveys.get(&id).ok_or_else(Problem::unknown_survey)?;
    let definition = &survey.definition;
    let choice = Choice::read(&query, definition)?;
    let mechanism = definition.privacy.to_string();
    let versions = collector.surveys.versions(&definition.id);
    let selection = Selection {
        survey: &definition.id,
        mechanism: &mechanism,
        wave: choice.wave.as_deref(),
        versions: &versions,
    };
    let held = hold(&collector, definition, &selection).await?;
    let mut whole = held.results(&choice, choice.segment.clone());
    whole.revisions = revisions(&collector, &selection).await?;
    Ok(Json(Answer { whole, breakdown: choice.by.as_deref().map(|by| Breakdown::of(&held, &choice, by)) }))
}

/// What changed the figures of the waves asked for.
async fn revisions(
    collector: &Collector,
    selection: &Selection<'_>,
) -> Result<Vec<results::Revision>, StoreError> {
    let revised = collector.store.revisions(selection.survey).await?.into_iter();
    let revised = revised.filter(|revision| selection.wave.is_none_or(|wave| wave == revision.wave));
    Ok(revised.map(results::Revision::from).collect())
}

/// What is held, once all is noted as told that this reader is the first to see.
async fn hold<'a>(
    collector: &Collector,
    definition: &'a Definition,
    selection: &Selection<'_>,
) -> Result<Held<'a>, StoreError> {
    let Collector { store, surveys, clock, .. } = collector;
    let (holding, today) = (|holdings| Held::new(surveys, definition, holdings), clock.today());
    let mut held = holding(store.holdings(selection).await?);
    if !held.settle(today).is_empty() {
        store.tell(selection, |holdings| holding(holdings).settle(today)).await?;
        // Only what is in the database has been told.
        held = holding(store.holdings(selection).await?);
    }
    Ok(held)
}

impl Breakdown {
    fn of(held: &Held<'_>, choice: &Choice, by: &str) -> Self {
        let group = |value: &String| {
            let mut segment = choice.segment.clone();
            segment.insert(by.to_owned(), value.clone());
            Group { value: value.clone(), results: held.results(choice, segment) }
        };
        Self { by: by.to_owned(), groups: held.values(by).iter().map(group).collect() }
    }
}
