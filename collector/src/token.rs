//! The bearer token that results are read with.

use crate::store::{Store, StoreError};
use axum::http::{HeaderMap, header};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

const SETTING: &str = "results_token_sha256";

/// Why there is no token to read results with.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TokenError {
    /// No request can carry the chosen token.
    #[error(
        "the results token is empty, or has a character that no HTTP header can carry: use letters, digits and signs of ASCII"
    )]
    Unusable,
    /// No token could be made.
    #[error("can't make a results token, since the system gives no random bytes: {0}")]
    Randomness(#[from] getrandom::Error),
    /// The store can't look the token up or keep it.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The token's hash: enough to recognise the token, too little to reveal it.
pub(crate) struct TokenHash(String);

impl TokenHash {
    pub(crate) fn of(token: &str) -> Self {
        Self(format!("{:x}", Sha256::digest(token)))
    }

    /// The hash of a token that the operator has chosen. It cuts white space at the ends, as a file with a secret often
    /// has.
    pub(crate) fn chosen(token: &str) -> Result<Self, TokenError> {
        let trimmed = token.trim();
        if trimmed.len() < token.len() {
            tracing::warn!("the results token has white space at its ends; using it without");
        }
        // A header can carry these characters.
        if trimmed.is_empty() || !trimmed.chars().all(|c| matches!(c, ' '..='~')) {
            return Err(TokenError::Unusable);
        }
        Ok(Self::of(trimmed))
    }

    /// The hash of the token that the first start makes. At the first start, the token itself comes with it.
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

    /// Whether a request carries the token. The comparison takes the same time whatever it carries.
    pub(crate) fn admits(&self, request: &HeaderMap) -> bool {
        let carried = request.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        let token = carried.and_then(|value| value.split_once(' ')).filter(|(scheme, _)| {
            // The scheme's name is case-insensitive (RFC 9110, section 11.1).
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
