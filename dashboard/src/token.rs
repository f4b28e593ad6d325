//! The bearer token that the collector requires for results.

use std::fmt;

/// A token that a request's header can carry.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Token(String);

impl Token {
    /// Reads a token that was typed or pasted. Spaces around it are cut; `None` if it has any character that isn't
    /// visible ASCII.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let fits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic());
        fits.then(|| Self(text.to_owned()))
    }

    /// The token itself.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Token {
    /// Hides the token, since the message of a panic ends up in a console.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Token")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_around_a_pasted_token_are_dropped() {
        assert_eq!(Token::parse(" s3cret\n").unwrap().as_str(), "s3cret");
    }

    #[test]
    fn what_no_header_can_carry_is_no_token() {
        for text in ["", "  ", "two words", "blåbär", "line\nbreak"] {
            assert_eq!(Token::parse(text), None, "{text:?}");
        }
    }

    #[test]
    fn a_token_is_not_in_its_debug_text() {
        assert_eq!(format!("{:?}", Token::parse("s3cret").unwrap()), "Token");
    }
}
