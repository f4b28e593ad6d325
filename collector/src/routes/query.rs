use crate::problem::{Mistake, Problem};
use axum::extract::FromRequestParts;
use axum::http::StatusCode;
use axum::http::request::Parts;
use std::convert::Infallible;
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{ObjectBuilder, Schema, Type};
use utoipa::{PartialSchema, ToSchema};

/// The most mistakes that are told at once. An address has room for many thousands.
pub(super) const MOST_MISTAKES: usize = 20;

/// A request's parameters, in their order.
#[derive(Default)]
pub(super) struct Query(Vec<(String, String)>);

impl Query {
    /// A parameter's value.
    pub(super) fn one(&self, name: &str) -> Option<&str> {
        self.iter().find(|(found, _)| *found == name).map(|(_, value)| value)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Refuses parameters that the route doesn't have, and those that occur twice.
    pub(super) fn only(&self, names: &[&str], listed: &str) -> Result<(), Problem> {
        let unfit = self.iter().enumerate().filter_map(|(index, (name, _))| {
            let is_second = || self.iter().take(index).any(|(earlier, _)| earlier == name);
            if !names.contains(&name) {
                Some(mistake(name, format!("unknown parameter; allowed are {listed}")))
            } else if is_second() {
                Some(mistake(name, "stands here twice".to_owned()))
            } else {
                None
            }
        });
        refuse(unfit.take(MOST_MISTAKES).collect())
    }
}

/// How the document describes the parameters that choose values of segments, such as `segment.unit=sales`.
pub(super) struct SegmentParameters;

impl PartialSchema for SegmentParameters {
    fn schema() -> RefOr<Schema> {
        let names = ObjectBuilder::new().schema_type(Type::String).pattern(Some(r"^segment\."));
        ObjectBuilder::new()
            .property_names(Some(names))
            .additional_properties(Some(String::schema()))
            .description(Some(
                "Values of segments, each in a parameter of its own, such as `segment.unit=sales`",
            ))
            .into()
    }
}

impl ToSchema for SegmentParameters {}

/// One parameter's mistake.
pub(super) fn mistake(place: &str, message: String) -> Mistake {
    Mistake { place: place.to_owned(), message }
}

/// Answers 400 if there are mistakes.
pub(super) fn refuse(errors: Vec<Mistake>) -> Result<(), Problem> {
    if errors.is_empty() {
        return Ok(());
    }
    Err(Problem::mistakes(StatusCode::BAD_REQUEST, "the address has parameters that can't be served", errors))
}

impl<S: Sync> FromRequestParts<S> for Query {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let pairs = axum::extract::Query::try_from_uri(&parts.uri);
        Ok(Self(pairs.map_or_else(|_| Vec::new(), |axum::extract::Query(pairs)| pairs)))
    }
}
