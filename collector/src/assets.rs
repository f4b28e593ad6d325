//! The files that browsers are served, as `cargo xtask dist` left them in `dist/web`.

mod compress;
mod encoding;
mod file;

pub(crate) use file::{Caching, StaticFile};

use axum::body::Bytes;
use rust_embed::Embed;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// A release build carries the files; a debug build reads them when it starts, and may find none.
#[derive(Embed)]
#[folder = "../dist/web"]
#[allow_missing = true]
struct Built;

/// Files by their path below `dist/web`; a file `x` may have its compressed forms beside it as `x.br` and
/// `x.gz`.
#[derive(Clone, Default)]
pub struct Assets(BTreeMap<String, Bytes>);

impl Assets {
    /// The files that this program was built with.
    pub fn built() -> Self {
        let file = |path: Cow<'static, str>| {
            let content = match Built::get(&path)?.data {
                Cow::Borrowed(content) => Bytes::from_static(content),
                Cow::Owned(content) => Bytes::from(content),
            };
            Some((path.into_owned(), content))
        };
        Self(Built::iter().filter_map(file).collect())
    }

    /// These files, by their path.
    pub fn of<'a>(files: impl IntoIterator<Item = (&'a str, Vec<u8>)>) -> Self {
        Self(files.into_iter().map(|(path, content)| (path.to_owned(), content.into())).collect())
    }

    /// A text file.
    pub(crate) fn text(&self, path: &str) -> Option<String> {
        self.0.get(path).and_then(|content| String::from_utf8(content.to_vec()).ok())
    }

    /// All files in a folder by their names, each with the compressed forms beside it.
    pub(crate) fn folder(&self, folder: &str, caching: Caching) -> BTreeMap<String, StaticFile> {
        let names = self.0.keys().filter_map(|path| path.strip_prefix(folder)?.strip_prefix('/'));
        let plain = names.filter(|name| !name.ends_with(".br") && !name.ends_with(".gz"));
        plain
            .filter_map(|name| Some((name.to_owned(), self.file(&format!("{folder}/{name}"), caching)?)))
            .collect()
    }

    /// A file with the compressed forms beside it.
    pub(crate) fn file(&self, path: &str, caching: Caching) -> Option<StaticFile> {
        let form = |suffix: &str| self.0.get(&format!("{path}{suffix}")).cloned();
        Some(StaticFile::new(content_type(path), caching, form("")?, form(".br"), form(".gz")))
    }
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map_or("", |(_, extension)| extension) {
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "html" => "text/html; charset=utf-8",
        "json" => "application/json",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "woff2" => "font/woff2",
        _ => "application/octet-stream",
    }
}
