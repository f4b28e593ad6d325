//! Requests to the collector.

use crate::failure::Failure;
use crate::token::Token;
use gloo::net::http::Request;

/// Fetches a path; gives the status and the body, whatever the status.
///
/// # Errors
///
/// [`Failure::Unreachable`] when no answer comes, or it breaks off.
pub async fn get(path: &str, token: &Token) -> Result<(u16, String), Failure> {
    let request = Request::get(path).header("Authorization", &format!("Bearer {}", token.as_str()));
    let response = request.send().await.map_err(|_| Failure::Unreachable)?;
    let body = response.text().await.map_err(|_| Failure::Unreachable)?;
    Ok((response.status(), body))
}
