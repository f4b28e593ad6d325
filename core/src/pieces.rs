//! Pieces of text that the page around a survey gives, such as a product's name. They are shown, and never sent.

use crate::FULL;
use crate::definition::Definition;
use crate::language::{Piece, Text, first_piece};
use crate::read::Fault;

/// The longest piece, in characters. A longer one is cut, so that a page can't take over a question.
const MAX_CHARACTERS: usize = 100;

/// What the page gave, by name.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pieces(Vec<(String, String)>);

impl Pieces {
    /// Takes pieces that the definition declares; an empty one counts as not given.
    ///
    /// # Errors
    /// The first name that the definition doesn't declare.
    pub fn new<'a>(
        definition: &Definition,
        given: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Result<Self, Fault> {
        let mut pieces = Self::default();
        for (name, text) in given {
            if !definition.pieces.iter().any(|(declared, _)| declared == name) {
                let names: Vec<&str> = definition.pieces.iter().map(|(name, _)| name.as_str()).collect();
                return Err(Fault::NotOneOf { found: name.to_owned(), allowed: names.join(", ") });
            }
            if !text.is_empty() {
                pieces.0.push((name.to_owned(), text.chars().take(MAX_CHARACTERS).collect()));
            }
        }
        Ok(pieces)
    }

    /// A text of `definition` as the respondent reads it, with a piece in place of each `{name}`.
    ///
    /// Pieces aren't searched for further pieces: braces in them are ordinary characters.
    pub fn fill(&self, definition: &Definition, text: &Text, language: &str) -> String {
        let mut rest = text.get(language);
        if !FULL {
            return rest.to_owned();
        }
        let mut filled = String::new();
        while let Some(Piece { before, name, after }) = first_piece(rest) {
            filled.push_str(before);
            let given = self.0.iter().find(|(known, _)| known == name).map(|(_, text)| text.as_str());
            let declared = || definition.pieces.iter().find(|(known, _)| known == name);
            filled.push_str(given.or_else(|| Some(declared()?.1.get(language))).unwrap_or_default());
            rest = after;
        }
        filled.push_str(rest);
        filled
    }
}
