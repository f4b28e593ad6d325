//! The bearer token that results are read with.

use crate::store::{Store, StoreError};
use axum::http::{HeaderMap, header};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

const SETTING: &str = "results_token_sha256";

/// There is no token to read results with.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TokenError {
    /// No request could carry the one that was chosen.
    #[error(
        "the results token is empty, or has a character that no request can carry: use letters, digits and signs of ASCII"
    )]
    Unusable,
    /// None could be made.
    #[error("no randomness for a results token: {0}")]
    Randomness(#[from] getrandom::Error),
    /// It is neither known nor kept.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What is known of the token: enough to recognise it, too little to tell it.
pub(crate) struct TokenHash(String);

impl TokenHash {
    pub(crate) fn of(token: &str) -> Self {
        Self(format!("{:x}", Sha256::digest(token)))
    }

    /// The hash of a token that somebody has chosen. White space at its ends, which a file with a secret in it often has, is cut.
    pub(crate) fn chosen(token: &str) -> Result<Self, TokenError> {
        let trimmed = token.trim();
        if trimmed.len() < token.len() {
            tracing::warn!("the results token has white space at its ends, which was cut");
        }
        // What a header can carry.
        if trimmed.is_empty() || !trimmed.chars().all(|c| matches!(c, ' '..='~')) {
            return Err(TokenError::Unusable);
        }
        Ok(Self::of(trimmed))
    }

    /// The hash of the token made at the first start. The first time, the token comes with it.
    pub(crate) async fn kept_in(store: &dyn Store) -> Result<(Self, Option<String>), TokenError> {
        if let Some(hash) = store.setting(SETTING).await? {
            return Ok((Self(hash), None));
        }
        let mut bits = [0_u8; 16];
        getrandom::fill(&mut bits)?;
        let token = format!("{:032x}", u128::from_ne_bytes(bits));
        let hash = Self::of(&token);
        store.set(SETTING, &hash.0).await?;
        Ok((hash, Some(token)))
    }

    /// Whether a request carries the token. Comparing takes as long whatever it carries.
    pub(crate) fn admits(&self, request: &HeaderMap) -> bool {
        let carried = request.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        let token = carried.and_then(|value| value.split_once(' ')).filter(|(scheme, _)| {
            // RFC 9110, section 11.1: the scheme's name has no case.
            scheme.eq_ignore_ascii_case("bearer")
        });
        token.is_some_and(|(_, token)| Self::of(token.trim()).0.as_bytes().ct_eq(self.0.as_bytes()).into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn admits(authorization: &str) -> bool {
        let headers = HeaderMap::from_iter([(header::AUTHORIZATION, authorization.parse().unwrap())]);
        TokenHash::of("one two").admits(&headers)
    }

    #[test]
    fn only_the_whole_token_is_admitted() {
        assert!(admits("Bearer one two"));
        assert!(admits("bearer one two"));
        for other in ["Bearer one", "Bearer one two!", "Bearer ", "Bearer", "Basic one two", "one two", ""] {
            assert!(!admits(other), "{other}");
        }
    }
}
