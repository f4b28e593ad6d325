use super::asked::Asked;
use super::choice::Choice;
use super::query::SegmentParameters;
use crate::answers::Part;
use crate::problem::Problem;
use axum::extract::Path;
use axum::response::Response;
use puls_analysis::disclosure::Totals;
use puls_analysis::insight::Panel;
use puls_analysis::results::Results;
use puls_core::segment::Segment;
use serde::Serialize;
use std::cell::LazyCell;
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
pub(super) async fn get(asked: Asked, Path(id): Path<String>) -> Result<Response, Problem> {
    let choice = asked.choice(&id, &["wave", "lang", "by"])?;
    choice.single_by()?;
    let part = Part { survey: id, wave: choice.wave.clone(), lines: None };
    let language = choice.language.clone();
    asked.of_survey(part, language, move |panel: &Panel<'_>| Answer::of(panel, choice)).await
}

impl Answer {
    fn of(panel: &Panel<'_>, choice: Choice) -> Self {
        let (definition, disclosure) = (panel.definition(), panel.disclosure());
        let mut totals = disclosure.breakdown(None, |of| groups_of(of, &choice));
        let nobody = LazyCell::new(|| disclosure.of_nobody());
        let mut results = |value: Option<&String>| {
            let totals = totals.remove(&value.cloned());
            let totals: Totals = totals.unwrap_or_else(|| nobody.clone());
            let mut segment = choice.segment.clone();
            segment.extend(choice.by.clone().zip(value.cloned()));
            let waves = disclosure.waves().to_vec();
            Results::of(definition, &totals, choice.wave.clone(), waves, segment, &choice.language)
        };
        let whole = Results { revisions: panel.revisions().to_vec(), ..results(None) };
        let groups = choice.by.as_ref().map(|by| {
            let declared = definition.segments.iter().filter(|(name, _)| name == by);
            let values = declared.flat_map(|(_, values)| values);
            values.map(|value| Group { value: value.clone(), results: results(Some(value)) }).collect()
        });
        Self { whole, by: choice.by, groups }
    }
}

/// The groups that people with a segment belong to: those whose results are requested, which is `None`, and those with
/// one value of the segment `by`, whichever value of it is requested.
fn groups_of(of: &Segment, Choice { segment, by, .. }: &Choice) -> Vec<Option<String>> {
    let value = |name: &str| of.iter().find(|(known, _)| *known == name).map(|(_, value)| value);
    let lacking = || segment.iter().filter(|(name, wanted)| value(name) != Some(wanted.as_str()));
    let whole = lacking().next().is_none().then_some(None);
    let by = by.as_deref().filter(|by| lacking().all(|(name, _)| name == by));
    whole.into_iter().chain(by.and_then(value).map(|value| Some(value.to_owned()))).collect()
}
