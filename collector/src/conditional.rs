//! Conditional requests: a client names what it has in `If-None-Match`, and is sent only what differs (RFC 9110,
//! section 13.1.2).

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};

/// The part of an entity tag that tells contents apart.
pub(crate) fn hash(content: &[u8]) -> String {
    format!("{:.24x}", Sha256::digest(content))
}

/// Whether `If-None-Match` lists this entity tag. Caches on the way may have marked theirs as weak.
pub(crate) fn is_known(request: &HeaderMap, etag: &str) -> bool {
    let lists = request.get_all(header::IF_NONE_MATCH).into_iter().filter_map(|list| list.to_str().ok());
    let mut tags = lists.flat_map(|list| list.split(',')).map(str::trim);
    tags.any(|tag| tag == "*" || tag.trim_start_matches("W/") == etag)
}

/// Tags an answer that was worked out for the request, and sends 304 in its place if the client has it already. The
/// client is spared the bytes, the collector not the work.
pub(crate) async fn unless_known(request: Request, next: Next) -> Response {
    let headers = request.headers().clone();
    let response = next.run(request).await;
    if response.status() != StatusCode::OK {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    // The body is in memory already, so reading it can't fail.
    let Ok(body) = to_bytes(body, usize::MAX).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let etag = format!("\"{}\"", hash(&body));
    let is_known = is_known(&headers, &etag);
    if let Ok(etag) = HeaderValue::try_from(etag) {
        parts.headers.insert(header::ETAG, etag);
    }
    if !is_known {
        return Response::from_parts(parts, body.into());
    }
    parts.status = StatusCode::NOT_MODIFIED;
    parts.headers.remove(header::CONTENT_TYPE);
    parts.headers.remove(header::CONTENT_LENGTH);
    Response::from_parts(parts, Body::empty())
}
