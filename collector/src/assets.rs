//! The files for browsers, as `cargo xtask dist` puts them into `dist/web`.

mod compress;
mod encoding;
mod file;

pub(crate) use file::{Caching, StaticFile};

use axum::body::Bytes;
use rust_embed::Embed;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// The built files. A release build carries them; a debug build reads them when it starts, and may find none.
#[derive(Embed)]
#[folder = "../dist/web"]
#[allow_missing = true]
struct Built;

/// The folder of the files that are named by their content.
const BY_CONTENT: &str = "assets";

/// Files by their path below `dist/web`. Compressed forms of a file `x` may stand beside it as `x.br` and `x.gz`.
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

    /// The given files, by their path.
    pub fn of<'a>(files: impl IntoIterator<Item = (&'a str, Vec<u8>)>) -> Self {
        Self(files.into_iter().map(|(path, content)| (path.to_owned(), content.into())).collect())
    }

    /// The files that are named by their content, compressed forms included.
    pub(crate) fn by_content(&self) -> impl Iterator<Item = (&str, &[u8])> + Clone {
        let files = self.0.iter().map(|(path, content)| (path.as_str(), &**content));
        files.filter(|(path, _)| path.starts_with(BY_CONTENT))
    }

    /// These files, and those `files` of earlier builds that aren't among them.
    pub(crate) fn with_earlier(&self, files: impl IntoIterator<Item = (String, Vec<u8>)>) -> Self {
        let mut all: BTreeMap<_, _> =
            files.into_iter().map(|(path, content)| (path, content.into())).collect();
        all.extend(self.0.clone());
        Self(all)
    }

    /// The text of a file.
    pub(crate) fn text(&self, path: &str) -> Option<String> {
        self.0.get(path).and_then(|content| String::from_utf8(content.to_vec()).ok())
    }

    /// The files that are named by their content, by their names, each with its compressed forms.
    pub(crate) fn served_by_content(&self) -> BTreeMap<String, StaticFile> {
        let plain = self.by_content().filter(|(path, _)| !path.ends_with(".br") && !path.ends_with(".gz"));
        let served = |(path, _): (&str, _)| {
            let name = path.strip_prefix(BY_CONTENT)?.strip_prefix('/')?;
            Some((name.to_owned(), self.file(path, Caching::Immutable)?))
        };
        plain.filter_map(served).collect()
    }

    /// A file with its compressed forms.
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
