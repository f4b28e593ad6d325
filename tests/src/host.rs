//! Pages that embed Puls, served from another site than the collector's.

use crate::collector::Collector;
use axum::Router;
use axum::http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, CONTENT_TYPE};
use axum::http::{StatusCode, Uri};
use axum::response::Html;
use axum::routing::get;
use std::fs;
use std::net::Ipv4Addr;
use std::path::{Path, PathBuf};
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
        let (page, value) = (document(body), value.to_owned());
        let answer = async move || ([(header, value.clone())], Html(page.clone()));
        Self::routes(Router::new().route("/", get(answer))).await
    }

    /// Serves the demo page.
    pub async fn demo(collector: &Collector) -> Self {
        let origin = collector.origin.clone();
        let file = async move |uri: Uri| {
            let (path, media_type) = demo_file(uri.path());
            let content =
                fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            ([(CONTENT_TYPE, media_type)], content.replace("https://surveys.example.com", &origin))
        };
        Self::routes(Router::new().fallback(file)).await
    }

    /// Serves what is in a folder to pages of any origin, with the collector's origin in the place of the example's.
    pub async fn folder(collector: &Collector, folder: &Path) -> Self {
        let (origin, folder) = (collector.origin.clone(), folder.to_owned());
        let file = async move |uri: Uri| {
            let path = uri.path().trim_start_matches('/');
            let path = folder.join(if path.is_empty() { "index.html" } else { path });
            let content = fs::read(&path).map_err(|_| StatusCode::NOT_FOUND)?;
            let content = match String::from_utf8(content) {
                Ok(text) => text.replace("https://surveys.example.com", &origin).into_bytes(),
                Err(binary) => binary.into_bytes(),
            };
            let headers = [(CONTENT_TYPE, media_type(&path)), (ACCESS_CONTROL_ALLOW_ORIGIN, "*")];
            Ok::<_, StatusCode>((headers, content))
        };
        Self::routes(Router::new().fallback(file)).await
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

/// The file behind a path of the demo pages, and its media type; all of them are texts.
fn demo_file(path: &str) -> (PathBuf, &'static str) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let file = match path {
        "/" => root.join("index.html"),
        "/gallery.html" => root.join("www/demo/gallery.html"),
        "/contact" | "/privacy" | "/change" => root.join("www/demo/elsewhere.html"),
        guide if guide.starts_with("/docs/") => root.join(guide.trim_start_matches('/')),
        path => root.join(format!("www{path}")),
    };
    let media_type = media_type(&file);
    (file, media_type)
}

/// What a file is served as.
fn media_type(file: &Path) -> &'static str {
    match file.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html",
        Some("css") => "text/css",
        Some("js") => "text/javascript",
        Some("json") => "application/json",
        Some("wasm") => "application/wasm",
        Some("md") => "text/plain",
        Some("svg") => "image/svg+xml",
        other => panic!("no page has files of kind {other:?}"),
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
         <body><header>Its name</header><main><h1>A host page</h1></main>{body}<footer>Its end</footer></body></html>"
    )
}
