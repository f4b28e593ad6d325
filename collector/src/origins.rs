//! Which pages may post releases: their origins, as browsers state them in the header `origin`.

use std::str::FromStr;
use url::Url;

/// The origin of pages in sandboxed frames, and of pages that are opened as files.
const OPAQUE: &str = "null";

/// Schemes whose pages have no origin, or all have the same one.
const WITHOUT_ORIGIN: [&str; 7] = ["file", "data", "blob", "javascript", "ftp", "ws", "wss"];

/// The origins of the pages that may post; if there are none, all may.
#[derive(Debug, Clone, Default)]
pub struct Origins(Vec<Pattern>);

/// One entry of the setting.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Pattern {
    Any,
    /// Exactly this origin.
    One(String),
    /// Any host below a domain.
    Below {
        /// Such as `https://`.
        scheme: String,
        /// Such as `.shop.example:8443`.
        domain: String,
    },
}

/// Why a text isn't an origin.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum OriginError {
    /// The text is empty.
    #[error(
        "the origin is empty; use one such as https://shop.example.com, or leave the option out to allow any"
    )]
    Empty,
    /// It doesn't have the form that browsers state.
    #[error("{text:?} is not an origin; use one such as https://shop.example.com or capacitor://localhost")]
    Form {
        /// The text.
        text: String,
    },
    /// It has more parts than an origin.
    #[error("{text:?} is more than an origin, which has no user name, path or query; use {origin}")]
    More {
        /// The text.
        text: String,
        /// The origin in it.
        origin: String,
    },
    /// It has a star that isn't the first part of a host.
    #[error(
        "{text:?} has a * that isn't the first part of the host; use an origin such as https://*.shop.example.com"
    )]
    Star {
        /// The text.
        text: String,
    },
    /// Pages with such addresses all have the same origin.
    #[error(
        "pages at {text:?} have no origin of their own; use null, which also allows pages in sandboxed frames"
    )]
    Opaque {
        /// The text.
        text: String,
    },
}

impl Origins {
    /// Whether pages of any origin may post.
    pub(crate) fn allow_any(&self) -> bool {
        self.0.is_empty() || self.0.contains(&Pattern::Any)
    }

    /// Whether pages of this origin may post.
    pub(crate) fn allow(&self, origin: &str) -> bool {
        self.allow_any() || self.0.iter().any(|pattern| pattern.fits(origin))
    }

    /// Whether pages in sandboxed frames may post.
    pub(crate) fn allow_sandboxed(&self) -> bool {
        self.allow(OPAQUE)
    }
}

impl FromIterator<Self> for Origins {
    fn from_iter<T: IntoIterator<Item = Self>>(all: T) -> Self {
        Self(all.into_iter().flat_map(|origins| origins.0).collect())
    }
}

/// Reads one origin, or several with commas or spaces between them.
impl FromStr for Origins {
    type Err = OriginError;

    fn from_str(text: &str) -> Result<Self, OriginError> {
        let parts = text.split(|c: char| c == ',' || c.is_whitespace()).filter(|part| !part.is_empty());
        let patterns = parts.map(Pattern::read).collect::<Result<Vec<_>, _>>()?;
        if patterns.is_empty() { Err(OriginError::Empty) } else { Ok(Self(patterns)) }
    }
}

impl Pattern {
    fn read(text: &str) -> Result<Self, OriginError> {
        let star = || OriginError::Star { text: text.to_owned() };
        match text {
            "*" => Ok(Self::Any),
            OPAQUE => Ok(Self::One(OPAQUE.to_owned())),
            _ if text.contains('*') => {
                let (scheme, domain) = text.split_once("://*.").ok_or_else(star)?;
                let origin = origin_of(&format!("{scheme}://{domain}"), text)?;
                let (scheme, domain) = origin.split_once("://").ok_or_else(star)?;
                Ok(Self::Below { scheme: format!("{scheme}://"), domain: format!(".{domain}") })
            }
            _ => origin_of(text, text).map(Self::One),
        }
    }

    fn fits(&self, origin: &str) -> bool {
        match self {
            Self::Any => true,
            Self::One(one) => one == origin,
            Self::Below { scheme, domain } => {
                let host =
                    origin.strip_prefix(scheme.as_str()).and_then(|rest| rest.strip_suffix(domain.as_str()));
                let of_host = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
                host.is_some_and(|host| !host.is_empty() && host.chars().all(of_host))
            }
        }
    }
}

