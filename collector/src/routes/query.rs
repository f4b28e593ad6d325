use crate::problem::{Mistake, Problem};
use axum::extract::FromRequestParts;
use axum::http::StatusCode;
use axum::http::request::Parts;
use std::convert::Infallible;

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
        let mut errors = Vec::new();
        for (index, (name, _)) in self.iter().enumerate() {
            if !names.contains(&name) {
                errors.push(mistake(name, format!("unknown parameter; allowed are {listed}")));
            } else if self.iter().take(index).any(|(earlier, _)| earlier == name) {
                errors.push(mistake(name, "stands here twice".to_owned()));
            }
        }
        refuse(errors)
    }
}

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
