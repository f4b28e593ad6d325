use super::{compress, encoding::accepts};
use crate::conditional::{hash, is_known};
use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

/// How long a browser may use a file without asking again.
#[derive(Clone, Copy)]
pub(crate) enum Caching {
    /// For ever, since its name changes with its content.
    Immutable,
    /// Five minutes.
    Minutes,
    /// One minute.
    Minute,
    /// Not at all; it has to ask whether the file has changed.
    Revalidated,
}

/// A file in all forms that it is served in.
pub(crate) struct StaticFile {
    content_type: &'static str,
    caching: Caching,
    hash: String,
    plain: Bytes,
    brotli: Option<Bytes>,
    gzip: Option<Bytes>,
}

impl StaticFile {
    pub(crate) fn new(
        content_type: &'static str,
        caching: Caching,
        plain: Bytes,
        brotli: Option<Bytes>,
        gzip: Option<Bytes>,
    ) -> Self {
        Self { content_type, caching, hash: hash(&plain), plain, brotli, gzip }
    }

    /// Compresses a file that this program has made.
    pub(crate) fn compressed(content_type: &'static str, caching: Caching, content: String) -> Self {
        let (brotli, gzip) = (compress::brotli(content.as_bytes()), compress::gzip(content.as_bytes()));
        Self::new(content_type, caching, content.into(), brotli, gzip)
    }

    /// Answers with the smallest form that the request accepts, or with 304 if the browser has the file already.
    pub(crate) fn respond(&self, request: &HeaderMap) -> Response {
        let (coding, body) = self.form(request);
        let etag = format!("\"{}-{}\"", self.hash, coding.unwrap_or("plain"));
        let mut response = if is_known(request, &etag) {
            StatusCode::NOT_MODIFIED.into_response()
        } else {
            self.full(coding, body)
        };
        let headers = response.headers_mut();
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(self.caching.directives()));
        headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        if let Ok(etag) = HeaderValue::try_from(etag) {
            headers.insert(header::ETAG, etag);
        }
        response
    }

    fn full(&self, coding: Option<&'static str>, body: &Bytes) -> Response {
        let mut response = Body::from(body.clone()).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(self.content_type));
        if let Some(coding) = coding {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding));
        }
        response
    }

    fn form(&self, request: &HeaderMap) -> (Option<&'static str>, &Bytes) {
        match (&self.brotli, &self.gzip) {
            (Some(brotli), _) if accepts(request, "br") => (Some("br"), brotli),
            (_, Some(gzip)) if accepts(request, "gzip") => (Some("gzip"), gzip),
            _ => (None, &self.plain),
        }
    }
}

impl Caching {
    fn directives(self) -> &'static str {
        match self {
            Self::Immutable => "public, max-age=31536000, immutable",
            Self::Minutes => "public, max-age=300",
            Self::Minute => "public, max-age=60",
            Self::Revalidated => "no-cache",
        }
    }
}
