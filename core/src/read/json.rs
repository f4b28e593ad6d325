use super::Decimal;

/// A JSON value. Natively serde_json parses it; in the widget the browser does, which saves the bytes of a parser.
#[derive(Debug, Clone, PartialEq)]
pub enum Json {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, in the precision that JavaScript has.
    Number(f64),
    /// A text.
    String(String),
    /// A list.
    Array(Vec<Json>),
    /// An object's fields, in their order.
    Object(Vec<(String, Json)>),
}

impl Json {
    /// The field of an object with this name.
    pub(crate) fn member(&self, name: &str) -> Option<&Self> {
        self.members().iter().find(|(known, _)| known == name).map(|(_, value)| value)
    }

    /// The fields of an object; none for any other value.
    pub(crate) fn members(&self) -> &[(String, Self)] {
        if let Self::Object(fields) = self { fields } else { &[] }
    }

    /// A number from 0 to `most`, to three decimals.
    pub(crate) fn decimal(&self, most: u32) -> Option<Decimal> {
        match self {
            Self::Number(number) if (0.0..=f64::from(most)).contains(number) => {
                Some(Decimal::nearest(*number))
            }
            _ => None,
        }
    }

    /// A whole number from 0 to `most`.
    pub(crate) fn whole(&self, most: u32) -> Option<u32> {
        let Self::Number(number) = *self else { return None };
        #[expect(clippy::cast_possible_truncation, reason = "it saturates, and is compared")]
        let whole = number as u32;
        #[expect(clippy::float_cmp, reason = "whole numbers are exact")]
        let is_whole = f64::from(whole) == number;
        (is_whole && whole <= most).then_some(whole)
    }

    /// The entries of a list; none for any other value.
    pub(crate) fn entries(&self) -> &[Self] {
        if let Self::Array(entries) = self { entries } else { &[] }
    }
}

#[cfg(feature = "outside-the-widget")]
impl Json {
    /// Parses a text of at most `limit` bytes, without a byte order mark in front of it.
    ///
    /// # Errors
    /// One problem, without a place: the text is too long, or isn't JSON from some line and column on.
    pub fn parse(text: &str, limit: usize) -> Result<Self, super::Problems> {
        use super::{Fault, Problems};
        if text.len() > limit {
            return Err(Problems::one(Fault::TooLarge { bytes: text.len(), limit }));
        }
        let value: serde_json::Value = serde_json::from_str(super::without_mark(text))
            .map_err(|error| Problems::one(Fault::Syntax { line: error.line(), column: error.column() }))?;
        Ok(value.into())
    }
}

#[cfg(feature = "outside-the-widget")]
impl From<serde_json::Value> for Json {
    fn from(value: serde_json::Value) -> Self {
        use serde_json::Value;
        match value {
            Value::Null => Self::Null,
            Value::Bool(value) => Self::Bool(value),
            // Without serde_json's arbitrary precision, every number fits an f64.
            Value::Number(number) => number.as_f64().map_or(Self::Null, Self::Number),
            Value::String(text) => Self::String(text),
            Value::Array(entries) => Self::Array(entries.into_iter().map(Self::from).collect()),
            Value::Object(fields) => {
                Self::Object(fields.into_iter().map(|(name, value)| (name, value.into())).collect())
            }
        }
    }
}