/// The origin of an address as a browser states it: in lower case, without a default port, and with a host in ASCII.
/// Errors name `text`, as it was given.
fn origin_of(address: &str, text: &str) -> Result<String, OriginError> {
    let form = || OriginError::Form { text: text.to_owned() };
    if address.contains('*') {
        return Err(OriginError::Star { text: text.to_owned() });
    }
    let (scheme, _) = address.split_once("://").ok_or_else(form)?;
    if WITHOUT_ORIGIN.contains(&scheme.to_ascii_lowercase().as_str()) {
        return Err(OriginError::Opaque { text: text.to_owned() });
    }
    let url = Url::parse(address).map_err(|_| form())?;
    let host = url.host_str().filter(|host| !host.is_empty()).ok_or_else(form)?.to_ascii_lowercase();
    // `Url` leaves out a scheme's default port.
    let port = url.port().map_or(String::new(), |port| format!(":{port}"));
    let origin = format!("{}://{host}{port}", url.scheme());
    let is_more = !matches!(url.path(), "" | "/")
        || url.query().is_some()
        || url.fragment().is_some()
        || !url.username().is_empty()
        || url.password().is_some();
    if is_more { Err(OriginError::More { text: text.to_owned(), origin }) } else { Ok(origin) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Origins, String> {
        text.parse().map_err(|error: OriginError| error.to_string())
    }

    #[test]
    fn what_names_one_origin_allows_it_in_the_form_that_browsers_state() {
        for (text, origin) in [
            ("https://Shop.example.com", "https://shop.example.com"),
            ("https://shop.example:443", "https://shop.example"),
            ("http://shop.example:80/", "http://shop.example"),
            ("http://localhost:8000", "http://localhost:8000"),
            ("https://shop.example/", "https://shop.example"),
            ("https://bücher.example", "https://xn--bcher-kva.example"),
            ("http://[::1]:8080", "http://[::1]:8080"),
            ("capacitor://localhost", "capacitor://localhost"),
            ("tauri://localhost", "tauri://localhost"),
            ("chrome-extension://abcdefgh", "chrome-extension://abcdefgh"),
            ("null", "null"),
        ] {
            let origins = read(text).unwrap();
            assert!(origins.allow(origin), "{text}");
            for other in ["https://other.example", "https://shop.example:444", "https://notshop.example"] {
                assert!(!origins.allow(other), "{text}: {other}");
            }
        }
    }

    #[test]
    fn a_star_stands_for_what_is_below_a_domain() {
        let origins = read("https://*.shop.example http://*.bücher.example:8080").unwrap();
        for origin in
            ["https://www.shop.example", "https://a.b.shop.example", "http://x.xn--bcher-kva.example:8080"]
        {
            assert!(origins.allow(origin), "{origin}");
        }
        for origin in [
            "https://shop.example",
            "https://.shop.example",
            "https://notshop.example",
            "http://www.shop.example",
            "https://www.shop.example:8443",
            "https://evil.example/.shop.example",
            "https://evil.example#.shop.example",
            "null",
        ] {
            assert!(!origins.allow(origin), "{origin}");
        }
    }

    #[test]
    fn several_have_commas_or_spaces_in_between() {
        for text in ["https://a.example, https://b.example,", "  https://a.example https://b.example\n"] {
            let origins = read(text).unwrap();
            assert!(origins.allow("https://a.example") && origins.allow("https://b.example"), "{text}");
            assert!(!origins.allow_any() && !origins.allow_sandboxed());
        }
        let all: Origins = [read("https://a.example").unwrap(), read("null").unwrap()].into_iter().collect();
        assert!(all.allow("https://a.example") && all.allow_sandboxed());
        assert!(Origins::default().allow_any() && read("https://a.example,*").unwrap().allow_any());
    }

    #[test]
    fn what_names_none_is_refused_with_what_to_type() {
        let refusals = [
            "",
            " , ",
            "shop.example.com",
            "https:shop.example",
            "https://",
            "https://shop.example/cart",
            "https://me@shop.example",
            "https://shop.*",
            "*.shop.example",
            "https://*.*.example",
            "https://*",
            "https://a.example:99999",
            "file:///srv/kiosk.html",
            "ftp://a.example",
        ]
        .map(|text| format!("{text}\n  {}", read(text).unwrap_err()));
        insta::assert_snapshot!(refusals.join("\n"));
    }
}
