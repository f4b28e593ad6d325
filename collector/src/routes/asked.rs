use super::choice::Choice;
use super::query::Query;
use super::reader::Reader;
use crate::answers::{Part, answer};
use crate::collector::Collector;
use crate::problem::Problem;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use puls_analysis::insight::{Measure, Panel, UNIT};
use puls_core::definition::Definition;
use serde::Serialize;
use std::collections::BTreeSet;
use std::sync::Arc;

/// A reader's request for an answer that is worked out from surveys' panels.
pub(super) struct Asked {
    pub(super) collector: Arc<Collector>,
    pub(super) query: Query,
    /// Path and query, by which the answer is kept.
    address: String,
}

impl FromRequestParts<Arc<Collector>> for Asked {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, collector: &Arc<Collector>) -> Result<Self, Response> {
        Reader::from_request_parts(parts, collector).await?;
        let query = Query::from_request_parts(parts, collector).await.map_err(IntoResponse::into_response)?;
        Ok(Self { collector: Arc::clone(collector), query, address: parts.uri.to_string() })
    }
}

impl Asked {
    /// What the request chooses of a survey; see [`Choice::read`].
    pub(super) fn choice(&self, survey: &str, parameters: &[&'static str]) -> Result<Choice, Problem> {
        let survey = self.collector.surveys.get(survey).ok_or_else(Problem::unknown_survey)?;
        Choice::read(&self.query, &survey.definition, parameters)
    }

    /// The lines of the measures that it chooses of a survey.
    pub(super) fn lines(&self, survey: &str, choice: &Choice) -> Option<BTreeSet<String>> {
        let survey = self.collector.surveys.get(survey)?;
        Some(Measure::lines(&survey.definition, |measure| choice.has(measure)))
    }

    /// Answers with what `make` makes of the panel of a `part`, whose texts are in `language`.
    pub(super) async fn of_survey<T: Serialize>(
        self,
        part: Part,
        language: String,
        make: impl FnOnce(&Panel<'_>) -> T + Send + 'static,
    ) -> Result<Response, Problem> {
        let make = move |panels: &[Panel<'_>]| panels.first().map(make);
        answer(&self.collector, self.address, vec![part], language, make).await
    }

    /// Answers with what `make` makes of the panels of all surveys, of each of which it takes some `lines`, and of the
    /// segment that tells units apart. The request may have the parameters `by`, which names that segment, and `lang`.
    pub(super) async fn of_all_surveys<T: Serialize>(
        self,
        lines: impl Fn(&Definition) -> BTreeSet<String>,
        make: impl FnOnce(&[Panel<'_>], &str) -> T + Send + 'static,
    ) -> Result<Response, Problem> {
        self.query.only(&["by", "lang"], "by, lang")?;
        let [by, language] = [("by", UNIT), ("lang", "")]
            .map(|(name, usual)| self.query.one(name).unwrap_or(usual).to_owned());
        let part =
            |survey: &Definition| Part { survey: survey.id.clone(), wave: None, lines: Some(lines(survey)) };
        let parts = self.collector.surveys.iter().map(part).collect();
        answer(&self.collector, self.address, parts, language, move |panels| make(panels, &by)).await
    }
}
