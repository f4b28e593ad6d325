//! Requests to the collector.

use crate::failure::Failure;
use crate::token::Token;
use gloo::net::http::{Request, Response};

/// Fetches a path with the token. Returns status and body, whatever the status.
///
/// # Errors
///
/// [`Failure::Unreachable`] if no answer comes, or it breaks off.
pub(crate) async fn get(path: &str, token: &Token) -> Result<(u16, String), Failure> {
    let request = Request::get(path).header("Authorization", &format!("Bearer {}", token.as_str()));
    read(request.send().await).await
}

/// Fetches a path that needs no token.
///
/// # Errors
///
/// As for [`get`].
pub(crate) async fn get_public(path: &str) -> Result<(u16, String), Failure> {
    read(Request::get(path).send().await).await
}

/// Posts JSON to a path that needs no token.
///
/// # Errors
///
/// As for [`get`].
pub(crate) async fn post_json(path: &str, json: &str) -> Result<(u16, String), Failure> {
    let request = Request::post(path).header("Content-Type", "application/json");
    let request = request.body(json).map_err(|_| Failure::Unreachable)?;
    read(request.send().await).await
}

async fn read(response: Result<Response, gloo::net::Error>) -> Result<(u16, String), Failure> {
    let response = response.map_err(|_| Failure::Unreachable)?;
    let body = response.text().await.map_err(|_| Failure::Unreachable)?;
    Ok((response.status(), body))
}
