//! Pages that embed Puls, served from another site than the collector's.

use crate::collector::Collector;
use axum::Router;
use axum::response::{Html, IntoResponse};
use axum::routing::get;
use std::net::Ipv4Addr;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// A running server, which ends when it is dropped.
pub struct Host {
    /// The port on this machine that it is served on.
    pub port: u16,
    serving: JoinHandle<()>,
}

impl Host {
    /// Serves one page with this body at `/`.
    pub async fn page(body: &str) -> Self {
        let page = Html(document(body));
        Self::routes(Router::new().route("/", get(async move || page))).await
    }

    /// Serves one page with this body at `/`, with a header of its own.
    pub async fn page_with(header: &'static str, value: &str, body: &str) -> Self {
        let page = ([(header, value.to_owned())], Html(document(body))).into_response();
        let (parts, body) = page.into_parts();
        let body = axum::body::to_bytes(body, usize::MAX).await.expect("a body in memory");
        let answer = async move || (parts.headers.clone(), body.clone());
        Self::routes(Router::new().route("/", get(answer))).await
    }

    /// Serves whatever these routes answer.
    pub async fn routes(routes: Router) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a free port");
        let port = listener.local_addr().expect("an address").port();
        let serving = tokio::spawn(async move {
            // It is served until the task is aborted.
            let _ = axum::serve(listener, routes).await;
        });
        Self { port, serving }
    }

    /// Where it is served, by another name than the collector's, so that it is another site as well.
    pub fn origin(&self) -> String {
        format!("http://localhost:{}", self.port)
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

/// The script tag that a page embeds Puls with.
pub fn script_tag(collector: &Collector, attributes: &str) -> String {
    format!("<script async src=\"{}/puls.js\" {attributes}></script>", collector.origin)
}

/// A whole page around a body; its icon is empty, so that browsers ask for none.
pub fn document(body: &str) -> String {
    format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>A host page</title>\
         <meta name=\"viewport\" content=\"width=device-width\"><meta name=\"color-scheme\" content=\"light dark\"><link rel=\"icon\" href=\"data:,\"></head>\
         <body><main><h1>A host page</h1></main>{body}</body></html>"
    )
}
