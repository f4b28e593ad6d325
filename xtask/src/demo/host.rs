//! Serves the pages that embed Puls, on an origin of their own.

use std::fs;
use std::path::{Component, Path, PathBuf};
use std::thread;

use anyhow::{Result, anyhow};
use tiny_http::{Header, Request, Response, Server};

use super::service::free_port;
use crate::workspace;

/// The placeholder for the collector's origin in `index.html`.
const EXAMPLE_ORIGIN: &str = "https://surveys.example.com";

/// Serves the demo page on the first free port from `first_port` on, and returns its origin.
///
/// # Errors
///
/// If no port is free.
pub(super) fn serve(first_port: u16, collector: &str) -> Result<String> {
    let port = free_port(first_port)?;
    let server =
        Server::http(("127.0.0.1", port)).map_err(|error| anyhow!("can't serve the demo page: {error}"))?;
    let collector = collector.to_owned();
    thread::spawn(move || {
        for request in server.incoming_requests() {
            answer(request, &collector);
        }
    });
    // `localhost` differs from the collector's host name, so the two don't even share cookies.
    Ok(format!("http://localhost:{port}"))
}

fn answer(request: Request, collector: &str) {
    let content = file(request.url()).and_then(|file| Some((fs::read(&file).ok()?, file)));
    // If the browser is gone, nobody needs the answer.
    let _ = match content {
        Some((content, file)) => request.respond(response(content, &file, collector)),
        None => request.respond(Response::from_string("There is nothing here.").with_status_code(404)),
    };
}

/// The file at a path: one of the pages, a file below `www/demo`, or a survey's guide.
fn file(url: &str) -> Option<PathBuf> {
    let path = url.split(['?', '#']).next()?;
    match path {
        "/" | "/index.html" => return Some(workspace::path("index.html")),
        "/gallery.html" => return Some(workspace::path("www/demo/gallery.html")),
        // The links in the ready-made surveys lead here.
        "/contact" | "/privacy" | "/change" => return Some(workspace::path("www/demo/elsewhere.html")),
        _ => {}
    }
    let (folder, below) = match path.strip_prefix("/demo/") {
        Some(below) => ("www/demo", below),
        None => ("docs/surveys", path.strip_prefix("/docs/surveys/")?),
    };
    let inside = Path::new(below).components().all(|component| matches!(component, Component::Normal(_)));
    inside.then(|| workspace::path(folder).join(below))
}

fn response(content: Vec<u8>, file: &Path, collector: &str) -> Response<std::io::Cursor<Vec<u8>>> {
    let kind = media_type(file);
    let content = match String::from_utf8(content) {
        Ok(text) => text.replace(EXAMPLE_ORIGIN, collector).into_bytes(),
        Err(binary) => binary.into_bytes(),
    };
    let header = Header::from_bytes("Content-Type", kind);
    let response = Response::from_data(content);
    header.into_iter().fold(response, Response::with_header)
}

fn media_type(file: &Path) -> &'static str {
    match file.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        // Browsers show plain text, but download Markdown.
        Some("md") => "text/plain; charset=utf-8",
        Some("json") => "application/json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("jpg") => "image/jpeg",
        Some("webp") => "image/webp",
        Some("woff2") => "font/woff2",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_page_and_its_files_are_served() {
        assert_eq!(file("/?lang=sv"), Some(workspace::path("index.html")));
        assert_eq!(file("/demo/shop.css"), Some(workspace::path("www/demo/shop.css")));
        assert_eq!(file("/gallery.html?lang=sv"), Some(workspace::path("www/demo/gallery.html")));
        assert_eq!(file("/contact"), file("/change"));
        assert_eq!(file("/docs/surveys/nps.md"), Some(workspace::path("docs/surveys/nps.md")));
        assert_eq!(file("/docs/privacy.md"), None);
        assert_eq!(file("/demo/../loader.ts"), None);
        assert_eq!(file("/demo//etc/passwd"), None);
        assert_eq!(file("/Cargo.toml"), None);
    }
}
