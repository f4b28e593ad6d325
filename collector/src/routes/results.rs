mod choice;

use super::query::Query;
use super::reader::Reader;
use crate::collector::Collector;
use crate::problem::Problem;
use crate::store::{Selection, StoreError};
use axum::Json;
use axum::extract::{Path, State};
use choice::Choice;
use puls_analysis::disclosure::SurveyDisclosure;
use puls_analysis::results::{self, Results};
use puls_core::definition::Definition;
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The results, and those of each value of a segment if the request has `by`.
#[derive(Serialize)]
pub(super) struct Answer {
    #[serde(flatten)]
    whole: Results,
    #[serde(flatten)]
    breakdown: Option<Breakdown>,
}

/// The results of each value of a segment, in the survey's order.
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

/// `GET /v1/surveys/{id}/results?wave=…&lang=…&segment.NAME=…&by=NAME`: a survey's results, as estimates with ranges.
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
    let published = SurveyDisclosure::new(definition, &versions, collector.store.holdings(&selection).await?);
    let results = |segment| results_of(definition, &published, &choice, segment);
    let breakdown = choice.by.as_deref().map(|by| Breakdown::of(definition, by, &choice.segment, results));
    let mut whole = results(choice.segment.clone());
    whole.revisions = revisions(&collector, &selection).await?;
    Ok(Json(Answer { whole, breakdown }))
}

/// The revisions of the requested waves.
async fn revisions(
    collector: &Collector,
    selection: &Selection<'_>,
) -> Result<Vec<results::Revision>, StoreError> {
    let revised = collector.store.revisions(selection.survey).await?.into_iter();
    let revised = revised.filter(|revision| selection.wave.is_none_or(|wave| wave == revision.wave));
    Ok(revised.map(results::Revision::from).collect())
}

/// The results for one segment.
fn results_of(
    definition: &Definition,
    published: &SurveyDisclosure<'_>,
    choice: &Choice,
    segment: BTreeMap<String, String>,
) -> Results {
    Results::of(
        definition,
        &published.totals(&segment.clone().into_iter().collect()),
        choice.wave.clone(),
        published.waves().to_vec(),
        segment,
        definition.language(&choice.language),
    )
}

impl Breakdown {
    /// The results of each value of the segment `by`, among the people who also have the values `within`.
    fn of(
        definition: &Definition,
        by: &str,
        within: &BTreeMap<String, String>,
        results: impl Fn(BTreeMap<String, String>) -> Results,
    ) -> Self {
        let group = |value: &String| {
            let mut segment = within.clone();
            segment.insert(by.to_owned(), value.clone());
            Group { value: value.clone(), results: results(segment) }
        };
        let declared = definition.segments.iter().filter(|(name, _)| name == by);
        Self { by: by.to_owned(), groups: declared.flat_map(|(_, values)| values).map(group).collect() }
    }
}
