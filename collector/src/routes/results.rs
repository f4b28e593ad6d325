use super::choice::Choice;
use super::query::{Query, SegmentParameters};
use super::reader::Reader;
use crate::collector::Collector;
use crate::problem::Problem;
use crate::store::{Selection, StoreError};
use axum::Json;
use axum::extract::{Path, State};
use puls_analysis::disclosure::SurveyDisclosure;
use puls_analysis::results::{self, Results};
use puls_core::definition::Definition;
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::Arc;
use utoipa::ToSchema;

/// The results, and those of each value of a segment if the request has `by`.
#[derive(Serialize, ToSchema)]
#[schema(as = ResultsAnswer)]
pub(super) struct Answer {
    #[serde(flatten)]
    whole: Results,
    /// The name of the segment by which they are broken down.
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<String>,
    /// The results of each of its values, in the survey's order.
    #[serde(skip_serializing_if = "Option::is_none")]
    groups: Option<Vec<Group>>,
}

/// The results of those with one value of a segment.
#[derive(Serialize, ToSchema)]
struct Group {
    value: String,
    results: Results,
}

/// A survey's results, as estimates with ranges.
#[utoipa::path(
    get,
    path = "/v1/surveys/{id}/results",
    operation_id = "results",
    params(
        ("id" = String, Path, description = "The survey's id"),
        ("wave" = Option<String>, Query, description = "A wave, such as `2026-W47`; if left out, all waves"),
        ("lang" = Option<String>, Query, description = "BCP 47 tag; if left out, the survey's first language"),
        ("segment" = inline(Option<SegmentParameters>), Query, explode, style = Form),
        ("by" = Option<String>, Query, description = "The name of a segment, to have the results of each of its values"),
    ),
    responses(
        (status = 200, description = "The results", body = Answer),
        (status = 400, description = "A parameter that can't be served; `errors` lists every one"),
        (status = 404, description = "There is no such survey"),
    )
)]
pub(super) async fn get(
    _: Reader,
    State(collector): State<Arc<Collector>>,
    Path(id): Path<String>,
    query: Query,
) -> Result<Json<Answer>, Problem> {
    let survey = collector.surveys.get(&id).ok_or_else(Problem::unknown_survey)?;
    let definition = &survey.definition;
    let choice = Choice::read(&query, definition, &["wave", "lang", "by"])?;
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
    let groups = choice.single_by()?.map(|by| groups(definition, by, &choice.segment, results));
    let mut whole = results(choice.segment.clone());
    whole.revisions = revisions(&collector, &selection).await?;
    Ok(Json(Answer { whole, by: choice.by, groups }))
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
        &choice.language,
    )
}

/// The results of each value of the segment `by`, among the people who also have the values `within`.
fn groups(
    definition: &Definition,
    by: &str,
    within: &BTreeMap<String, String>,
    results: impl Fn(BTreeMap<String, String>) -> Results,
) -> Vec<Group> {
    let group = |value: &String| {
        let mut segment = within.clone();
        segment.insert(by.to_owned(), value.clone());
        Group { value: value.clone(), results: results(segment) }
    };
    let declared = definition.segments.iter().filter(|(name, _)| name == by);
    declared.flat_map(|(_, values)| values).map(group).collect()
}
