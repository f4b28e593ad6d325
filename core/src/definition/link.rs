use crate::language::{Text, TextRules};
use crate::read::Node;

/// A link.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct Link {
    /// What the respondent reads.
    pub text: Text,
    /// Where it leads: `https://…`, or a path on the page's own site.
    #[cfg_attr(feature = "schema", schemars(regex(pattern = URL_PATTERN)))]
    pub url: String,
}

impl Link {
    pub(super) fn read(node: &Node<'_>, rules: TextRules<'_>) -> Self {
        let fields = node.fields(&["text", "url"]);
        Self {
            text: fields.required("text", |text| Text::read(text, rules)),
            url: fields.required("url", read_url),
        }
    }
}

/// Reads an address. It can't run a script, nor hide that it leads to another site (`//other.example`).
pub(super) fn read_url(node: &Node<'_>) -> String {
    node.form("https://… or a path that starts with one /", is_url)
}

fn is_url(url: &str) -> bool {
    let plain = |byte: u8| byte > b' ' && !matches!(byte, b'"' | b'<' | b'>' | b'\\' | 0x7f);
    let begins = url.starts_with("https://") || (url.starts_with('/') && !url.starts_with("//"));
    begins && url.len() <= 2_000 && url.bytes().all(plain)
}

#[cfg(feature = "schema")]
pub(crate) const URL_PATTERN: &str = r#"^(https://|/(?!/))[^\x00-\x20"<>\\]*$"#;
